import { describe, expect, test } from 'vitest';
import type { AgentId, QueueId } from '../../../protocol/ids.ts';
import { plainQueue } from '../../domain/queue.ts';
import { foreign, organization, otherOrganization, sales, support, supportOnly } from './furnish.ts';
import { openDesk } from './open-desk.ts';
import { codeOf } from './people.ts';

const oversight = { role: 'supervisor', profiles: [supportOnly] } as const;

const toQueue = (queue: QueueId) => ({ type: 'move', to: { kind: 'queue', queue }, note: '' }) as const;
const toAgent = (agent: string) =>
  ({ type: 'move', to: { kind: 'agent', agent: agent as AgentId }, note: '' }) as const;
const agentTopic = (name: string) => `agent:${name as AgentId}` as const;
const whisper = { type: 'message', text: 'psst', audience: 'agents' } as const;

/** Anna has a chat in Support, which Sofie oversees. */
async function openChat(t: Parameters<typeof openDesk>[0]) {
  const opened = await openDesk(t);
  const sofie = await opened.hire('sofie', oversight);
  const anna = await opened.agent('anna');
  const visitor = await opened.visitor();
  const id = await visitor.request();
  await anna.accept(id);
  return { ...opened, opened, sofie, anna, visitor, id };
}

describe('3: rights to whisper, join and move', () => {
  test('supervisors have them in their queues, administrators in all, agents nowhere', async (t) => {
    const { opened, sofie, id, visitor, anna } = await openChat(t);
    const admin = await opened.hire('boss', { role: 'admin', profiles: [] });
    const bram = await opened.agent('bram', { ready: false });
    const elsewhere = await opened.visitor();
    const inSales = await elsewhere.request({ queue: sales });
    await anna.accept(inSales);
    for (const command of [whisper, { type: 'join' } as const, toAgent('anna')]) {
      expect(codeOf(await bram.send(id, command))).toBe('not_allowed');
      expect(codeOf(await sofie.send(inSales, command))).toBe('not_allowed');
    }
    for (const one of [sofie, admin]) {
      expect(codeOf(await one.send(id, whisper))).toBe('ok');
      expect(codeOf(await one.send(id, { type: 'join' }))).toBe('ok');
    }
    expect(codeOf(await admin.send(inSales, toQueue(support)))).toBe('ok');
    expect(codeOf(await visitor.say('still here'))).toBe('ok');
  });

  test('T: to another organization there is no such conversation, queue or colleague', async (t) => {
    const { opened, sofie, id } = await openChat(t);
    const stranger = await opened.hire('mallory', { organization: otherOrganization, role: 'admin', profiles: [] });
    for (const command of [whisper, { type: 'join' } as const, toQueue(foreign), toAgent('eve')])
      expect(codeOf(await stranger.send(id, command))).toBe('not_found');
    for (const command of [toQueue(foreign), toAgent('eve'), toAgent('nobody')])
      expect(codeOf(await sofie.send(id, command))).toBe('not_found');
  });

  test('they end when they are taken away, although the console stays open', async (t) => {
    const { store, sofie, id } = await openChat(t);
    await store.agents.update(organization, sofie.agent.id, { role: 'agent' });
    for (const command of [whisper, { type: 'join' } as const, toQueue(sales)])
      expect(codeOf(await sofie.send(id, command))).toBe('not_allowed');
  });
});

