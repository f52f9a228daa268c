import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { expectAccessible } from './harness/axe.ts';
import { useDesk } from './harness/desk.ts';

const openDesk = useDesk();
const card = '4111 1111 1111 1111';

async function openSettings(at: string) {
  const desk = await openDesk();
  const admin = await desk.agent('admin', null);
  const { page, button } = admin;
  await button('Settings').click();
  const settings = page.getByRole('navigation', { name: 'Settings' });
  const turnTo = async (name: string) => {
    await settings.getByRole('button', { name, exact: true }).click();
    await page.getByRole('heading', { name, level: 1 }).waitFor();
  };
  await turnTo(at);
  return { desk, page, button, turnTo };
}

describe('privacy', () => {
  test('7: what a site masks is dots for everybody, its sender too, and how long things are kept is a number of days', async () => {
    const { desk, page, button } = await openSettings('Sites');
    await button('Gloed').click();
    await page
      .getByRole('group', { name: 'Parts of the site’s settings' })
      .getByRole('button', { name: 'Privacy' })
      .click();
    await page.getByRole('checkbox', { name: 'Payment card numbers' }).check();
    await page.getByRole('textbox', { name: 'Numbers of your own' }).fill('LM-###');
    await button('Save').click();
    await page.getByRole('alert').filter({ hasText: 'templates' }).waitFor();
    await page.getByRole('textbox', { name: 'Numbers of your own' }).fill('LM-####-####');
    await page.getByRole('spinbutton', { name: 'Chats, with everything in them' }).fill('365');
    await page.getByRole('spinbutton', { name: 'Files' }).fill('30');
    await button('Save').click();
    await page.getByText('Saved', { exact: true }).waitFor();
    await expectAccessible(page);

    const anna = await desk.agent('anna');
    const visitor = await desk.visitor();
    await visitor.requestAs('Vera');
    await anna.accept(/Vera/);
    await visitor.say(`My card is ${card}, my lamp LM-1234-5678.`);
    const masked = 'My card is •••• •••• •••• ••••, my lamp ••-••••-••••.';
    await anna.sees(masked);
    await visitor.sees(masked);
    expect(await visitor.page.getByText(card).count()).toBe(0);
  });

  test('7: somebody is found by their address, handed what is kept, and erased while they chat', async () => {
    const { desk, page, button, turnTo } = await openSettings('Privacy');
    const anna = await desk.agent('anna');
    const visitor = await desk.visitor();
    await visitor.requestAs('Vera');
    await anna.accept(/Vera/);
    await visitor.say('Do you remember me?');
    await anna.sees('Do you remember me?');

    const value = page.getByRole('textbox', { name: 'Address or number' });
    await value.fill('nobody@mail.example');
    await button('Find').click();
    await page.getByText('Nothing is kept of such a visitor.').waitFor();
    await value.fill('Vera@Mail.example');
    await button('Find').click();
    await page.getByRole('heading', { name: 'What is kept of them' }).waitFor();
    await expectAccessible(page);

    const download = page.waitForEvent('download');
    await button('Download all of it (JSON)').click();
    const text = await readFile(await (await download).path(), 'utf8');
    expect(text).toContain('Do you remember me?');
    expect(JSON.parse(text)).toMatchObject({ format: 'balie-visitor' });

    await button('Keep all of it (legal hold)').click();
    await page.getByText('1 chat is kept, and nothing can be erased').waitFor();
    expect(await button('Erase…').isDisabled()).toBe(true);
    await expectAccessible(page);
    await button('Lift the legal hold').click();
    await button('Keep all of it (legal hold)').waitFor();

    await button('Erase…').click();
    const dialog = page.getByRole('dialog', { name: 'Erase this visitor for good?' });
    const confirm = dialog.getByRole('button', { name: 'Erase for good' });
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill('Vera@Mail.example');
    await expectAccessible(page);
    await confirm.click();
    await page.getByRole('row').filter({ hasText: 'Done' }).waitFor();
    await expectAccessible(page);

    await anna.page.getByText('The chat with Vera was erased.').waitFor();
    expect(await anna.page.getByText('Do you remember me?').count()).toBe(0);
    await button('Find').click();
    await turnTo('Audit log');
    await page.getByText('Had a visitor erased').waitFor();
    expect(await page.getByText(/vera@/i).count()).toBe(0);
  });
});
