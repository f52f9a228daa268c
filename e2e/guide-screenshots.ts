/**
 * Takes the pictures of docs/agent-guide.md from the running product, in the order in which an agent meets what they
 * show: `npm run screenshots`, after a build.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAgent } from './harness/agent.ts';
import { launchBrowser } from './harness/browser.ts';
import { openPicture, takePicture } from './harness/picture.ts';
import { startProduct } from './harness/product.ts';
import { createVisitor } from './harness/visitor.ts';

const product = await startProduct();
const browser = await launchBrowser();
const light = { dark: false };

async function openAgent(name: string) {
  const { context, page } = await openPicture(browser);
  const agent = createAgent(context, page, product.url);
  await agent.signIn(`${name}@balie.example`);
  await agent.chooseProfile('Everything');
  await agent.beReady();
  return agent;
}

try {
  await product.renew();
  const anna = await openAgent('anna');
  const shop = await openPicture(browser);
  const ada = createVisitor(shop.context, shop.page, product.shopUrl);
  await ada.visit('/lamps/heron');
  await ada.signIn('Ada');
  await ada.open();
  await ada.start();
  await anna.accept(/Ada/);

  await anna.page.getByRole('textbox', { name: 'Message' }).press('/');
  await anna.page.getByRole('option', { name: 'Greeting' }).waitFor();
  await takePicture(anna.page, 'guide-presets', light);
  await anna.page.getByRole('option', { name: 'Greeting' }).click();
  await anna.button('Send').click();
  await ada.sees('How can I help?');
  await ada.say('The arm of my Heron is loose. Can somebody call me?');
  await anna.sees('call me');

  await anna.button('Offer').click();
  const offer = anna.page.getByRole('dialog', { name: 'New offer' });
  await offer.getByRole('combobox', { name: 'Saved offers' }).selectOption({ label: 'When may we call?' });
  await takePicture(anna.page, 'guide-offer', light);
  await offer.getByRole('button', { name: 'Send offer' }).click();
  const menu = ada.offer('When may we call you?');
  await menu.getByRole('radio', { name: 'In the afternoon' }).check();
  await takePicture(ada.page, 'guide-offer-visitor', light);
  await menu.getByRole('button', { name: 'Submit choice' }).click();
  await anna.sees('In the afternoon');

  const bram = await openAgent('bram');
  await anna.button('Invite').click();
  const invite = anna.page.getByRole('dialog', { name: 'Invite' });
  await invite.getByRole('radio', { name: /^Bram/ }).check();
  await invite.getByRole('textbox', { name: /^Note/ }).fill('You know the Heron: which part does she need?');
  await takePicture(anna.page, 'guide-invite', light);
  await invite.getByRole('button', { name: 'Send invitation' }).click();
  await bram.openTab(/Ada/);
  await takePicture(bram.page, 'guide-invitation', light);
  await bram.button('Accept').click();
  await bram.button('Private').click();
  await bram.say('It is the brass bush, part 114. She had it replaced in March.');
  await anna.sees('part 114');
  await anna.button('Private').click();
  await anna.page.getByRole('textbox', { name: 'Message' }).fill('Then it is under warranty. Will you tell her?');
  await takePicture(anna.page, 'guide-private', light);
  await anna.button('Private').click();

  const folder = await mkdtemp(join(tmpdir(), 'balie-guide-'));
  await ada.page.locator('img, svg').first().waitFor();
  await ada.page.screenshot({ path: join(folder, 'heron.png'), clip: { x: 88, y: 98, width: 528, height: 480 } });
  await writeFile(join(folder, 'warranty.pdf'), '%PDF-1.7\n%%EOF\n');
  await ada.panel.locator('input[type=file]').setInputFiles(join(folder, 'heron.png'));
  await ada.say('It is this one.');
  await anna.chat.getByRole('img', { name: 'heron.png' }).waitFor();
  const attach = anna.page.locator('balie-composer input[type=file]');
  await attach.setInputFiles([join(folder, 'warranty.pdf'), join(folder, 'heron.png')]);
  await anna.page.getByRole('textbox', { name: 'Message' }).fill('Your warranty, and the part marked in the picture:');
  await anna.page.getByRole('button', { name: 'Remove heron.png' }).waitFor();
  await takePicture(anna.page, 'guide-files', light);
  await rm(folder, { recursive: true });
} finally {
  await browser.close();
  await product.stop();
}
