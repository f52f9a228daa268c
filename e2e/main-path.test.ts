import { expect, test } from 'vitest';
import { useDesk } from './harness/desk.ts';

const openDesk = useDesk();

test('11, 15, 17: what the shop signed has a lock beside it, what the page said has none, and both talk', async () => {
  const desk = await openDesk();
  const agent = await desk.agent('anna');
  const visitor = await desk.visitor();
  await visitor.signIn('Ada');
  await visitor.open();
  await visitor.start();
  await agent.accept(/Ada Lovelace/);

  await visitor.say('Is the Heron in stock?');
  await agent.sees('Is the Heron in stock?');
  await agent.say('It is: shall I keep one for you?');
  await visitor.sees('It is: shall I keep one for you?');

  for (const value of ['Ada Lovelace', 'ada@lovelace.example', 'G-18151']) {
    expect(await agent.markBeside(value)).toMatch(/^Verified/);
  }
  for (const value of ['3 items', 'gold']) expect(await agent.markBeside(value)).toMatch(/^Not verified/);
});

test('10: a visitor who is not signed in is asked for name and e-mail, and nothing of it is verified', async () => {
  const desk = await openDesk();
  const agent = await desk.agent('anna');
  const visitor = await desk.visitor('/help');
  await visitor.open();
  await visitor.start({ name: 'Vera', email: 'vera@mail.example' });
  await agent.accept(/Vera/);
  await agent.details.getByText('vera@mail.example').waitFor();
  for (const value of ['Vera', 'vera@mail.example', 'gold']) {
    expect(await agent.markBeside(value)).toMatch(/^Not verified/);
  }
  expect(await agent.details.getByRole('img', { name: /^Verified/ }).count()).toBe(0);
});

test('10: a visitor whose name and e-mail are verified is not asked for them', async () => {
  const desk = await openDesk();
  const visitor = await desk.visitor();
  await visitor.signIn('Ben');
  await visitor.open();
  await visitor.panel.getByRole('button', { name: 'Start chat' }).waitFor();
  await expect.poll(() => visitor.field('Name').count()).toBe(0);
  expect(await visitor.field('E-mail').count()).toBe(0);
});

test('1, 14: a chat from the page for business orders goes to Sales, which the profile Support does not serve', async () => {
  const desk = await openDesk();
  const support = await desk.agent('bram', 'Support');
  const both = await desk.agent('anna', 'Everything');
  const visitor = await desk.visitor('/business');
  await visitor.open();
  await visitor.start({ name: 'Vera', email: 'vera@mail.example' });
  await both.accept(/Vera/);
  await both.details.getByText('Sales').waitFor();
  expect(await support.tab(/Vera/).count()).toBe(0);
});

test('10: each side sees that the other types', async () => {
  const desk = await openDesk();
  const agent = await desk.agent('anna');
  const visitor = await desk.visitor();
  await visitor.open();
  await visitor.start({ name: 'Vera', email: 'vera@mail.example' });
  await agent.accept(/Vera/);
  await agent.page.getByRole('textbox', { name: 'Message' }).pressSequentially('Good aft');
  await visitor.sees('is typing');
  await visitor.field('Message').pressSequentially('I wond');
  await agent.sees('is typing');
});

test('15: more requests open more tabs; what is unread is counted, and the title tells of it', async () => {
  const desk = await openDesk();
  const agent = await desk.agent('anna');
  const [vera, tom] = [await desk.visitor(), await desk.visitor()];
  await vera.open();
  await vera.start({ name: 'Vera', email: 'vera@mail.example' });
  await agent.accept(/Vera/);
  await tom.open();
  await tom.start({ name: 'Tom', email: 'tom@mail.example' });
  await agent.tab(/Tom, new request/).waitFor();
  await expect.poll(() => agent.page.title()).toMatch(/1|Tom/);
  await agent.accept(/Tom/);
  await vera.say('First');
  await vera.say('Second');
  await agent.tab('Vera, 2 unread messages').waitFor();
  await agent.openTab(/Vera/);
  await agent.sees('Second');
  await expect.poll(() => agent.tab(/unread/).count()).toBe(0);
});

test('16: links of a visitor open safely, and only where they lead to the web', async () => {
  const desk = await openDesk();
  const agent = await desk.agent('anna');
  const visitor = await desk.visitor();
  await visitor.open();
  await visitor.start({ name: 'Vera', email: 'vera@mail.example' });
  await agent.accept(/Vera/);
  await visitor.say('See https://lamps.example/a?b=1 and javascript:alert(1)');
  const links = agent.page.getByRole('main').getByRole('link', { name: /lamps\.example/ });
  await links.waitFor();
  expect(await links.getAttribute('rel')).toMatch(/noopener.*noreferrer|noreferrer.*noopener/);
  expect(await agent.page.locator('a[href^="javascript"]').count()).toBe(0);
});

test('16: earlier chats of a verified visitor can be read', async () => {
  const desk = await openDesk();
  const agent = await desk.agent('anna');
  const visitor = await desk.visitor();
  await visitor.signIn('Ada');
  await visitor.open();
  await visitor.start();
  await agent.accept(/Ada/);
  await visitor.say('My first question');
  await agent.sees('My first question');
  await visitor.endChat();
  await agent.page.getByRole('button', { name: 'Close chat' }).click();
  await visitor.startAnother();
  await agent.accept(/Ada/);
  const earlier = agent.details.getByText(/Support, with Anna/);
  await earlier.click();
  await agent.sees('My first question');
});
