import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { expectAccessible } from './harness/axe.ts';
import { useDesk } from './harness/desk.ts';
import { phone } from './harness/picture.ts';
import { change } from './harness/set-up.ts';

const openDesk = useDesk();

test('6: what was counted stands in charts, tables and a file, with what visitors said', async () => {
  const desk = await openDesk();
  const admin = await desk.agent('admin', null);
  const survey = { on: true, comment: true, question: { en: '', nl: '' } };
  await change(admin.page, 'PATCH', `/sites/${desk.product.key.siteId}`, { settings: { survey } });
  const anna = await desk.agent('anna');
  const vera = await desk.visitor();
  await vera.requestAs('Vera');
  await anna.accept(/Vera/);
  await vera.endChat();
  await vera.panel.getByRole('radio', { name: '4' }).check();
  await vera.panel.getByRole('textbox').fill('Quick, and friendly.');
  await vera.panel.getByRole('button', { name: 'Send', exact: true }).click();
  await vera.sees('Thank you for your answer.');
  const tom = await desk.visitor();
  const { page, button } = admin;
  await button('Statistics').click();
  await page.getByRole('heading', { name: 'Statistics', level: 1 }).waitFor();
  await tom.requestAs('Tom');
  await anna.decline(/Tom/);
  const period = page.getByRole('combobox', { name: 'Period' });
  const declined = page.getByRole('definition').nth(3);
  // Counted a moment after it happened; the page learns of it by itself.
  await expect.poll(() => declined.textContent(), { timeout: 15_000 }).toMatch(/1/);
  await page.getByText('Quick, and friendly.').waitFor();
  await page.getByRole('img', { name: /^Accepted\. All days: 1\. Highest: 1, on / }).waitFor();
  await page.getByRole('img', { name: /^Satisfaction\. All days: 4\./ }).waitFor();
  await expectAccessible(page);

  await button('By agent').click();
  const cells = page.getByRole('row').filter({ hasText: 'Anna' }).getByRole('cell');
  // Requests are nobody's; the one that she declined may stand before her again.
  const [requests, , ...outcomes] = (await cells.allTextContents()).slice(0, 5);
  expect([requests, ...outcomes]).toEqual(['0', '1', '1', '0']);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download CSV' }).click(),
  ]);
  expect(await readFile(await download.path(), 'utf8')).toMatch(
    /^\ufeffagent,requests,offered,[\s\S]*\r\nAnna,0,[23],1,1,0,/,
  );

  await period.selectOption('From … to …');
  await page.getByLabel('First day').fill('2026-01-01');
  await page.getByLabel('Last day').fill('2026-01-02');
  await expect.poll(() => declined.textContent()).toMatch(/0/);
  await page.getByText('Nobody has said anything in this period.').waitFor();
  await page.setViewportSize(phone);
  await expectAccessible(page);

  await page.setViewportSize({ width: 1280, height: 800 });
  await button('Settings').click();
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('button', { name: 'Queues' }).click();
  await page.getByRole('textbox', { name: 'Time zone' }).fill('Europe/Nowhere');
  await button('Save').click();
  await page.getByText('There is no such time zone.').waitFor();
  await page.getByRole('textbox', { name: 'Time zone' }).fill('Asia/Tokyo');
  await button('Save').click();
  await page.getByText('Saved').waitFor();
  await expectAccessible(page);
  await button('Statistics').click();
  await page.getByText('Days are counted in the time zone Asia/Tokyo.').waitFor();
  expect(await anna.page.getByRole('button', { name: 'Statistics' }).count()).toBe(0);
});
