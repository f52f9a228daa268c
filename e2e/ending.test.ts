import { expect, test } from 'vitest';
import { type Desk, useDesk } from './harness/desk.ts';

const openDesk = useDesk();

async function chatting(desk: Desk) {
  const agent = await desk.agent('anna');
  const visitor = await desk.visitor();
  await visitor.requestAs('Vera');
  await agent.accept(/Vera/);
  return { agent, visitor, dialog: agent.page.getByRole('dialog', { name: 'Close this chat?' }) };
}

/** The same, with Tom in another tab, who came later and is in front. */
async function chattingWithTwo(desk: Desk) {
  const first = await chatting(desk);
  const second = await desk.visitor();
  await second.requestAs('Tom');
  await first.agent.accept(/Tom/);
  return first;
}

test('18: when the visitor ends the chat a line says so, and the tab closes without a warning', async () => {
  const desk = await openDesk();
  const { agent, visitor, dialog } = await chatting(desk);
  await visitor.endChat();
  await agent.sees('Vera ended the chat');
  await agent.button('Close chat').click();
  await expect.poll(() => agent.tab(/Vera/).count()).toBe(0);
  expect(await dialog.count()).toBe(0);
});

test('10: ending a chat asks once to be sure, and can be taken back', async () => {
  const desk = await openDesk();
  const { agent, visitor } = await chatting(desk);
  await visitor.panel.getByRole('button', { name: 'End chat' }).click();
  await visitor.panel.getByRole('button', { name: 'Keep chatting' }).click();
  await visitor.say('I stay');
  await agent.sees('I stay');
});

test('10: Escape takes the question back and leaves the chat open', async () => {
  const desk = await openDesk();
  const { visitor } = await chatting(desk);
  const { keyboard } = visitor.page;
  await visitor.panel.getByRole('button', { name: 'End chat' }).click();
  await visitor.panel.getByRole('button', { name: 'Keep chatting' }).and(visitor.page.locator(':focus')).waitFor();
  await keyboard.press('Escape');
  await expect.poll(() => visitor.panel.getByText('End this chat?').count()).toBe(0);
  await visitor.panel.getByRole('button', { name: 'End chat' }).waitFor();
  await visitor.panel.getByRole('textbox', { name: 'Message' }).focus();
  await keyboard.press('Escape');
  await expect.poll(() => visitor.panel.count()).toBe(0);
});

test('10: on a touch screen, too, the question is where the focus is', async () => {
  const desk = await openDesk();
  const { visitor } = await chatting(desk);
  // As a tablet with a keyboard: taps, and no pointer that is fine.
  const session = await visitor.context.newCDPSession(visitor.page);
  await session.send('Emulation.setTouchEmulationEnabled', { enabled: true });
  await session.send('Emulation.setEmulatedMedia', { features: [{ name: 'pointer', value: 'coarse' }] });
  expect(await visitor.page.evaluate(() => matchMedia('(pointer:fine)').matches)).toBe(false);
  await visitor.panel.getByRole('button', { name: 'End chat' }).click();
  await visitor.panel.getByRole('button', { name: 'Keep chatting' }).and(visitor.page.locator(':focus')).waitFor();
});

test('18: an ended chat that nobody closed is still there to be read when the console is loaded again', async () => {
  const desk = await openDesk();
  const { agent, visitor } = await chattingWithTwo(desk);
  await visitor.say('One last thing');
  await visitor.endChat();
  await agent.tab('Vera, 1 unread message, ended').waitFor();
  await agent.page.getByRole('textbox', { name: 'Message' }).fill('Half a sent');
  await agent.page.reload();
  await agent.tab('Vera, 1 unread message, ended').waitFor();
  await expect.poll(() => agent.page.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('Half a sent');
  await agent.openTab(/Vera/);
  await agent.sees('One last thing');
  await agent.button('Close chat').click();
  await expect.poll(() => agent.tab(/Vera/).count()).toBe(0);
  await agent.page.reload();
  await agent.tab(/Tom/).waitFor();
  expect(await agent.tab(/Vera/).count()).toBe(0);
});

test('15: who closes by the keyboard what has ended goes on with the keyboard', async () => {
  const desk = await openDesk();
  const { agent, visitor } = await chattingWithTwo(desk);
  await agent.openTab(/Vera/);
  await agent.page.getByRole('textbox', { name: 'Message' }).focus();
  await visitor.endChat();
  await agent.sees('Vera ended the chat');
  await agent.page.keyboard.press('Alt+w');
  await agent.tab(/Tom/).and(agent.page.locator(':focus')).waitFor();
});

test('19: on a phone the list follows a chat that was closed, not the next chat', async () => {
  const desk = await openDesk();
  const { agent, visitor } = await chattingWithTwo(desk);
  await agent.openTab(/Vera/);
  await visitor.endChat();
  await agent.sees('Vera ended the chat');
  await agent.page.setViewportSize({ width: 390, height: 844 });
  await agent.button('Close chat').click();
  await agent.tab(/Tom/).and(agent.page.locator(':focus')).waitFor();
  expect(await agent.chat.count()).toBe(0);
  await agent.openTab(/Tom/);
  await agent.page.getByRole('textbox', { name: 'Message' }).waitFor();
});

test('18: closing while the visitor is connected warns first; Keep open keeps, Close chat ends', async () => {
  const desk = await openDesk();
  const { agent, visitor, dialog } = await chatting(desk);
  await agent.button('Close chat').click();
  await dialog.getByRole('button', { name: 'Keep open' }).click();
  await agent.say('Still with you');
  await visitor.sees('Still with you');
  await agent.button('Close chat').click();
  await dialog.getByRole('button', { name: 'Close chat' }).click();
  await expect.poll(() => agent.tab(/Vera/).count()).toBe(0);
  await visitor.sees('Anna ended the chat');
});

test('18: once the visitor has left, the tab closes without a warning', async () => {
  const desk = await openDesk();
  const { agent, visitor, dialog } = await chatting(desk);
  await visitor.context.close();
  await agent.sees('Not connected');
  await agent.button('Close chat').click();
  await expect.poll(() => agent.tab(/Vera/).count()).toBe(0);
  expect(await dialog.count()).toBe(0);
});

test('10: after an ended chat another one can be started', async () => {
  const desk = await openDesk();
  const { agent, visitor } = await chatting(desk);
  await visitor.say('Of the first chat');
  await visitor.endChat();
  await agent.sees('Vera ended the chat');
  await agent.button('Close chat').click();
  await visitor.startAnother();
  await agent.accept(/Vera/);
  await visitor.say('Of the second chat');
  await agent.sees('Of the second chat');
  expect(await agent.message('Of the first chat').count()).toBe(0);
});

test('10: a visitor who ends while waiting is no longer asked for', async () => {
  const desk = await openDesk();
  const visitor = await desk.visitor();
  await visitor.requestAs('Vera');
  await visitor.waits();
  await visitor.endChat();
  const agent = await desk.agent('anna');
  const other = await desk.visitor();
  await other.requestAs('Tom');
  await agent.accept(/Tom/);
  expect(await agent.tab(/Vera/).count()).toBe(0);
});
