import type { Browser } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { type Product, startProduct } from './product.ts';

interface Stage {
  readonly browser: Browser;
  readonly product: Product;
}

let stage: Promise<Stage> | undefined;

/** The browser and the product of this worker, for all files that it runs: to start them takes longer than most tests. */
export function openStage(): Promise<Stage> {
  stage ??= open().catch((error) => {
    stage = undefined;
    throw error;
  });
  return stage;
}

async function open(): Promise<Stage> {
  const [browser, product] = await Promise.all([launchBrowser(), startProduct()]);
  // How a worker is told that it is done.
  process.once('SIGTERM', async () => {
    await Promise.allSettled([browser.close(), product.stop()]);
    process.exit();
  });
  return { browser, product };
}
