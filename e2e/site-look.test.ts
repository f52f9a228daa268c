import { expect, test } from 'vitest';
import { expectAccessible } from './harness/axe.ts';
import { useDesk } from './harness/desk.ts';
import { settingsOf } from './harness/settings.ts';

const openDesk = useDesk();

test('the look of a site is seen in the real widget while it is chosen, and what is wrong with a colour is said', async () => {
  const desk = await openDesk();
  const { page, button, row } = await settingsOf(await desk.agent('admin', null), 'Sites');
  await row('Gloed').getByRole('button', { name: 'Gloed' }).click();
  await button('Look').click();
  const preview = page.frameLocator('iframe[title="How it will look"]');
  await preview.getByText('How can we help you?').waitFor();
  await expectAccessible(page);

  await page.getByRole('combobox', { name: 'Colour' }).selectOption('Your own');
  const start = preview.getByText('Start chat');
  const colourOf = () => start.evaluate((element) => getComputedStyle(element).backgroundColor);
  await page.getByLabel('Your colour').fill('#ffd400');
  await expect.poll(colourOf).toBe('rgb(255, 212, 0)');
  await page.getByText('its contrast with white is 1.4 to 1').waitFor();
  await expectAccessible(page);
  await page.getByLabel('Your colour').fill('#0f766e');
  await expect.poll(colourOf).toBe('rgb(15, 118, 110)');
  await page.getByText('This colour can be read well').waitFor();

  const chat = preview.locator('balie-chat');
  const leftOf = () => chat.evaluate((element) => element.getBoundingClientRect().left < innerWidth / 2);
  expect(await leftOf()).toBe(false);
  await page.getByRole('combobox', { name: 'Corner' }).selectOption('Left below');
  await expect.poll(leftOf).toBe(true);
  const schemeOf = () => chat.evaluate((element) => getComputedStyle(element).colorScheme);
  await button('Dark').click();
  await expect.poll(schemeOf).toBe('dark');

  await page.getByRole('combobox', { name: 'Language' }).selectOption('Nederlands');
  await preview.getByText('Chat starten').waitFor();
  await button('In a chat').click();
  await preview.getByText('Zal ik er een voor u apart leggen?').waitFor();
  expect(await schemeOf()).toBe('dark');
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('balie:')))).toEqual([]);

  await button('Save').click();
  await page.getByText('Saved', { exact: true }).waitFor();
  await button('Install').click();
  await page.getByText('data-accent="#0f766e" data-position="start" data-lang="nl"').waitFor();
});

test('the address of the preview shows nothing outside the console', async () => {
  const desk = await openDesk();
  const scene = encodeURIComponent(
    JSON.stringify({ view: 'start', language: 'en', site: { name: 'X', ask: [], files: false } }),
  );
  const { page } = await desk.stranger(`${desk.product.url}/console/preview.html#${scene}`);
  await page.waitForLoadState('networkidle');
  expect(await page.locator('balie-chat').count()).toBe(0);
});
