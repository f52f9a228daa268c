/**
 * Takes the pictures of README.md and docs/ from the running product: `npm run screenshots`, after a build. They are
 * kept in the repository, so that whoever reads it there sees what it looks like now.
 */
import { createAgent } from './harness/agent.ts';
import { launchBrowser } from './harness/browser.ts';
import { openPicture, phone, takePicture, wide } from './harness/picture.ts';
import { startProduct } from './harness/product.ts';
import { createVisitor } from './harness/visitor.ts';

const product = await startProduct();
const browser = await launchBrowser();
try {
  await product.renew();
  const staff = await openPicture(browser);
  const agent = createAgent(staff.context, staff.page, product.url);
  await agent.signIn('anna@balie.example');
  await agent.chooseProfile('Everything');
  await agent.beReady();

  const shop = await openPicture(browser);
  const ada = createVisitor(shop.context, shop.page, product.shopUrl);
  await ada.visit('/lamps/heron');
  await ada.signIn('Ada');
  await takePicture(ada.page, 'shop');
  await ada.open();
  await ada.start();
  await agent.accept(/Ada/);
  await agent.say('Good afternoon Ada, this is Anna. How can I help?');
  await ada.sees('How can I help?');
  await ada.say('Is the Heron in stock? I would need two of them before Friday.');
  await agent.sees('before Friday');
  await agent.say('It is. If you order today they leave tomorrow: https://gloed.example/delivery');
  await ada.sees('they leave tomorrow');
  await ada.say('Wonderful, then I will take both.');
  await agent.sees('take both');

  const other = await openPicture(browser);
  const tom = createVisitor(other.context, other.page, product.shopUrl);
  await tom.visit('/business');
  await tom.open();
  await tom.start({ name: 'Tom de Wit', email: 'tom@studio.example' });
  await agent.tab(/Tom/).waitFor();
  await agent.openTab(/Ada/);

  await takePicture(ada.page, 'widget');
  await takePicture(ada.page, 'widget-narrow', { viewport: phone });
  await takePicture(agent.page, 'console');
  await takePicture(agent.page, 'console-narrow', { viewport: phone });
  await agent.page.setViewportSize(wide);
  await agent.openTab(/Tom/);
  await takePicture(agent.page, 'console-request');
} finally {
  await browser.close();
  await product.stop();
}
