/**
 * Takes the pictures of README.md and docs/ from the running product: `node e2e/screenshots.ts`, after a build. They are
 * kept in the repository, so that whoever reads it there sees what it looks like now.
 */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { createAgent } from './harness/agent.ts';
import { launchBrowser } from './harness/browser.ts';
import { startProduct } from './harness/product.ts';
import { createVisitor } from './harness/visitor.ts';
import { patience } from './harness/watched-page.ts';

const folder = fileURLToPath(new URL('../docs/images/', import.meta.url));

const wide = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };

async function open(browser: Browser, viewport: typeof wide) {
  const context = await browser.newContext({
    viewport,
    deviceScaleFactor: 1.5,
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
  return { context, page: patience(await context.newPage()) };
}

async function shoot(page: Page, name: string, viewport = wide) {
  await page.setViewportSize(viewport);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.mouse.move(0, 0);
    await page.screenshot({
      path: `${folder}${name}${colorScheme === 'dark' ? '-dark' : ''}.png`,
      animations: 'disabled',
    });
  }
}

const product = await startProduct();
const browser = await launchBrowser();
try {
  await mkdir(folder, { recursive: true });
  await product.renew();
  const staff = await open(browser, wide);
  const agent = createAgent(staff.context, staff.page, product.url);
  await agent.signIn('anna@balie.example');
  await agent.chooseProfile('Everything');
  await agent.beReady();

  const shop = await open(browser, wide);
  const ada = createVisitor(shop.context, shop.page, product.shopUrl);
  await ada.visit('/lamps/heron');
  await ada.signIn('Ada');
  await shoot(ada.page, 'shop');
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

  const other = await open(browser, wide);
  const tom = createVisitor(other.context, other.page, product.shopUrl);
  await tom.visit('/business');
  await tom.open();
  await tom.start({ name: 'Tom de Wit', email: 'tom@studio.example' });
  await agent.tab(/Tom/).waitFor();
  await agent.openTab(/Ada/);

  await shoot(ada.page, 'widget');
  await shoot(ada.page, 'widget-narrow', phone);
  await shoot(agent.page, 'console');
  await shoot(agent.page, 'console-narrow', phone);
  await agent.page.setViewportSize(wide);
  await agent.openTab(/Tom/);
  await shoot(agent.page, 'console-request');
} finally {
  await browser.close();
  await product.stop();
}
