import { expect, test } from 'vitest';
import { expectAccessible } from './harness/axe.ts';
import { useDesk } from './harness/desk.ts';

const openDesk = useDesk();

/** What opens each dialog of the settings, by the place in the address. */
const openers: Readonly<Record<string, readonly string[]>> = {
  people: ['Invite somebody', 'Bram'],
  queues: ['New queue', 'Sales'],
  profiles: ['New profile', 'Everything'],
  presets: ['New preset', 'Greeting', 'New offer'],
  sites: ['New site'],
  webhooks: ['New webhook'],
  'api-keys': ['New key'],
};

test('every dialog of the settings fits a narrow phone, passes axe, and goes with Escape', async () => {
  const desk = await openDesk();
  const { page, button } = await desk.agent('admin', null);
  await page.setViewportSize({ width: 320, height: 640 });
  const dialog = page.getByRole('dialog');
  for (const [place, names] of Object.entries(openers)) {
    await page.goto(`${desk.product.url}/console/#/${place}`);
    for (const name of names) {
      await page.locator(`balie-${place}-page`).getByRole('button', { name, exact: true }).click();
      await dialog.waitFor();
      await expectAccessible(page);
      const { left, right, inside, outside } = await dialog.evaluate((element) => {
        const { left, right } = element.getBoundingClientRect();
        return { left, right, inside: element.scrollWidth, outside: element.clientWidth };
      });
      expect([name, left >= 0, right <= 320, inside <= outside]).toEqual([name, true, true, true]);
      await page.keyboard.press('Escape');
      await expect.poll(() => dialog.count()).toBe(0);
    }
  }
  await page.goto(`${desk.product.url}/console/#/sites`);
  await button('Gloed').click();
  await button('Add a key').click();
  for (const kind of ['Shared secret', 'Public key', 'OpenID Connect']) {
    await page.getByRole('combobox', { name: 'Kind' }).selectOption(kind);
    await expectAccessible(page);
  }
});

test('a table that is wider than a phone shows at its edge that there is more, until one is there', async () => {
  const desk = await openDesk();
  const { page } = await desk.agent('admin', null);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${desk.product.url}/console/#/people`);
  const table = page.locator('balie-people-page .scroll');
  await table.getByRole('row').nth(2).waitFor();
  expect(await table.evaluate(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)).toBe(true);
  // In the empty line under the last row's words, where nothing but the ground is drawn.
  const edge = async () => {
    const box = await table.boundingBox();
    const head = await table.getByRole('row').first().boundingBox();
    if (!box || !head) throw new Error('The table is not on the screen.');
    const clip = { x: box.x + box.width - 3, y: head.y + 1, width: 2, height: 3 };
    return (await page.screenshot({ clip })).toString('base64');
  };
  const more = await edge();
  await table.evaluate((element) => element.scrollTo({ left: element.scrollWidth }));
  await expect.poll(edge).not.toBe(more);
});
