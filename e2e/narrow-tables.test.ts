import { expect, test } from 'vitest';
import { useDesk } from './harness/desk.ts';

const openDesk = useDesk();

test('a table that is wider than a phone shows at its edge that there is more, until its end is reached', async () => {
  const desk = await openDesk();
  const { page } = await desk.agent('admin', null);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${desk.product.url}/console/#/people`);
  const table = page.locator('balie-people-page .scroll');
  await table.getByRole('row').nth(2).waitFor();
  expect(await table.evaluate(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)).toBe(true);
  // Above the words of the first row, where nothing but the ground is drawn.
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
