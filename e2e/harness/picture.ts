import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { patience } from './watched-page.ts';

const folder = fileURLToPath(new URL('../../docs/images/', import.meta.url));

export const wide = { width: 1280, height: 800 };
export const phone = { width: 390, height: 844 };

/** A browser of one person, drawn sharply enough for a page of print. */
export async function openPicture(browser: Browser, viewport = wide) {
  const context = await browser.newContext({
    viewport,
    deviceScaleFactor: 1.5,
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
  return { context, page: patience(await context.newPage()) };
}

/** Into docs/images, in light and, where it is wanted, in dark. */
export async function takePicture(page: Page, name: string, { viewport = wide, dark = true } = {}): Promise<void> {
  await mkdir(folder, { recursive: true });
  await page.setViewportSize(viewport);
  for (const colorScheme of dark ? (['light', 'dark'] as const) : (['light'] as const)) {
    await page.emulateMedia({ colorScheme });
    const path = `${folder}${name}${colorScheme === 'dark' ? '-dark' : ''}.png`;
    await page.screenshot({ path, animations: 'disabled' });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