describe('3: moving', () => {
  test('to a queue: it is asked of those who serve it, who asked first before all others', async (t) => {
    const { opened, sofie, anna, id, clock, head, toldTo } = await openChat(t);
    await anna.status({ state: 'paused' });
    await clock.advance(1000);
    const later = await (await opened.visitor()).request({ queue: sales });
    expect(codeOf(await sofie.send(id, toQueue(sales)))).toBe('ok');
    expect(toldTo(agentTopic('anna'))).toContainEqual({ kind: 'gone', conversation: id, reason: 'moved' });
    expect(await head(id)).toMatchObject({ phase: 'waiting', queue: sales, agent: null });
    const bram = await opened.agent('bram');
    expect((await bram.desk.conversationsOf(bram.agent)).map((one) => one.id)).toEqual([id, later]);
  });

  test('to its own queue: who had it is asked last', async (t) => {
    const { opened, sofie, id, head } = await openChat(t);
    await opened.agent('bram');
    await sofie.send(id, toQueue(support));
    expect(await head(id)).toMatchObject({ phase: 'presented', agent: 'bram', queue: support });
  });

  test('what stands before somebody goes from them, and they have room for another', async (t) => {
    const opened = await openDesk(t, { room: 1 });
    const sofie = await opened.hire('sofie', oversight);
    const anna = await opened.agent('anna');
    const first = await (await opened.visitor()).request();
    const second = await (await opened.visitor()).request();
    expect(await opened.head(first)).toMatchObject({ phase: 'presented', agent: 'anna' });
    const bram = await opened.agent('bram', { ready: false });
    await bram.pause();
    expect(codeOf(await sofie.send(first, toAgent('bram')))).toBe('ok');
    expect(await opened.head(first)).toMatchObject({ phase: 'presented', agent: 'bram' });
    expect(await opened.head(second), 'Anna is asked the next').toMatchObject({ phase: 'presented', agent: 'anna' });
    expect(codeOf(await bram.accept(first))).toBe('ok');
    expect(codeOf(await anna.accept(first))).toBe('already_taken');
  });

  test('to an agent: they are asked, the chat goes on meanwhile, and then it is theirs', async (t) => {
    const { opened, sofie, id, visitor, anna, head, toldTo } = await openChat(t);
    const bram = await opened.agent('bram');
    await sofie.send(id, toAgent('bram'));
    expect(toldTo(agentTopic('bram'))).toContainEqual({ kind: 'open', conversation: id });
    expect(codeOf(await visitor.say('hello?'))).toBe('ok');
    expect(codeOf(await anna.say(id, 'one moment'))).toBe('ok');
    await bram.accept(id);
    expect(await head(id)).toMatchObject({ phase: 'active', agent: 'bram', guests: [] });
    expect(toldTo(agentTopic('anna'))).toContainEqual({ kind: 'gone', conversation: id, reason: 'moved' });
  });

  test('an agent who lets it run out has not lost the visitor', async (t) => {
    const { opened, sofie, id, head, clock } = await openChat(t);
    await opened.agent('bram');
    await sofie.send(id, toAgent('bram'));
    await clock.advance(31_000);
    expect(await head(id)).toMatchObject({ phase: 'active', agent: 'anna', asked: null });
  });

  test('not to who is off, gone or full', async (t) => {
    const { opened, sofie, id } = await openChat(t);
    expect(codeOf(await sofie.send(id, toAgent('bram')))).toBe('agent_away');
    const bram = await opened.agent('bram');
    await bram.leave();
    expect(codeOf(await sofie.send(id, toAgent('bram')))).toBe('agent_away');
    const chloe = await opened.agent('chloe');
    await opened.store.agents.update(organization, chloe.agent.id, { room: 0 });
    expect(codeOf(await sofie.send(id, toAgent('chloe')))).toBe('no_room');
  });

  test('who oversees a request takes it to themselves without being logged on', async (t) => {
    const opened = await openDesk(t);
    const sofie = await opened.hire('sofie', oversight);
    const id = await (await opened.visitor()).request();
    expect(codeOf(await sofie.send(id, toAgent('sofie')))).toBe('ok');
    expect(codeOf(await sofie.accept(id))).toBe('ok');
    expect(await opened.head(id)).toMatchObject({ phase: 'active', agent: 'sofie' });
  });

  test('not to a queue that is closed or retired', async (t) => {
    const { store, sofie, id, head } = await openChat(t);
    await store.queues.update(organization, sales, {
      settings: { ...plainQueue, hours: { timeZone: 'Europe/Amsterdam', week: [], holidays: [] } },
    });
    expect(codeOf(await sofie.send(id, toQueue(sales)))).toBe('desk_closed');
    await store.queues.update(organization, sales, { settings: plainQueue, retiredAt: 1 });
    expect(codeOf(await sofie.send(id, toQueue(sales)))).toBe('desk_closed');
    expect(await head(id)).toMatchObject({ phase: 'active', agent: 'anna' });
  });

  test('SND2 a move that is sent again is done once', async (t) => {
    const { opened, sofie, id, log } = await openChat(t);
    await opened.agent('bram');
    for (const command of [toAgent('bram'), toQueue(sales)]) {
      const name = `again-${command.to.kind}` as never;
      const [first, again] = [await sofie.send(id, command, name), await sofie.send(id, command, name)];
      expect(again).toEqual(first);
    }
    expect((await log(id)).filter(({ body }) => body.type === 'moved')).toHaveLength(1);
  });

  test('a chat that ended meanwhile, or that two move at once, is moved once', async (t) => {
    const { opened, id, visitor, log } = await openChat(t);
    const other = await opened.hire('vice', { role: 'admin', profiles: [] });
    const admin = await opened.hire('boss', { role: 'admin', profiles: [] });
    const both = await Promise.all([other.send(id, toQueue(sales)), admin.send(id, toQueue(sales))]);
    expect(both.map(codeOf).sort()).toEqual(['ok', 'wrong_state']);
    await visitor.end();
    expect(codeOf(await admin.send(id, toQueue(support)))).toBe('already_ended');
    expect((await log(id)).filter(({ body }) => body.type === 'moved')).toHaveLength(1);
  });
});

test('3: who joins gets a tab, and counts as having it', async (t) => {
  const { sofie, id, store, toldTo } = await openChat(t);
  await sofie.send(id, { type: 'join' });
  expect(toldTo(agentTopic('sofie'))).toContainEqual({ kind: 'open', conversation: id });
  expect((await store.conversations.withAgent(sofie.agent.id)).map((head) => head.id)).toEqual([id]);
});
