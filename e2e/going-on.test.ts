import { expect, test } from 'vitest';
import type { Agent } from './harness/agent.ts';
import { type Desk, useDesk } from './harness/desk.ts';
import type { Visitor } from './harness/visitor.ts';

const openDesk = useDesk();

async function chatting(desk: Desk, path = '/'): Promise<{ agent: Agent; visitor: Visitor }> {
  const agent = await desk.agent('anna');
  const visitor = await desk.visitor(path);
  await visitor.requestAs('Vera');
  await agent.accept(/Vera/);
  await visitor.say('Hello from the shop');
  await agent.sees('Hello from the shop');
  return { agent, visitor };
}

const times = (person: Visitor | Agent, text: string) => person.message(text).count();

test('10: the chat goes on after a reload and on the next page', async () => {
  const desk = await openDesk();
  const { agent, visitor } = await chatting(desk);
  await visitor.page.reload();
  await visitor.sees('Hello from the shop');
  await visitor.page.getByRole('link', { name: 'Help' }).click();
  await visitor.page.getByRole('heading', { name: 'Repairs' }).waitFor();
  await visitor.sees('Hello from the shop');
  await visitor.say('Now I am on another page');
  await agent.sees('Now I am on another page');
  await agent.say('And I can still see you');
  await visitor.sees('And I can still see you');
  expect(await times(visitor, 'Hello from the shop')).toBe(1);
});

test('10: the next page takes up the chat with one socket, whether the chat stands open or is minimised', async () => {
  const desk = await openDesk();
  const { agent, visitor } = await chatting(desk);
  let sockets = 0;
  visitor.page.on('websocket', () => sockets++);
  await visitor.page.reload();
  await visitor.say('After the first reload');
  await agent.sees('After the first reload');
  expect(sockets).toBe(1);
  await visitor.minimise();
  await visitor.page.reload();
  await agent.say('Are you still there?');
  await expect.poll(() => visitor.launcher.textContent()).toMatch(/1/);
  expect(sockets).toBe(2);
});

test('10, L010: walking through a page with client-side navigation keeps the one socket', async () => {
  const desk = await openDesk();
  const visitor = await desk.visitor('/configurator');
  let sockets = 0;
  visitor.page.on('websocket', () => sockets++);
  const agent = await desk.agent('anna');
  await visitor.requestAs('Vera');
  await agent.accept(/Vera/);
  for (const step of ['Foot', 'Cord', 'Shade', 'Foot']) await visitor.page.getByRole('link', { name: step }).click();
  await visitor.page.evaluate(() => {
    for (let step = 0; step < 50; step++) history.pushState(null, '', `/configurator/${step % 2 ? 'foot' : 'cord'}`);
  });
  await visitor.say('Still here');
  await agent.sees('Still here');
  await agent.details
    .getByText(/configurator\/(foot|cord)|Build your own/)
    .first()
    .waitFor();
  expect(sockets).toBe(1);
});

test('10: two tabs are in step', async () => {
  const desk = await openDesk();
  const { agent, visitor } = await chatting(desk);
  const other = await desk.visitorIn(visitor.context, '/lamps/heron');
  await other.sees('Hello from the shop');
  await other.say('From the second tab');
  await visitor.sees('From the second tab');
  await agent.say('I see both');
  await visitor.sees('I see both');
  await other.sees('I see both');
  await visitor.say('From the first tab');
  await other.sees('From the first tab');
  for (const tab of [visitor, other]) {
    for (const text of ['Hello from the shop', 'From the second tab', 'I see both', 'From the first tab']) {
      expect(await times(tab, text)).toBe(1);
    }
  }
});

test('10: what is said without a network arrives once, in order, when it is back', async () => {
  const desk = await openDesk();
  const { agent, visitor } = await chatting(desk);
  await visitor.context.setOffline(true);
  await visitor.say('Said in the tunnel');
  await visitor.say('Said in the tunnel as well');
  await agent.say('Said to the tunnel');
  await desk.crash();
  await agent.sees('Said in the tunnel as well');
  await visitor.sees('Said to the tunnel');
  for (const person of [visitor, agent]) {
    for (const text of ['Said in the tunnel', 'Said in the tunnel as well', 'Said to the tunnel']) {
      await expect.poll(() => times(person, text)).toBe(1);
    }
  }
});

test('8: after kill -9 in the middle of a chat everything is there once, and the chat goes on', async () => {
  const desk = await openDesk();
  const { agent, visitor } = await chatting(desk);
  for (let round = 1; round <= 3; round++) {
    await visitor.say(`Visitor's line ${round}`);
    await agent.say(`Agent's line ${round}`);
    await desk.crash(() => visitor.say(`While it was down ${round}`));
    await agent.sees(`While it was down ${round}`);
    await visitor.sees(`Agent's line ${round}`);
  }
  for (const person of [visitor, agent]) {
    for (let round = 1; round <= 3; round++) {
      for (const text of [`Visitor's line ${round}`, `Agent's line ${round}`, `While it was down ${round}`]) {
        expect(await times(person, text)).toBe(1);
      }
    }
  }
});

test('10: a message that was not yet sent survives a reload of the page', async () => {
  const desk = await openDesk();
  const { agent, visitor } = await chatting(desk);
  await desk.crash(async () => {
    await visitor.say('Typed while the server was away');
    await visitor.page.reload();
  });
  await agent.sees('Typed while the server was away');
  expect(await times(agent, 'Typed while the server was away')).toBe(1);
});

test('10: a minimised chat counts what comes in, and opens where it was', async () => {
  const desk = await openDesk();
  const { agent, visitor } = await chatting(desk);
  await visitor.minimise();
  await visitor.launcher.waitFor();
  await agent.say('One');
  await agent.say('Two');
  await expect.poll(() => visitor.launcher.textContent()).toMatch(/2/);
  await visitor.open();
  await visitor.sees('Two');
  await visitor.minimise();
  await expect.poll(() => visitor.launcher.textContent()).not.toMatch(/\d/);
});

test('8, 16: the agent reloads the console in mid-chat and has all of it again', async () => {
  const desk = await openDesk();
  const { agent, visitor } = await chatting(desk);
  await agent.page.reload();
  await agent.openTab(/Vera/);
  await agent.sees('Hello from the shop');
  await visitor.say('You were away');
  await agent.sees('You were away');
});

test('17: while the console has no connection it says of nobody that they are there', async () => {
  const desk = await openDesk();
  const { agent } = await chatting(desk);
  const isConnected = agent.chat.getByText('Connected', { exact: true });
  await isConnected.waitFor();
  await desk.crash(async () => {
    await agent.chat.getByText('Not known right now').waitFor();
    expect(await isConnected.count()).toBe(0);
  });
  await isConnected.waitFor();
});
