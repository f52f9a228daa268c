import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { expectAccessible } from './harness/axe.ts';
import { type Desk, useDesk } from './harness/desk.ts';

const openDesk = useDesk();

/** Two chats that are over: one of Ada, whom the shop signed in, with a private line; one of Tom, who only says so. */
async function withTwoChats(desk: Desk) {
  const anna = await desk.agent('anna');
  const ada = await desk.visitor();
  await ada.signIn('Ada');
  await ada.open();
  await ada.start();
  await anna.accept(/Ada/);
  await ada.say('The heron <b>lamp</b> flickers');
  await anna.sees('flickers');
  await anna.button('Private').click();
  await anna.say('She is a regular');
  await ada.endChat();
  const tom = await desk.visitor();
  await tom.requestAs('Tom');
  await anna.accept(/Tom/);
  await anna.say('Hello Tom, the lampshades are back');
  await tom.sees('lampshades');
  await tom.endChat();
  expect(await anna.button('Chat log').count()).toBe(0);
}

async function openLog(desk: Desk) {
  const admin = await desk.agent('admin', null);
  await admin.button('Chat log').click();
  const { page } = admin;
  const field = page.getByRole('searchbox', { name: 'Search in all chats' });
  const result = (name: RegExp) => page.getByRole('button', { name });
  return { admin, page, field, result };
}

test('4: a chat is found by its words, also by private ones, and read as it was', async () => {
  const desk = await openDesk();
  await withTwoChats(desk);
  const { page, field, result } = await openLog(desk);
  await result(/^Tom/).waitFor();
  await result(/^Ada.*Name verified/).waitFor();
  await expectAccessible(page);

  await field.fill('lamp');
  await field.press('Enter');
  await page.getByRole('status').getByText('2 chats').waitFor();
  await expect.poll(() => page.locator('mark').allTextContents()).toEqual(['lampshades', 'lamp']);
  await field.fill('"regular"');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await result(/^Tom/).waitFor({ state: 'detached' });
  await result(/^Ada.*Private.*Anna: She is a regular/).click();

  const chat = page.getByRole('region', { name: 'The chat' });
  await chat.locator('.message.sought').getByText('She is a regular').waitFor();
  await chat.getByRole('img', { name: 'Private' }).waitFor();
  await chat.getByText('The heron <b>lamp</b> flickers').waitFor();
  await chat
    .getByRole('img', { name: /^Verified/ })
    .first()
    .waitFor();
  await chat.getByText('By the visitor').waitFor();
  await expectAccessible(page);

  await page.reload();
  await chat.getByText('She is a regular').first().waitFor();
  expect(await field.inputValue()).toBe('"regular"');
  await page.goBack();
  await chat.waitFor({ state: 'detached' });
  await page.goBack();
  await page.getByRole('status').getByText('2 chats').waitFor();
});

test('4: filters narrow it, nothing found says what to try, and all of it goes by keyboard', async () => {
  const desk = await openDesk();
  await withTwoChats(desk);
  const { page, field, result } = await openLog(desk);
  await result(/^Tom/).waitFor();
  await page.getByRole('button', { name: 'Filters' }).click();
  await page.getByRole('combobox', { name: 'How it ended' }).selectOption({ label: 'By an agent' });
  await page.getByText('No chat has all of that.').waitFor();
  await expectAccessible(page);
  await page.getByRole('combobox', { name: 'How it ended' }).selectOption({ label: 'By the visitor' });
  await page.getByRole('textbox', { name: 'Verified variable' }).fill('name');
  await page.getByRole('textbox', { name: 'Its value' }).fill('tom');
  await page.keyboard.press('Tab');
  await page.getByText('No chat has all of that.').waitFor();
  await page.getByRole('textbox', { name: 'Its value' }).fill('ada lovelace');
  await page.keyboard.press('Enter');
  await result(/^Ada/).waitFor();
  await page.getByRole('button', { name: 'Clear' }).click();
  await result(/^Tom/).waitFor();

  await page.locator('h1').click();
  await page.keyboard.press('/');
  await page.keyboard.type('***');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('There is nothing in that to search for').waitFor();
  await field.fill('hero');
  await page.keyboard.press('Enter');
  await result(/^Ada/).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'The chat' }).getByText('flickers').waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('Choose a chat to read it.').waitFor();
});

test('4: what was found is saved as a file, and the audit log says who searched, read and saved', async () => {
  const desk = await openDesk();
  await withTwoChats(desk);
  const { admin, page, field, result } = await openLog(desk);
  await field.fill('flickers');
  await field.press('Enter');
  await result(/^Tom/).waitFor({ state: 'detached' });
  await result(/^Ada/).click();
  await page.getByRole('region', { name: 'The chat' }).getByText('flickers').waitFor();
  await page.getByText('Export', { exact: true }).click();
  const saved = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Messages as CSV' }).click();
  const file = await (await saved).path();
  const text = await readFile(file, 'utf8');
  expect(text).toContain('The heron <b>lamp</b> flickers');
  expect(text).toContain(',agents,She is a regular,');
  expect(text).not.toContain('lampshades');

  await admin.button('Settings').click();
  await page.getByRole('link', { name: 'Audit log' }).or(admin.button('Audit log')).click();
  for (const deed of ['Searched the chat log', 'Read a chat', 'Exported chats'])
    await page
      .getByRole('cell', { name: new RegExp(deed) })
      .first()
      .waitFor();
  expect(await page.getByText('flickers').count()).toBe(0);
});
