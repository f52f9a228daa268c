import sharp from 'sharp';
import { expect, test } from 'vitest';
import { expectAccessible } from './harness/axe.ts';
import { type Desk, useDesk } from './harness/desk.ts';

const openDesk = useDesk();

async function chatting(desk: Desk) {
  const agent = await desk.agent('anna');
  const visitor = await desk.visitor();
  await visitor.requestAs('Vera');
  await agent.accept(/Vera/);
  return { agent, visitor };
}

test('2: an offer is a real menu; the visitor changes their mind, reloads, and answers once', async () => {
  const desk = await openDesk();
  const { agent, visitor } = await chatting(desk);
  await agent.offer({ title: 'When suits you?', options: ['Tomorrow morning', 'Tomorrow afternoon', 'On Friday'] });
  const menu = visitor.offer('When suits you?');
  await menu.getByRole('radio', { name: 'Tomorrow morning' }).check();
  await menu.getByRole('radio', { name: 'On Friday' }).check();
  await agent.say('Take your time');
  await visitor.sees('Take your time');
  expect(await menu.getByRole('radio', { name: 'On Friday' }).isChecked()).toBe(true);
  await visitor.page.reload();
  await menu.getByRole('radio', { name: 'On Friday' }).check();
  await menu.getByRole('button', { name: 'Submit choice' }).click();
  await expect.poll(() => menu.getByRole('button', { name: 'Submit choice' }).count()).toBe(0);
  await visitor.panel.getByText('On Friday').first().waitFor();
  // Beside the offer, and as a line where it happened.
  await agent.chat.getByText(/answered “When suits you\?”: On Friday/).waitFor();
  await agent.chat.getByRole('listitem').filter({ hasText: 'Chosen: On Friday' }).waitFor();
});

test('2, 7: several choices and "none of these", by keyboard alone, and axe finds nothing', async () => {
  const desk = await openDesk();
  const { agent, visitor } = await chatting(desk);
  const { keyboard } = visitor.page;
  await agent.offer({ title: 'Which lamps?', options: ['Heron', 'Owl', 'Wren'], several: { least: 2, most: 2 } });
  const menu = visitor.offer('Which lamps?');
  await menu.waitFor();
  await expectAccessible(visitor.page);
  await menu.getByRole('checkbox', { name: 'Heron' }).focus();
  await keyboard.press('Space');
  await menu.getByRole('button', { name: 'Submit choice' }).focus();
  await keyboard.press('Enter');
  await menu
    .getByRole('alert')
    .getByText(/Choose 2/i)
    .waitFor();
  await menu.getByRole('checkbox', { name: 'Wren' }).focus();
  await keyboard.press('Space');
  await menu.getByRole('button', { name: 'Submit choice' }).focus();
  await keyboard.press('Enter');
  await agent.chat.getByText(/“Which lamps\?”: Heron, Wren/).waitFor();
  await expectAccessible(agent.page);

  await agent.offer({ title: 'A bulb with it?', options: ['Warm', 'Cold'], optional: true });
  await visitor.offer('A bulb with it?').getByRole('radio', { name: 'None of these' }).check();
  await visitor.offer('A bulb with it?').getByRole('button', { name: 'Submit choice' }).click();
  await agent.chat.getByText(/“A bulb with it\?”: none of these/).waitFor();
});

test('2: what is ticked counts at once, also where the device has not drawn it yet', async () => {
  const desk = await openDesk();
  const { agent, visitor } = await chatting(desk);
  await agent.offer({ title: 'Which lamps?', options: ['Heron', 'Owl', 'Wren'], several: { least: 2, most: 2 } });
  const menu = visitor.offer('Which lamps?');
  // All in one turn of the page's loop, as a page that is busy gets what was typed meanwhile.
  await menu.evaluate((form) => {
    for (const box of form.querySelectorAll<HTMLInputElement>('input')) if (box.id.match(/-[02]$/)) box.click();
    form.querySelector<HTMLButtonElement>('button[type=submit]')?.click();
  });
  await agent.chat.getByText(/“Which lamps\?”: Heron, Wren/).waitFor();
});

test('2: an offer is saved and used again, and withdrawn while it is unanswered', async () => {
  const desk = await openDesk();
  const { agent, visitor } = await chatting(desk);
  await agent.button('Offer').click();
  const dialog = agent.page.getByRole('dialog', { name: 'New offer' });
  await dialog.getByRole('textbox', { name: 'Title', exact: true }).fill('Which size?');
  await dialog.getByRole('button', { name: 'Send offer' }).click();
  await dialog.getByRole('alert').getByText('Give at least two options a text.').waitFor();
  await expectAccessible(agent.page);
  await dialog.getByRole('textbox', { name: 'Option 1', exact: true }).fill('Small');
  await dialog.getByRole('textbox', { name: 'Option 2', exact: true }).fill('Large');
  await dialog.getByRole('checkbox', { name: 'Save for reuse' }).check();
  const buffer = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#a60' } })
    .png()
    .toBuffer();
  const picture = { name: 'small.png', mimeType: 'image/png', buffer };
  await agent.page.locator('balie-option-picture input').first().setInputFiles(picture);
  await dialog.getByRole('button', { name: 'Remove the picture of option 1' }).waitFor();
  await dialog.getByRole('button', { name: 'Send offer' }).click();
  await visitor.offer('Which size?').getByRole('link', { name: /Small/ }).waitFor();
  await visitor.offer('Which size?').getByRole('radio', { name: 'Small' }).check();
  await agent.chat.getByRole('button', { name: 'Withdraw offer' }).click();
  await expect.poll(() => visitor.panel.getByRole('button', { name: 'Submit choice' }).count()).toBe(0);
  await visitor.panel.getByText(/withdrawn/i).waitFor();

  await agent.button('Offer').click();
  await dialog.getByRole('combobox', { name: 'Saved offers' }).selectOption({ label: 'Which size?' });
  await dialog.getByRole('button', { name: 'Send offer' }).click();
  await visitor.offer('Which size?').last().getByRole('radio', { name: 'Large' }).check();
  await visitor.panel.getByRole('button', { name: 'Submit choice' }).click();
  await agent.chat.getByText(/“Which size\?”: Large/).waitFor();
});
