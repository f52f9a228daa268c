import { expect, test } from 'vitest';
import { expectAccessible } from './harness/axe.ts';
import { useDesk } from './harness/desk.ts';
import { settingsOf } from './harness/settings.ts';

const openDesk = useDesk();

test('a saved offer is made, changed and deleted at the settings, and agents compose from what it became', async () => {
  const desk = await openDesk();
  const anna = await desk.agent('anna');
  const { page, button, field, row, turnTo } = await settingsOf(await desk.agent('admin', null), 'Presets and offers');
  await button('New offer').click();
  const dialog = page.getByRole('dialog', { name: 'New offer' });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('Give the offer a title.').waitFor();
  await field('Title').fill('Which lamp?');
  await field('Option 1').fill('Desk');
  await field('Option 2').fill('Floor');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await row('Which lamp?').getByText('Desk · Floor').waitFor();

  await button('Which lamp?').click();
  await page.getByRole('dialog', { name: 'Which lamp?' }).waitFor();
  expect(await field('Option 2').inputValue()).toBe('Floor');
  await field('Title').fill('Which one?');
  await field('Option 2').fill('Ceiling');
  await button('Save').click();
  await row('Which one?').getByText('Desk · Ceiling').waitFor();
  await expectAccessible(page);

  const visitor = await desk.visitor();
  await visitor.requestAs('Vera');
  await anna.accept(/Vera/);
  await anna.button('Offer').click();
  await anna.page.getByRole('combobox', { name: 'Saved offers' }).selectOption('Which one?');
  expect(await anna.page.getByRole('textbox', { name: 'Option 2', exact: true }).inputValue()).toBe('Ceiling');

  await button('Delete the offer Which one?').click();
  await expect.poll(() => row('Which one?').count()).toBe(0);
  await turnTo('Audit log');
  await row('Changed a saved offer').locator('summary').click();
  await row('Changed a saved offer').getByText('Which lamp?').first().waitFor();
});
