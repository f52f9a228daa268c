import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectAccessible } from './harness/axe.ts';
import { useDesk } from './harness/desk.ts';

const openDesk = useDesk();
const known = { name: 'Vera', email: 'vera@mail.example' };

test('X230: every screen of the widget passes axe, in light and in dark', async () => {
  const desk = await openDesk();
  const visitor = await desk.visitor();
  await visitor.launcher.waitFor();
  await expectAccessible(visitor.page);
  await visitor.open();
  await visitor.field('Name').waitFor();
  await expectAccessible(visitor.page);
  await visitor.start(known);
  await visitor.waits();
  await expectAccessible(visitor.page);
  const agent = await desk.agent('anna');
  await agent.accept(/Vera/);
  await visitor.say('See https://lamps.example and tell me');
  await agent.say('I will');
  await visitor.sees('I will');
  await expectAccessible(visitor.page);
  await visitor.panel.getByRole('button', { name: 'End chat' }).click();
  await expectAccessible(visitor.page);
  await visitor.confirmEnd();
  await expectAccessible(visitor.page);
});

test('X230: every screen of the console passes axe, in light and in dark', async () => {
  const desk = await openDesk();
  const { page } = await desk.stranger(`${desk.product.url}/console/`);
  await page.getByRole('textbox', { name: 'E-mail' }).waitFor();
  await expectAccessible(page);

  const agent = await desk.agent('anna');
  await expectAccessible(agent.page);
  const visitor = await desk.visitor();
  await visitor.signIn('Ada');
  await visitor.open();
  await visitor.start();
  await agent.openTab(/Ada/);
  await agent.button('Accept').waitFor();
  await expectAccessible(agent.page);
  await agent.accept(/Ada/);
  await visitor.say('Hello, see https://lamps.example');
  await agent.say('Hello Ada');
  await agent.sees('Hello, see');
  await expectAccessible(agent.page);
  await agent.button('Close chat').click();
  await agent.page.getByRole('dialog', { name: 'Close this chat?' }).waitFor();
  await expectAccessible(agent.page);
});

for (const viewport of [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
]) {
  test(`X230: every page of the console passes axe at ${viewport.width} px, in light and in dark`, async () => {
    const desk = await openDesk();
    const { page } = await desk.agent('admin', null);
    const places = await everyPlace(page);
    expect(places).toEqual(expect.arrayContaining(['account', 'floor', 'log', 'people', 'audit']));
    await page.setViewportSize(viewport);
    for (const place of places) {
      await page.goto(`${desk.product.url}/console/#/${place}`);
      await page.locator(`balie-${place}-page`).getByRole('heading', { level: 1 }).waitFor();
      await expectAccessible(page);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width, place).toBeLessThanOrEqual(viewport.width);
    }
    // Two dozen pages, each read twice: on a busy machine that takes minutes.
  }, 400_000);
}

/** The names in the addresses of all that one can go to beside the chats, so that a new page is never left out. */
async function everyPlace(page: Page): Promise<string[]> {
  const found = new Set(['account']);
  const go = async (entries: Locator) => {
    await entries.first().waitFor();
    for (const entry of await entries.all()) {
      await entry.click();
      await entry.and(page.locator('[aria-current="page"]')).waitFor();
      const name = new URL(page.url()).hash.replace('#/', '');
      if (name) found.add(name);
    }
  };
  await go(page.getByRole('navigation', { name: 'Desk' }).locator('.place:visible'));
  await go(page.getByRole('navigation', { name: 'Settings' }).getByRole('button'));
  return [...found];
}

