import { expect, test } from 'vitest';
import { expectAccessible } from './harness/axe.ts';
import { useDesk } from './harness/desk.ts';

const openDesk = useDesk();

test('1, 7: a preset is found and chosen by keyboard, filled in, changed, and sent with Enter', async () => {
  const desk = await openDesk();
  const agent = await desk.agent('anna');
  const visitor = await desk.visitor();
  await visitor.requestAs('Vera');
  await agent.accept(/Vera/);
  const { keyboard } = agent.page;
  const message = agent.page.getByRole('textbox', { name: 'Message' });
  await message.press('/');
  const search = agent.page.getByRole('combobox', { name: 'Search presets' });
  await search.waitFor();
  await agent.page.getByRole('option', { name: 'Greeting' }).waitFor();
  // Written for the queue Sales, and this chat is with Support.
  expect(await agent.page.getByRole('option', { name: 'Quote' }).count()).toBe(0);
  await expectAccessible(agent.page);
  await keyboard.type('greet');
  await keyboard.press('Enter');
  await expect.poll(() => message.inputValue()).toBe('Hello Vera, this is Anna. How can I help?');
  await keyboard.type(' Just ask.');
  await keyboard.press('Enter');
  await visitor.sees('Hello Vera, this is Anna. How can I help? Just ask.');
  await message.press('/');
  await keyboard.press('Escape');
  await expect.poll(() => search.count()).toBe(0);
  await keyboard.type('still here');
  expect(await message.inputValue()).toBe('still here');
});

test('1: a placeholder without a value is marked, and sending asks first', async () => {
  const desk = await openDesk();
  const agent = await desk.agent('anna');
  const visitor = await desk.visitor('/business');
  await visitor.requestAs('Vera');
  await agent.accept(/Vera/);
  await agent.button('Preset').click();
  await agent.page.getByRole('option', { name: 'Quote' }).click();
  await agent.page.getByText('No value for {{customer_number}}').waitFor();
  await agent.button('Send').click();
  const dialog = agent.page.getByRole('dialog', { name: 'Send it like this?' });
  await dialog.waitFor();
  await expectAccessible(agent.page);
  await dialog.getByRole('button', { name: 'Keep writing' }).click();
  expect(await visitor.panel.getByText('I will prepare a quote').count()).toBe(0);
  await agent.button('Send').click();
  await dialog.getByRole('button', { name: 'Send anyway' }).click();
  await visitor.sees('{{customer_number}}');
});
