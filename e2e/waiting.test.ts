import { expect, test } from 'vitest';
import type { Agent } from './harness/agent.ts';
import { useDesk } from './harness/desk.ts';

const openDesk = useDesk();

/** Whichever of the agents the request came to first. */
async function whoeverIsAsked(agents: readonly Agent[], tab: RegExp): Promise<[asked: Agent, other: Agent]> {
  const shown = agents.map((agent) =>
    agent
      .tab(tab)
      .waitFor()
      .then(() => agent),
  );
  const asked = await Promise.any(shown);
  await Promise.allSettled(shown.map((promise) => Promise.race([promise, Promise.resolve()])));
  const other = agents.find((agent) => agent !== asked);
  if (!other) throw new Error('There is only one agent.');
  return [asked, other];
}

test('10: a waiting visitor sees their place, and moves up when somebody before them leaves', async () => {
  const desk = await openDesk();
  const [first, second] = [await desk.visitor(), await desk.visitor()];
  await first.requestAs('Vera');
  await first.waits();
  await second.requestAs('Tom');
  await second.panel.getByText('You are number 2 in line').waitFor();
  await first.endChat();
  await second.waits();
});

test('15: a declined request goes straight to another agent', async () => {
  const desk = await openDesk();
  const agents = [await desk.agent('anna'), await desk.agent('bram')];
  const visitor = await desk.visitor();
  await visitor.requestAs('Vera');
  const [asked, other] = await whoeverIsAsked(agents, /Vera/);
  await asked.decline(/Vera/);
  await other.accept(/Vera/);
  await other.say('Here I am');
  await visitor.sees('Here I am');
  await expect.poll(() => asked.tab(/Vera/).count()).toBe(0);
});

test('15: an unanswered request goes on to the next agent, with its countdown shown', async () => {
  const desk = await openDesk({ BALIE_PRESENT_MS: '1500' });
  const agents = [await desk.agent('anna'), await desk.agent('bram')];
  const visitor = await desk.visitor();
  await visitor.requestAs('Vera');
  const [asked, other] = await whoeverIsAsked(agents, /Vera/);
  await asked.openTab(/Vera/);
  await asked.page.getByRole('timer', { name: /seconds? left to accept/ }).waitFor();
  await other.accept(/Vera/);
  await expect.poll(() => asked.tab(/Vera, new request/).count()).toBe(0);
});

test('15: an agent who lets three in a row run out is paused, and told so', async () => {
  const desk = await openDesk({ BALIE_PRESENT_MS: '1000' });
  const agent = await desk.agent('anna');
  const names = ['Vera', 'Tom', 'Kim'];
  const visitors = await Promise.all(names.map(() => desk.visitor()));
  await Promise.all(visitors.map((visitor, at) => visitor.requestAs(names[at] ?? '')));
  await agent.page.getByText('You were paused because requests in a row went unanswered').waitFor();
  await Promise.all(visitors.map((visitor) => visitor.panel.getByText(/^You are (next|number)/).waitFor()));
  await agent.beReady();
  await agent
    .tab(/new request/)
    .first()
    .waitFor();
});

test('15: a request says when its visitor is no longer there', async () => {
  const desk = await openDesk();
  const agent = await desk.agent('anna');
  const visitor = await desk.visitor();
  await visitor.requestAs('Vera');
  await agent.openTab(/Vera/);
  await agent.chat.getByText('Waiting for').waitFor();
  expect(await agent.chat.getByText('Not connected').count()).toBe(0);
  await visitor.context.close();
  await agent.chat.getByText('Not connected').waitFor();
  await agent.tabs.getByText('Not connected').waitFor();
});

test('14: a paused agent is asked nothing, and a request that waited comes when they are ready', async () => {
  const desk = await openDesk();
  const agent = await desk.agent('anna');
  await agent.pause();
  const visitor = await desk.visitor();
  await visitor.requestAs('Vera');
  await visitor.waits();
  expect(await agent.tab(/Vera/).count()).toBe(0);
  await agent.beReady();
  await agent.accept(/Vera/);
});

test('8, 15: a request whose agent disappears goes back to the queue and on to another', async () => {
  const desk = await openDesk({ BALIE_AGENT_GRACE_MS: '500' });
  const agents = [await desk.agent('anna'), await desk.agent('bram')];
  const visitor = await desk.visitor();
  await visitor.requestAs('Vera');
  const [asked, other] = await whoeverIsAsked(agents, /Vera/);
  await asked.context.close();
  await other.accept(/Vera/);
});

test('14: who signs out with a chat open is asked first, and then it goes on to a colleague at once', async () => {
  const desk = await openDesk();
  const anna = await desk.agent('anna');
  const visitor = await desk.visitor();
  await visitor.requestAs('Vera');
  await anna.accept(/Vera/);
  await visitor.say('Are you there?');
  const bram = await desk.agent('bram');
  const { page } = anna;
  const signOut = async () => {
    await page.getByRole('button', { name: /^Account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
  };
  const dialog = page.getByRole('dialog', { name: 'Sign out with chats open?' });
  await signOut();
  await dialog.getByRole('button', { name: 'Stay' }).click();
  await anna.say('I am');
  await visitor.sees('I am');
  await signOut();
  await dialog.getByRole('button', { name: 'Sign out' }).click();
  await anna.button('Sign in').waitFor();
  await bram.accept(/Vera/);
  await bram.sees('Are you there?');
  await bram.say('I am here now');
  await visitor.sees('I am here now');
});
