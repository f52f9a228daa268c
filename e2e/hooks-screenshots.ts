/**
 * Takes the pictures of docs/webhooks.md and docs/api.md from the running product: `npm run screenshots`, after a build.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NewApiKeyView } from '../protocol/api-keys.ts';
import { createAgent } from './harness/agent.ts';
import { launchBrowser } from './harness/browser.ts';
import { openPicture, takePicture } from './harness/picture.ts';
import { startProduct } from './harness/product.ts';
import { change } from './harness/set-up.ts';
import { createVisitor } from './harness/visitor.ts';

let status = 204;
const crm = createServer((_request, response) => response.writeHead(status).end()).listen(0, 'localhost');
await once(crm, 'listening');
const url = `http://localhost:${(crm.address() as AddressInfo).port}/balie`;
const product = await startProduct();
const browser = await launchBrowser();
const inDays = (days: number) => Date.now() + days * 86_400_000;

try {
  await product.renew({ BALIE_ALLOW_PRIVATE_WEBHOOKS: '1' });
  const { context, page } = await openPicture(browser);
  const admin = createAgent(context, page, product.url);
  await admin.signIn('admin@balie.example');
  await change(page, 'POST', '/webhooks', { name: 'CRM', url, kinds: [], audience: 'everyone' });
  const keys = [
    { name: 'Quality reports', scopes: ['conversations:read-private', 'queues:read'], expiresAt: inDays(90) },
    { name: 'Data warehouse', scopes: ['conversations:read', 'statistics:read'], expiresAt: null },
  ];
  for (const key of keys) {
    const { secret } = (await change(page, 'POST', '/api-keys', key)) as NewApiKeyView;
    await fetch(`${product.url}/api/v1/conversations`, { headers: { authorization: `Bearer ${secret}` } });
  }

  await admin.button('Settings').click();
  const turnTo = (name: string) =>
    page.getByRole('navigation', { name: 'Settings' }).getByRole('button', { name }).click();
  await turnTo('API keys');
  await page.getByRole('row').filter({ hasText: 'Quality reports' }).waitFor();
  await takePicture(page, 'api-keys');

  await turnTo('Webhooks');
  await admin.button('CRM').click();
  const shop = await openPicture(browser);
  const ada = createVisitor(shop.context, shop.page, product.shopUrl);
  await ada.visit('/');
  await ada.signIn('Ada');
  await ada.open();
  await ada.start();
  await ada.say('Is the Heron in stock?');
  const untilShown = async (what: string, state: string) => {
    const shown = page.getByRole('row').filter({ hasText: what }).getByText(state);
    while ((await shown.count()) === 0) {
      await admin.button('Look again').click();
      await page.waitForTimeout(200);
    }
  };
  await untilShown('Message', 'Delivered');
  status = 503;
  await ada.say('I would need two of them before Friday.');
  await untilShown('Message', 'Status 503');
  await takePicture(page, 'webhook');
} finally {
  await browser.close();
  await product.stop();
  crm.close();
  crm.closeAllConnections();
}
