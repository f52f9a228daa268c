/** Takes the pictures of the chat log, the survey and the statistics in docs/supervisor-guide.md: `npm run screenshots`, after a build. */
import { createAgent } from './harness/agent.ts';
import { launchBrowser } from './harness/browser.ts';
import { openPicture, takePicture } from './harness/picture.ts';
import { startProduct } from './harness/product.ts';
import { change } from './harness/set-up.ts';
import { createVisitor } from './harness/visitor.ts';

const product = await startProduct();
const browser = await launchBrowser();

async function openAgent(name: string) {
  const { context, page } = await openPicture(browser);
  const agent = createAgent(context, page, product.url);
  await agent.signIn(`${name}@balie.example`);
  return agent;
}

async function openVisitor() {
  const { context, page } = await openPicture(browser);
  const visitor = createVisitor(context, page, product.shopUrl);
  await visitor.visit('/lamps/heron');
  return visitor;
}

try {
  await product.renew();
  const admin = await openAgent('admin');
  await admin.page.getByRole('combobox', { name: 'Profile' }).waitFor();
  const survey = { on: true, comment: true, question: { en: '', nl: '' } };
  await change(admin.page, 'PATCH', `/sites/${product.key.siteId}`, { settings: { survey } });
  const anna = await openAgent('anna');
  await anna.chooseProfile('Everything');
  await anna.beReady();
  for (const [name, line] of [
    ['Tom', 'The shades for your desk lamps are back in stock.'],
    ['Vera', 'Your lamp left our warehouse this morning.'],
  ] as const) {
    const visitor = await openVisitor();
    await visitor.requestAs(name);
    await anna.accept(new RegExp(name));
    await anna.say(line);
    await visitor.sees(line);
    await visitor.endChat();
    await visitor.panel.getByRole('radio', { name: '4' }).check();
    await visitor.panel.getByRole('textbox').fill('Quick, and friendly.');
    if (name === 'Vera') await takePicture(visitor.page, 'survey', { dark: false });
    await visitor.panel.getByRole('button', { name: 'Send', exact: true }).click();
    await visitor.sees('Thank you for your answer.');
  }
  const ada = await openVisitor();
  await ada.signIn('Ada');
  await ada.open();
  await ada.start();
  await anna.accept(/Ada/);
  await ada.say('My Heron lamp flickers whenever the kettle is on. Is that the lamp, or my kitchen?');
  await anna.sees('my kitchen');
  await anna.button('Private').click();
  await anna.say('A known fault of that series: send her a new one');
  await ada.endChat();

  await admin.button('Chat log').click();
  await admin.page.getByRole('searchbox').fill('lamp');
  await admin.page.keyboard.press('Enter');
  await admin.page.getByRole('button', { name: /^Ada/ }).click();
  await admin.page.locator('.message.sought').waitFor();
  await takePicture(admin.page, 'chat-log', { dark: false });

  await admin.button('Statistics').click();
  await admin.page.getByRole('img', { name: /^Accepted\. All days: 3/ }).waitFor();
  await admin.page.getByRole('img', { name: /^Satisfaction\. All days: 4/ }).waitFor();
  await takePicture(admin.page, 'statistics', { dark: false });
} finally {
  await browser.close();
  await product.stop();
}
