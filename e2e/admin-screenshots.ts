/** Takes the pictures of docs/admin-guide.md from the running product: `npm run screenshots`, after a build. */
import { createAgent } from './harness/agent.ts';
import { launchBrowser } from './harness/browser.ts';
import { openPicture, takePicture } from './harness/picture.ts';
import { startProduct } from './harness/product.ts';
import { createVisitor } from './harness/visitor.ts';

const product = await startProduct();
const browser = await launchBrowser();
const light = { dark: false };

try {
  await product.renew();
  const shop = await openPicture(browser);
  await createVisitor(shop.context, shop.page, product.shopUrl).visit('/');

  const { context, page } = await openPicture(browser);
  const admin = createAgent(context, page, product.url);
  await admin.signIn('admin@balie.example');
  const turnTo = async (place: string) => {
    await page.goto(`${product.url}/console/#/${place}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('row').nth(1).waitFor();
  };

  await turnTo('people');
  await takePicture(page, 'admin-people', light);

  await turnTo('queues');
  await page.getByRole('button', { name: 'Sales' }).click();
  await page.getByRole('combobox', { name: 'Open' }).selectOption('At set times');
  await page.getByRole('textbox', { name: 'Friday' }).fill('09:00-12:00');
  await page.getByRole('textbox', { name: 'Saturday' }).waitFor();
  await takePicture(page, 'admin-queue', light);
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });

  await turnTo('sites');
  await page.getByRole('button', { name: 'Gloed' }).click();
  await page.getByText(/^Seen on/).waitFor();
  await takePicture(page, 'admin-install', light);

  await page.getByRole('button', { name: 'Privacy' }).last().click();
  await page.getByRole('checkbox', { name: /card/i }).waitFor();
  await takePicture(page, 'admin-privacy', light);

  await turnTo('audit');
  await page.locator('summary').first().click();
  await takePicture(page, 'admin-audit', light);
} finally {
  await browser.close();
  await product.stop();
}
