import { describe, expect, test } from 'vitest';
import type { AgentId, ConversationId } from '../../../protocol/ids.ts';
import { askAgainMs } from '../../domain/routing.ts';
import { sales, support } from './furnish.ts';
import { openDesk } from './open-desk.ts';

describe('a waiting request', () => {
  test('goes at once to the ready agent who has been idle longest, and their tab opens', async (t) => {
    const { agent, visitor, clock, head, toldTo } = await openDesk(t);
    await agent('bram');
    await clock.advance(1000);
    await agent('anna');
    const id = await (await visitor()).request();
    expect(await head(id)).toMatchObject({ phase: 'presented', agent: 'bram', dueAt: clock.now() + 30_000 });
    expect(toldTo('agent:bram' as `agent:${AgentId}`)).toContainEqual({ kind: 'open', conversation: id });
    expect(toldTo('agent:anna' as `agent:${AgentId}`)).not.toContainEqual({ kind: 'open', conversation: id });
  });

  test('goes to who has nothing to do before who has a conversation already', async (t) => {
    const { agent, visitor, clock, head } = await openDesk(t);
    await agent('anna');
    await clock.advance(1000);
    await agent('bram');
    const ids = [];
    for (let count = 0; count < 4; count++) ids.push(await (await visitor()).request());
    expect((await Promise.all(ids.map(head))).map((one) => one.agent)).toEqual(['anna', 'bram', 'anna', 'bram']);
  });

  test('goes to whoever becomes ready', async (t) => {
    const { agent, visitor, head } = await openDesk(t);
    const id = await (await visitor()).request();
    expect((await head(id)).phase).toBe('waiting');
    await agent('anna');
    expect(await head(id)).toMatchObject({ phase: 'presented', agent: 'anna' });
  });

  test('is for those alone whose profile holds its queue', async (t) => {
    const { agent, visitor, head } = await openDesk(t);
    const chloe = await agent('chloe');
    const id = await (await visitor()).request({ queue: sales });
    expect(await head(id)).toMatchObject({ phase: 'waiting', queue: sales });
    await (await visitor()).request({ queue: support });
    expect(await chloe.desk.conversationsOf(chloe.agent)).toHaveLength(1);
    await agent('anna');
    expect(await head(id)).toMatchObject({ phase: 'presented', agent: 'anna' });
  });

  test('is not presented to paused agents, nor to those who are off', async (t) => {
    const { agent, visitor, head } = await openDesk(t);
    await (await agent('anna')).pause();
    await (await agent('bram')).off();
    await agent('chloe', { ready: false });
    expect((await head(await (await visitor()).request())).phase).toBe('waiting');
  });

  test('is taken in turn, the longest waiting first, whichever its queue', async (t) => {
    const { agent, visitor, clock, head } = await openDesk(t, { room: 1 });
    const first = await (await visitor()).request({ queue: support });
    await clock.advance(10);
    const second = await (await visitor()).request({ queue: sales });
    await clock.advance(10);
    const third = await (await visitor()).request({ queue: support });
    const anna = await agent('anna');
    for (const id of [first, second, third]) {
      expect((await head(id)).phase).toBe('presented');
      await anna.accept(id);
      await anna.end(id);
    }
  });

  test('waits while its visitor is gone, and is presented when they are back', async (t) => {
    const { agent, visitor, clock, head } = await openDesk(t);
    const ada = await visitor();
    const id = await ada.request();
    await ada.leave();
    await clock.advance(6000);
    await agent('anna');
    expect((await head(id)).phase).toBe('waiting');
    await ada.come();
    expect((await head(id)).phase).toBe('presented');
  });

  test('is presented although its visitor is just changing pages', async (t) => {
    const { agent, visitor, clock, head } = await openDesk(t);
    const ada = await visitor();
    const id = await ada.request();
    await ada.leave();
    await clock.advance(1000);
    await agent('anna');
    expect((await head(id)).phase).toBe('presented');
  });
});

