import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../server/test/free-port.ts';
import { type Child, startChild, untilAnswers } from './child.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export const password = 'a password for tests only';

/** What the server's first start writes for the shop. */
export interface DemoKey {
  readonly siteId: string;
  readonly keyId: string;
  readonly keySecret: string;
}

/**
 * The built product: the server on a data folder of its own, and the shop on another origin. Every test begins with the
 * folder as the first start of `npm start` left it.
 */
export interface Product {
  readonly url: string;
  readonly shopUrl: string;
  readonly dataDir: () => string;
  readonly key: DemoKey;
  readonly output: () => string;
  /** A fresh data folder, and settings of the server for this one test: opened anew in a process that goes on. */
  renew(env?: Record<string, string>): Promise<void>;
  /** `kill -9`: nothing is said, nothing is flushed. */
  kill(): Promise<void>;
  /** A process of its own again, as `npm start` has it. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export async function startProduct(): Promise<Product> {
  const folder = await mkdtemp(join(tmpdir(), 'balie-e2e-'));
  const seeded = join(folder, 'seeded');
  const [port, shopPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  let settings = settingsFor(seeded);

  function settingsFor(dataDir: string, extra: Record<string, string> = {}) {
    const demo = { DEMO_PORT: String(shopPort), BALIE_DEMO: '1', BALIE_DEMO_PASSWORD: password };
    return { PORT: String(port), BALIE_DATA_DIR: dataDir, ...demo, ...extra };
  }

  async function startServer(): Promise<Child> {
    const child = startChild(join(root, 'server/main.ts'), settings);
    await untilAnswers(child, `${url}/readyz`);
    return child;
  }

  let server = await startServer();
  const key = JSON.parse(await readFile(join(seeded, 'demo.json'), 'utf8')) as DemoKey;
  await server.end('SIGTERM');

  const shop = startChild(join(root, 'examples/shop/server.ts'), {
    DEMO_PORT: String(shopPort),
    BALIE_URL: url,
    BALIE_SITE: key.siteId,
    BALIE_KEY_ID: key.keyId,
    BALIE_KEY_SECRET: key.keySecret,
  });
  const shopUrl = `http://127.0.0.1:${shopPort}`;
  await untilAnswers(shop, shopUrl);
  let renewable = false;

  return {
    url,
    shopUrl,
    dataDir: () => settings.BALIE_DATA_DIR,
    key,
    output: () => server.output() + shop.output(),
    async renew(env = {}) {
      const data = await mkdtemp(join(folder, 'data-'));
      await cp(seeded, data, { recursive: true });
      settings = settingsFor(data, env);
      if (!renewable || !server.running()) {
        await server.end('SIGKILL');
        server = startChild(join(root, 'e2e/harness/renewable-server.ts'), {});
        renewable = true;
      }
      await server.ask(settings);
    },
    kill: () => server.end('SIGKILL'),
    async start() {
      server = await startServer();
      renewable = false;
    },
    async stop() {
      await Promise.all([server.end('SIGKILL'), shop.end('SIGTERM')]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
