import { expect, test } from 'vitest';
import { expectAccessible } from './harness/axe.ts';
import { useDesk } from './harness/desk.ts';
import { change } from './harness/set-up.ts';

const openDesk = useDesk();

test('6: after a chat the queue’s form asks for a category and a note, whoever ended it', async () => {
  const desk = await openDesk();
  const agent = await desk.agent('anna');
  const visitor = await desk.visitor('/business');
  await visitor.requestAs('Vera');
  await agent.accept(/Vera/);
  await visitor.endChat();
  await agent.page.getByRole('heading', { name: 'How did it go?' }).waitFor();
  await expectAccessible(agent.page);
  await agent.page.getByRole('combobox', { name: 'Category' }).selectOption('Complaint');
  await agent.page.getByRole('textbox', { name: 'Note for colleagues' }).fill('Wants a new shade');
  await agent.button('Save and close').click();
  await expect.poll(() => agent.tab(/Vera/).count()).toBe(0);

  await visitor.startAnother();
  await agent.accept(/Vera/);
  await agent.button('Close chat').click();
  await agent.page
    .getByRole('dialog', { name: 'Close this chat?' })
    .getByRole('button', { name: 'Close chat' })
    .click();
  await agent.page.getByRole('heading', { name: 'How did it go?' }).waitFor();
  await agent.button('Skip').click();
  await expect.poll(() => agent.tab(/Vera/).count()).toBe(0);
});

test('6: after a chat there is time to wrap up: the next request waits until the agent needs no more', async () => {
  const desk = await openDesk();
  const admin = await desk.agent('admin', null);
  await change(admin.page, 'PATCH', '/queues/support', { wrapUpMs: 600_000 });
  const agent = await desk.agent('anna');
  const [vera, tom] = [await desk.visitor(), await desk.visitor()];
  await vera.requestAs('Vera');
  await agent.accept(/Vera/);
  await vera.endChat();
  await agent.page.getByRole('timer').filter({ hasText: 'Time to wrap up' }).waitFor();
  await expectAccessible(agent.page);
  await tom.requestAs('Tom');
  await tom.waits();
  expect(await agent.tab(/Tom/).count()).toBe(0);
  await agent.button("I'm ready").click();
  await agent.accept(/Tom/);
});