describe('a request that is not accepted', () => {
  test('declined, goes straight on to another agent', async (t) => {
    const { agent, visitor, story, head, toldTo } = await openDesk(t);
    const anna = await agent('anna');
    const id = await (await visitor()).request();
    await agent('bram');
    await anna.decline(id);
    expect(await story(id)).toEqual(['requested', 'presented anna', 'declined anna', 'presented bram']);
    expect(await head(id)).toMatchObject({ phase: 'presented', agent: 'bram' });
    expect(toldTo('agent:anna' as `agent:${AgentId}`)).toContainEqual({
      kind: 'gone',
      conversation: id,
      reason: 'declined',
    });
  });

  test('declined, goes back to the front of its queue', async (t) => {
    const { agent, visitor, clock, head } = await openDesk(t, { room: 1 });
    const anna = await agent('anna');
    const bram = await agent('bram');
    const ids: ConversationId[] = [];
    for (let count = 0; count < 4; count++) {
      ids.push(await (await visitor()).request());
      await clock.advance(10);
    }
    const [first, second, third, fourth] = ids as [ConversationId, ConversationId, ConversationId, ConversationId];
    await bram.accept(second);
    await anna.decline(first);
    // Anna is left in peace with what she just declined, and takes the next.
    expect(await head(third)).toMatchObject({ phase: 'presented', agent: 'anna' });
    await bram.end(second);
    expect(await head(first)).toMatchObject({ phase: 'presented', agent: 'bram' });
    expect(await head(fourth)).toMatchObject({ phase: 'waiting' });
  });

  test('not answered in time, goes on to the next agent', async (t) => {
    const { agent, visitor, clock, story, toldTo } = await openDesk(t);
    await agent('anna');
    const id = await (await visitor()).request();
    await agent('bram');
    await clock.advance(29_000);
    expect(await story(id)).toEqual(['requested', 'presented anna']);
    await clock.advance(1500);
    expect(await story(id)).toEqual(['requested', 'presented anna', 'lapsed anna', 'presented bram']);
    expect(toldTo('agent:anna' as `agent:${AgentId}`)).toContainEqual({
      kind: 'gone',
      conversation: id,
      reason: 'lapsed',
    });
  });

  test('comes to who declined it again only when nobody else is left, and not at once', async (t) => {
    const { agent, visitor, clock, story } = await openDesk(t);
    const anna = await agent('anna');
    const id = await (await visitor()).request();
    const bram = await agent('bram');
    await anna.decline(id);
    await clock.advance(askAgainMs);
    await bram.decline(id);
    // Anna declined a while ago and is asked before Bram, who has just done so.
    expect((await story(id)).at(-1)).toBe('presented anna');
    await clock.advance(10);
    await anna.decline(id);
    await clock.advance(askAgainMs - 11);
    expect((await story(id)).at(-1)).toBe('declined anna');
    await clock.advance(1);
    expect((await story(id)).at(-1)).toBe('presented bram');
  });

  test('is asked of the only agent again after a moment', async (t) => {
    const { agent, visitor, clock, story } = await openDesk(t);
    const anna = await agent('anna');
    const id = await (await visitor()).request();
    await anna.decline(id);
    await clock.advance(askAgainMs - 1);
    expect((await story(id)).at(-1)).toBe('declined anna');
    await clock.advance(1);
    expect((await story(id)).at(-1)).toBe('presented anna');
  });

  test('goes to whoever becomes ready while the only agent is left in peace', async (t) => {
    const { agent, visitor, story } = await openDesk(t);
    const anna = await agent('anna');
    const id = await (await visitor()).request();
    await anna.decline(id);
    await agent('bram');
    expect((await story(id)).at(-1)).toBe('presented bram');
  });

  test('ended by its visitor, is gone from before the agent, who takes the next', async (t) => {
    const { agent, visitor, head, toldTo } = await openDesk(t, { room: 1 });
    await agent('anna');
    const ada = await visitor();
    const first = await ada.request();
    const second = await (await visitor()).request();
    await ada.end();
    expect(toldTo('agent:anna' as `agent:${AgentId}`)).toContainEqual({
      kind: 'gone',
      conversation: first,
      reason: 'ended',
    });
    expect((await head(second)).phase).toBe('presented');
  });
});

describe('room', () => {
  test('no agent gets more than they have room for, however many come at once', async (t) => {
    const { agent, visitor, store, settle } = await openDesk(t, { room: 3 });
    const team = [await agent('anna'), await agent('bram')];
    const visitors = await Promise.all(Array.from({ length: 20 }, () => visitor()));
    await Promise.all(visitors.map((one) => one.request()));
    await settle();
    for (const { agent: one } of team) expect(await store.conversations.withAgent(one.id)).toHaveLength(3);
    expect(await store.conversations.waiting(100)).toHaveLength(14);
  });

  test('it holds while requests, answers and endings race', async (t) => {
    const { agent, visitor, desk, heard, settle } = await openDesk(t, { room: 2 });
    const team = [await agent('anna'), await agent('bram')];
    const visitors = await Promise.all(Array.from({ length: 12 }, () => visitor()));
    await Promise.all(visitors.map((one) => one.request()));
    for (let round = 0; round < 12; round++) {
      const moves = team.map(async (one, index) => {
        for (const { id, phase } of await desk.conversationsOf(one.agent)) {
          if (phase === 'active') await one.end(id);
          else if ((round + index) % 3 === 0) await one.decline(id);
          else await one.accept(id);
        }
      });
      await Promise.all(moves);
      await settle();
    }
    const most = mostAtOnce(heard);
    expect(most.get('anna')).toBe(2);
    expect(most.get('bram')).toBe(2);
  });

  test('what an agent ends makes room for the next at once', async (t) => {
    const { agent, visitor, head } = await openDesk(t, { room: 1 });
    const anna = await agent('anna');
    const first = await (await visitor()).request();
    const second = await (await visitor()).request();
    await anna.accept(first);
    expect((await head(second)).phase).toBe('waiting');
    await anna.end(first);
    expect((await head(second)).phase).toBe('presented');
  });

  test('who ended a conversation just now is idle from now', async (t) => {
    const { agent, visitor, clock, head } = await openDesk(t);
    const anna = await agent('anna');
    const first = await (await visitor()).request();
    await clock.advance(10);
    await agent('bram');
    await anna.accept(first);
    await clock.advance(10);
    await anna.end(first);
    expect(await head(await (await visitor()).request())).toMatchObject({ agent: 'bram' });
  });
});

/** The most conversations that each agent had, or was asked about, at any moment. */
function mostAtOnce(heard: Awaited<ReturnType<typeof openDesk>>['heard']): Map<string, number> {
  const withWhom = new Map<string, string>();
  const most = new Map<string, number>();
  for (const { message } of heard) {
    if (message.kind !== 'events') continue;
    for (const { body } of message.events) {
      if (body.type === 'presented') withWhom.set(message.conversation, body.agent.id);
      if (['declined', 'lapsed', 'returned', 'left', 'ended'].includes(body.type))
        withWhom.delete(message.conversation);
      for (const agent of new Set(withWhom.values())) {
        const count = [...withWhom.values()].filter((one) => one === agent).length;
        most.set(agent, Math.max(most.get(agent) ?? 0, count));
      }
    }
  }
  return most;
}
