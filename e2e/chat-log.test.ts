import { expect, test } from 'vitest';
import { expectAccessible } from './harness/axe.ts';
import { useDesk } from './harness/desk.ts';

const openDesk = useDesk();

test('4: private messages stand in the chat log, for who oversees the chats and for nobody else', async () => {
  const desk = await openDesk();
  const anna = await desk.agent('anna');
  const visitor = await desk.visitor();
  await visitor.requestAs('Vera');
  await anna.accept(/Vera/);
  await anna.say('Hello Vera');
  await anna.button('Private').click();
  await anna.say('She is a regular');
  await visitor.sees('Hello Vera');
  await visitor.endChat();
  expect(await anna.button('Chat log').count()).toBe(0);

  const admin = await desk.agent('admin', null);
  await admin.button('Chat log').click();
  await admin.page.getByRole('button', { name: /^Vera.*Support · Anna/ }).click();
  const chat = admin.page.getByRole('region', { name: 'Chat with Vera' });
  await chat.getByText('Hello Vera').waitFor();
  await chat
    .locator('.message')
    .filter({ hasText: 'She is a regular' })
    .getByRole('img', { name: 'Private' })
    .waitFor();
  await expectAccessible(admin.page);
  await admin.button('Chats').click();
  await admin.page.getByRole('combobox', { name: 'Profile' }).waitFor();
});
