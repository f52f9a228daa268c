import { expect, test } from 'vitest';
import { expectAccessible } from './harness/axe.ts';
import { useDesk } from './harness/desk.ts';
import { settingsOf } from './harness/settings.ts';

const openDesk = useDesk();

test('what was entered at a setting is asked about before it is lost, wherever one goes', async () => {
  const desk = await openDesk();
  const admin = await desk.agent('admin', null);
  const { page, button, field, row, turnTo } = await settingsOf(admin, 'Sites');
  const question = page.getByRole('dialog', { name: 'Leave without saving?' });
  const stay = () => question.getByRole('button', { name: 'Stay here' }).click();
  await row('Gloed').getByRole('button', { name: 'Gloed' }).click();
  await button('General').click();
  await field('Name').fill('Gloed Lamps');
  // What was entered is kept while one looks at another part.
  await button('Look').click();
  await button('General').click();

  await page.getByRole('navigation', { name: 'Settings' }).getByRole('button', { name: 'People' }).click();
  await question.waitFor();
  await expectAccessible(page);
  await stay();
  await page.goBack();
  await question.waitFor();
  await page.keyboard.press('Escape');
  await button('Sites').last().click();
  await stay();
  expect([await field('Name').inputValue(), new URL(page.url()).hash]).toEqual(['Gloed Lamps', '#/sites']);
  const closing = page.waitForEvent('dialog');
  await page.evaluate(() => setTimeout(() => location.reload()));
  const dialog = await closing;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();

  await button('Save').click();
  await page.getByText('Saved', { exact: true }).waitFor();
  await turnTo('Queues');

  await button('Sales').click();
  await field('Name').fill('Selling');
  await page.keyboard.press('Escape');
  await question.getByRole('button', { name: 'Leave without saving' }).click();
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  await row('Sales').waitFor();
  await turnTo('People');
});
