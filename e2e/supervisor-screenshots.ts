/** Takes the pictures of docs/supervisor-guide.md from the running product: `npm run screenshots`, after a build. */
import { createAgent } from './harness/agent.ts';
import { launchBrowser } from './harness/browser.ts';
import { openPicture, takePicture } from './harness/picture.ts';
import { startProduct } from './harness/product.ts';
import { createVisitor } from './harness/visitor.ts';

const product = await startProduct();
const browser = await launchBrowser();
const light = { dark: false };

async function openAgent(name: string, profile: string | null = 'Everything') {
  const { context, page } = await openPicture(browser);
  const agent = createAgent(context, page, product.url);
  await agent.signIn(`${name}@balie.example`);
  if (profile) {
    await agent.chooseProfile(profile);
    await agent.beReady();
  }
  return agent;
}

async function openVisitor(name: string, path = '/') {
  const { context, page } = await openPicture(browser);
  const visitor = createVisitor(context, page, product.shopUrl);
  await visitor.visit(path);
  await visitor.open();
  await visitor.start({ name, email: 'studio@mail.example' });
  return visitor;
}

try {
  await product.renew();
  const anna = await openAgent('anna');
  const ada = await openVisitor('Ada Lovelace');
  await anna.accept(/Ada/);
  await anna.say('Good afternoon Ada, this is Anna. How can I help?');
  await ada.say('I take six of the Heron for our studio. What would that cost?');
  const bram = await openAgent('bram');
  await bram.pause();
  await anna.pause();
  await openVisitor('Tom de Wit', '/business');
  await openVisitor('Vera');

  const admin = await openAgent('admin', null);
  const { page } = admin;
  await admin.button('Floor').click();
  await page.getByRole('region', { name: 'open chats' }).getByRole('cell', { name: 'Anna' }).waitFor();
  await takePicture(page, 'floor', light);
  await page.getByRole('button', { name: 'Ada Lovelace' }).click();
  await page.getByRole('textbox', { name: 'Whisper to the agents' }).fill('She may have ten per cent from six on');
  await admin.button('Whisper').click();
  await page.getByText('She may have ten per cent').waitFor();
  await takePicture(page, 'floor-reading', light);
} finally {
  await browser.close();
  await product.stop();
}
