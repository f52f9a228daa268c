import { expect, test } from 'vitest';
import { useDesk } from './harness/desk.ts';

const openDesk = useDesk();

test('19: on a Dutch page the chat speaks Dutch', async () => {
  const desk = await openDesk();
  const { page } = await desk.visitor('/hulp', { locale: 'nl-NL' });
  await page.getByRole('button', { name: 'Chat openen' }).click();
  const panel = page.getByRole('region', { name: 'Chat' });
  await panel.getByRole('textbox', { name: 'Naam' }).fill('Vera');
  await panel.getByRole('textbox', { name: 'E-mail' }).fill('vera@mail.example');
  await panel.getByRole('button', { name: 'Chat starten' }).click();
  await panel
    .getByText(/aan de beurt|wacht/i)
    .first()
    .waitFor();
  expect(await panel.evaluate((element) => element.closest('[lang]')?.getAttribute('lang'))).toMatch(/^nl/);
});

test('19: an agent whose browser is Dutch has a Dutch console', async () => {
  const desk = await openDesk();
  const { page } = await desk.stranger(`${desk.product.url}/console/`, { locale: 'nl-NL' });
  await page.getByRole('button', { name: 'Aanmelden' }).waitFor();
  await page.getByRole('textbox', { name: 'E-mail' }).waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('nl');
});
