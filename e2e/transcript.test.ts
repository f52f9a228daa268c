import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { describe, expect, test } from 'vitest';
import { expectAccessible } from './harness/axe.ts';
import { type Desk, useDesk } from './harness/desk.ts';

const openDesk = useDesk();

async function chatting(desk: Desk, customer?: 'Ada') {
  const agent = await desk.agent('anna');
  const visitor = await desk.visitor();
  if (customer) await visitor.signIn(customer);
  if (customer) {
    await visitor.open();
    await visitor.start();
  } else await visitor.requestAs('Vera');
  await agent.accept(customer ? /Ada/ : /Vera/);
  await visitor.say('Where is my lamp?');
  await agent.say('On its way.');
  await visitor.sees('On its way.');
  return { agent, visitor };
}

/** What lies in the data folder, as a mail program would show it. */
async function mailsIn(desk: Desk) {
  const folder = join(desk.product.dataDir(), 'mail');
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith('.eml'));
  return Promise.all(files.map(async (name) => simpleParser(await readFile(join(folder, name)))));
}

async function mailOf(desk: Desk, subject: string) {
  const find = async () => (await mailsIn(desk)).find((mail) => mail.subject === subject);
  await expect.poll(find, { timeout: 20_000 }).toBeTruthy();
  return (await find()) as NonNullable<Awaited<ReturnType<typeof find>>>;
}

describe('a transcript', () => {
  test('5: goes to an address that the visitor typed and confirmed, when the chat has ended', async () => {
    const desk = await openDesk();
    const { agent, visitor } = await chatting(desk);
    await agent.button('Private').click();
    await agent.say('PRIV-canary');
    await agent.sees('PRIV-canary');
    await visitor.button('Transcript by e-mail').click();
    const form = visitor.panel.getByRole('form', { name: 'Send this chat by e-mail' });
    await expectAccessible(visitor.page);
    await expect.poll(() => form.getByRole('textbox').inputValue()).toBe('vera@mail.example');
    await form.getByRole('textbox').fill('vera@home.example');
    await form.getByRole('button', { name: 'Send transcript' }).click();
    await visitor.sees('We sent a link to vera@home.example');
    await agent.sees('Vera asked for a transcript by mail');

    const asked = await mailOf(desk, 'Confirm your e-mail address');
    const [link = ''] = /http\S+\/confirm\/\S+/.exec(asked.text ?? '') ?? [];
    const { page } = await desk.stranger(desk.product.url + new URL(link).pathname);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Send me the transcript' }).click();
    await page.getByRole('heading', { name: 'Thank you. Your address is confirmed.' }).waitFor();
    await expectAccessible(page);
    await visitor.sees('vera@home.example is confirmed');
    expect((await mailsIn(desk)).some(({ subject }) => subject === 'Your chat transcript')).toBe(false);
    await visitor.endChat();
    const mail = await mailOf(desk, 'Your chat transcript');
    expect(mail.text).toMatch(/You: Where is my lamp\?[\s\S]*Anna[\s\S]*On its way\./);
    expect(JSON.stringify([mail.text, mail.html])).not.toContain('PRIV-canary');
    await expectAccessible(visitor.page);
  });

  test('5: goes to the address of who is signed in, asked for after the chat', async () => {
    const desk = await openDesk();
    const { visitor } = await chatting(desk, 'Ada');
    await visitor.endChat();
    await visitor.button('Transcript by e-mail').click();
    await visitor.sees('It goes to the e-mail address of your account.');
    await visitor.button('Send transcript').click();
    await visitor.sees('The transcript is on its way to ');
    await mailOf(desk, 'Your chat transcript');
  });

  test('5: can be taken back before it is asked for, and is not offered where the site sends none', async () => {
    const desk = await openDesk();
    const { visitor } = await chatting(desk);
    await visitor.button('Transcript by e-mail').click();
    await visitor.button('Cancel').click();
    await expect.poll(() => visitor.panel.getByRole('form', { name: 'Send this chat by e-mail' }).count()).toBe(0);

    const admin = await desk.agent('admin', null);
    await admin.button('Settings').click();
    await admin.page.getByRole('navigation', { name: 'Settings' }).getByRole('button', { name: 'Sites' }).click();
    await admin.page.getByRole('button', { name: 'Gloed', exact: true }).click();
    await admin.button('The chat').click();
    await admin.page.getByRole('combobox', { name: 'Transcripts by mail' }).selectOption('None');
    await admin.button('Save').click();
    await admin.page.getByText('Saved').waitFor();
    await visitor.page.reload();
    await visitor.sees('Where is my lamp?');
    expect(await visitor.button('Transcript by e-mail').count()).toBe(0);
  });
});

test('5: administrators see mails, and read what lies in the data folder', async () => {
  const desk = await openDesk();
  const { visitor } = await chatting(desk);
  await visitor.button('Transcript by e-mail').click();
  await visitor.button('Send transcript').click();
  await mailOf(desk, 'Confirm your e-mail address');
  const { page, button } = await desk.agent('admin', null);
  await button('Settings').click();
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('button', { name: 'Mail' }).click();
  const row = page.getByRole('row').filter({ hasText: 'vera@mail.example' });
  await row.getByText('In the data folder').waitFor();
  await expectAccessible(page);
  await row.getByRole('button', { name: 'Read the mail to vera@mail.example' }).click();
  await page
    .getByRole('dialog', { name: 'Confirm your e-mail address' })
    .getByText(/\/confirm\//)
    .waitFor();
  await expectAccessible(page);
  await button('Done').click();
});
