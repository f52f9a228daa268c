import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, type TestContext, test } from 'vitest';
import { totpCode } from '../server/identity/totp.ts';
import { freePort } from '../server/test/free-port.ts';
import { createAgent } from './harness/agent.ts';
import { expectAccessible } from './harness/axe.ts';
import { launchBrowser } from './harness/browser.ts';
import { startChild, untilAnswers } from './harness/child.ts';
import { patience, watch } from './harness/watched-page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** A server that nobody has set up, as `npm run serve` starts it, and who looks at it. */
async function openFresh(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'balie-fresh-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = startChild('server/main.ts', { PORT: String(port), BALIE_DATA_DIR: folder });
  await untilAnswers(server, `${url}/readyz`);
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 } });
  const { problems } = watch(context);
  t.onTestFinished(async () => {
    await context.close();
    await server.end('SIGKILL');
    await rm(folder, { recursive: true, force: true });
    expect(problems).toEqual([]);
  });
  const address = /\S+#\/first-run\/\S+/.exec(server.output())?.[0] ?? '';
  return { url, address, agent: createAgent(context, patience(await context.newPage()), url) };
}

test('1: a fresh server is set up in the browser: organization, site, and a second factor', async (t) => {
  const { url, address, agent } = await openFresh(t);
  const { page, button } = agent;
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  await page.goto(`${url}/console/`);
  await page.getByText('This server has no organization yet.').waitFor();
  await expectAccessible(page);

  await page.goto(address);
  await page.reload();
  await field('Organization').fill('Gloed');
  await field('Your name').fill('Ada Vos');
  await field('E-mail address').fill('ada@gloed.example');
  await page.getByLabel('Password', { exact: true }).fill('a sentence of mine');
  await expectAccessible(page);
  await button('Begin').click();

  await page.getByRole('heading', { name: 'Sites', level: 1 }).waitFor();
  await page.getByText('Make the first').waitFor();
  await expectAccessible(page);
  await button('New site').click();
  await field('Name').fill('Shop');
  await field('Address').fill('https://shop.example');
  await button('Save').click();
  await page.getByText(`<script async src="${url}/balie.js"`).waitFor();

  await page.goto(`${url}/console/#/account`);
  await button('Turn it on').click();
  await page.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor();
  const secret = (await page.getByRole('region', { name: 'Secret for the app' }).textContent()) ?? '';
  await expectAccessible(page);
  await field('Code that the app shows now').fill(totpCode(secret, Math.floor(Date.now() / 30_000)));
  await button('Turn it on').click();
  await page.getByText('Each of these codes opens the desk once').waitFor();
  await expectAccessible(page);
  await button('Done').click();
  await page.getByText('recovery codes are left').waitFor();

  await page.goto(address);
  await page.reload();
  await page.getByRole('navigation', { name: 'Desk' }).waitFor();
});