/** Presses Tab until the control of this name has the focus, as someone without a mouse does. */
async function tabTo(page: Page, role: 'button' | 'textbox' | 'combobox', name: string) {
  const target = page.getByRole(role, { name, exact: true });
  await target.first().waitFor();
  const focused = () =>
    target.evaluateAll((all) =>
      all.some((element) => (element.getRootNode() as Document | ShadowRoot).activeElement === element),
    );
  for (let presses = 0; presses < 40; presses++) {
    if (await focused()) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never came to ${role} "${name}".`);
}

test('X231: a visitor chats with the keyboard alone, and the focus comes back', async () => {
  const desk = await openDesk();
  const agent = await desk.agent('anna');
  const { page, panel, launcher, sees, field } = await desk.visitor();
  await launcher.waitFor();
  await tabTo(page, 'button', 'Open chat');
  await page.keyboard.press('Enter');
  await tabTo(page, 'textbox', 'Name');
  await page.keyboard.type(known.name);
  await tabTo(page, 'textbox', 'E-mail');
  await page.keyboard.type(known.email);
  await page.keyboard.press('Enter');
  await agent.accept(/Vera/);
  await field('Message').waitFor();
  await tabTo(page, 'textbox', 'Message');
  await page.keyboard.type('Without a mouse');
  await page.keyboard.press('Enter');
  await agent.sees('Without a mouse');
  await agent.say('Noted');
  await sees('Noted');
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'hidden' });
  await expect
    .poll(() => launcher.evaluate((button) => (button.getRootNode() as ShadowRoot).activeElement === button))
    .toBe(true);
});

test('15, X231: an agent answers with the keyboard alone', async () => {
  const desk = await openDesk();
  const agent = await desk.agent('anna', null);
  const { page } = agent;
  await tabTo(page, 'combobox', 'Profile');
  await page.keyboard.type('Everything');
  await tabTo(page, 'button', 'Ready');
  await page.keyboard.press('Enter');
  const visitor = await desk.visitor();
  await visitor.requestAs('Vera');
  await agent.tab(/Vera, new request/).waitFor();
  await page.keyboard.press('Alt+ArrowDown');
  await agent.button('Accept').waitFor();
  await page.keyboard.press('Control+Enter');
  await tabTo(page, 'textbox', 'Message');
  await page.keyboard.type('With the keyboard');
  await page.keyboard.press('Enter');
  await visitor.sees('With the keyboard');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
});

test('X232: the widget fits a screen of 320 px, and its targets are large enough', async () => {
  const desk = await openDesk();
  const agent = await desk.agent('anna');
  const visitor = await desk.visitor('/', { viewport: { width: 320, height: 568 }, hasTouch: true });
  const fits = () => visitor.page.evaluate(() => document.documentElement.scrollWidth <= 320);
  expect(await fits()).toBe(true);
  await visitor.requestAs('Vera');
  await agent.accept(/Vera/);
  await visitor.say('On a phone');
  await agent.sees('On a phone');
  expect(await fits()).toBe(true);
  for (const name of ['Minimise chat', 'End chat', 'Send']) {
    const box = await visitor.panel.getByRole('button', { name, exact: true }).boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0), name).toBeGreaterThanOrEqual(24);
  }
});

test('19, X232: the console works on a phone, one pane at a time', async () => {
  const desk = await openDesk();
  const agent = await desk.agent('anna', 'Everything', { viewport: { width: 360, height: 640 }, hasTouch: true });
  const visitor = await desk.visitor();
  await visitor.requestAs('Vera');
  await agent.accept(/Vera/);
  await agent.say('From my phone');
  await visitor.sees('From my phone');
  expect(await agent.page.evaluate(() => document.documentElement.scrollWidth <= 360)).toBe(true);
});

test('X232: the whole bar is in sight on a phone and on a laptop at 200 %, and holds every place', async () => {
  const desk = await openDesk();
  const { page, button } = await desk.agent('admin', null, { viewport: { width: 1280, height: 720 } });
  const bar = page.getByRole('navigation', { name: 'Desk' });
  const shown = () => bar.getByRole('button').filter({ visible: true });
  await expect.poll(() => shown().count()).toBe(6);
  for (const [width, height] of [
    [1280, 720],
    [640, 360],
    [390, 844],
    [320, 568],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const one of await shown().all()) await expect.poll(() => isWithin(one, width, height)).toBe(true);
  }
  for (const name of ['Chats', 'Floor', 'Chat log', 'More']) {
    const box = await button(name).boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0), name).toBeGreaterThanOrEqual(44);
  }
  await button('More').press('ArrowDown');
  await page.getByRole('menuitem', { name: 'Statistics' }).and(page.locator(':focus')).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('menuitem', { name: 'Settings' }).and(page.locator(':focus')).press('Enter');
  await page.getByRole('heading', { name: 'People', level: 1 }).waitFor();
  expect(await button('More').getAttribute('aria-current')).toBe('true');
});

async function isWithin(one: Locator, width: number, height: number) {
  const box = await one.boundingBox();
  return box !== null && box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height;
}

test('X233: a new message is announced once, politely', async () => {
  const desk = await openDesk();
  const agent = await desk.agent('anna');
  const visitor = await desk.visitor();
  await visitor.requestAs('Vera');
  await agent.accept(/Vera/);
  await visitor.field('Message').waitFor();
  await agent.say('Hear me once');
  await visitor.sees('Hear me once');
  const live = visitor.panel.locator('[aria-live="polite"], [role="log"], [role="status"]');
  await expect.poll(() => live.filter({ hasText: 'Hear me once' }).count()).toBe(1);
});
