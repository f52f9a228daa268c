import { expect, test } from 'vitest';
import { expectAccessible } from './harness/axe.ts';
import { useDesk } from './harness/desk.ts';

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
