/**
 * `npm run size`: what a page really transfers for the widget, counted in a real browser against the built product,
 * and compared with the budgets. Exits with 1 past them.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { findChromium } from './chromium.mjs';
import { startProcess } from './size/start-process.ts';

const buttonBudget = { bytes: 1500, requests: 1 };
const typingBudgetBytes = 15_000;

/** JavaScript and CSS, gzip, of the lightest and the heaviest that were measured (button, typing), in kB. */
const peers = [
  ['Live Helper Chat, lazy', 31, 240],
  ['Typebot 0.10', 198, 198],
  ['Libredesk 2026-08', 228, 228],
  ['Chatwoot 4.16', 499, 661],
] as const;

const executablePath = findChromium();
const dataDir = mkdtempSync(join(tmpdir(), 'balie-size-'));
const page = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(html));
await new Promise<void>((resolve) => page.listen(0, '127.0.0.1', resolve));
const pagePort = (page.address() as AddressInfo).port;
const desk = await startProcess('server/main.ts', {
  BALIE_DEMO: '1',
  BALIE_DATA_DIR: dataDir,
  DEMO_PORT: String(pagePort),
});
const html = `<!doctype html><html lang="en"><title>A page</title><script async src="${desk.url}/balie.js" data-site="${desk.demo.siteId}"></script>`;
const browser = await chromium.launch({
  executablePath,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});

try {
  const visitor = await browser.newPage();
  const fetched = await watch(visitor, desk.url);
  await visitor.goto(`http://127.0.0.1:${pagePort}/`);
  const button = visitor.getByRole('button', { name: 'Open chat' });
  await button.waitFor();
  const untilButton = fetched();
  await button.click();
  await visitor.getByRole('textbox', { name: 'Name' }).fill('Vera');
  await visitor.getByRole('textbox', { name: 'E-mail' }).fill('vera@visitor.example');
  await visitor.getByRole('button', { name: 'Start chat' }).click();
  await visitor.getByRole('textbox', { name: 'Message' }).waitFor();
  report(await weigh(untilButton), await weigh(fetched()));
} finally {
  await browser.close();
  page.close();
  await desk.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

interface Transfer {
  readonly bytes: number;
  readonly requests: number;
}

/** The addresses that the page fetched from us so far. */
async function watch(visitor: Page, origin: string): Promise<() => string[]> {
  const fetched: string[] = [];
  const session = await visitor.context().newCDPSession(visitor);
  await session.send('Network.enable');
  session.on('Network.responseReceived', ({ response }) => {
    if (response.url.startsWith(origin)) fetched.push(response.url);
  });
  return () => [...fetched];
}

/** Their bodies as gzip: a browser would take brotli here, and no number of the peers is in that. */
async function weigh(addresses: readonly string[]): Promise<Transfer> {
  const sizes = await Promise.all(addresses.map(gzipBytes));
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), requests: addresses.length };
}

function gzipBytes(address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(address, { headers: { 'accept-encoding': 'gzip' } }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.on('end', () => resolve(bytes));
    }).on('error', reject);
  });
}

function report(button: Transfer, typing: Transfer): void {
  console.table([
    { product: 'Balie', 'until the button': button.bytes, 'until typing': typing.bytes },
    { product: 'Balie’s budget', 'until the button': buttonBudget.bytes, 'until typing': typingBudgetBytes },
    ...peers.map(([product, one, two]) => ({ product, 'until the button': one * 1000, 'until typing': two * 1000 })),
  ]);
  console.log(
    `Bytes of JavaScript and CSS, gzip. ${button.requests} request until the button, ${typing.requests} until typing.`,
  );
  const over =
    button.bytes > buttonBudget.bytes || button.requests > buttonBudget.requests || typing.bytes > typingBudgetBytes;
  if (button.bytes === 0 || typing.bytes <= button.bytes)
    throw new Error('Nothing was counted: the measurement is broken.');
  if (!over) return;
  console.error('Past the budget.');
  process.exitCode = 1;
}
