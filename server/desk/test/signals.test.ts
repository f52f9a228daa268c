import { describe, expect, test } from 'vitest';
import type { ConversationId } from '../../../protocol/ids.ts';
import { openDesk } from './open-desk.ts';

async function inConversation(t: Parameters<typeof openDesk>[0]) {
  const opened = await openDesk(t);
  const anna = await opened.agent('anna');
  const ada = await opened.visitor();
  const id = await ada.request();
  await anna.accept(id);
  const signals = (kind: string, of: ConversationId = id) =>
    opened
      .toldTo(`conversation:${of}`)
      .flatMap((message) => (message.kind === 'signal' && message.signal.kind === kind ? [message] : []));
  return { ...opened, anna, ada, id, signals };
}

describe('typing', () => {
  test('is told to the other side', async (t) => {
    const { desk, anna, id, signals, settle } = await inConversation(t);
    desk.visitorTyping(id, true);
    desk.agentTyping(anna.agent, id, true);
    await settle();
    expect(signals('typing')).toMatchObject([
      { to: 'agents', signal: { by: 'visitor', on: true } },
      { to: 'visitor', signal: { by: 'agent', on: true } },
    ]);
  });

  test('D187 a hundred times a second is told once in two seconds, with the last word', async (t) => {
    const { desk, anna, id, signals, clock } = await inConversation(t);
    for (let count = 0; count < 1000; count++) {
      desk.visitorTyping(id, count % 2 === 0);
      desk.agentTyping(anna.agent, id, count % 2 === 0);
      await clock.advance(10);
    }
    await clock.advance(4000);
    for (const by of ['visitor', 'agent']) {
      const told = signals('typing').filter(({ signal }) => 'by' in signal && signal.by === by);
      expect(told).toHaveLength(6);
      expect(told.at(-1)).toMatchObject({ signal: { on: false } });
    }
  });

  test('of an agent who does not have the conversation is told to nobody, and holds nobody back', async (t) => {
    const { desk, agent, anna, id, signals, settle } = await inConversation(t);
    desk.agentTyping((await agent('bram')).agent, id, true);
    desk.agentTyping((await agent('eve', { ready: false })).agent, id, true);
    desk.agentTyping(anna.agent, 'nothing' as ConversationId, true);
    await settle();
    expect(signals('typing')).toEqual([]);
    desk.agentTyping(anna.agent, id, true);
    await settle();
    expect(signals('typing')).toHaveLength(1);
  });

  test('is never kept', async (t) => {
    const { desk, id, log, settle } = await inConversation(t);
    const before = await log(id);
    desk.visitorTyping(id, true);
    await settle();
    expect(await log(id)).toEqual(before);
  });
});

describe('what the visitor has seen', () => {
  test('is kept, and told to agents in their own numbering', async (t) => {
    const { desk, anna, ada, id, signals, settle, head } = await inConversation(t);
    await anna.say(id, 'psst', 'agents');
    await anna.say(id, 'hello');
    // requested, presented, accepted, psst, hello: the visitor's third is the log's fifth.
    await desk.seen(ada.session, id, 3);
    await settle();
    expect(signals('seen')).toMatchObject([{ to: 'agents', signal: { seq: 5 } }]);
    expect(await desk.describe(await head(id), 0)).toMatchObject({
      seen: 5,
      connected: true,
      labels: { plan: 'Plan' },
    });
  });

  test('never goes back, and is told at most once a second', async (t) => {
    const { desk, anna, ada, id, signals, clock, settle } = await inConversation(t);
    for (const text of ['a', 'b', 'c']) await anna.say(id, text);
    for (const seq of [2, 5, 3, 4]) await desk.seen(ada.session, id, seq);
    await settle();
    expect(signals('seen')).toHaveLength(1);
    await clock.advance(1000);
    await desk.seen(ada.session, id, 1);
    await clock.advance(3000);
    expect(signals('seen').at(-1)).toMatchObject({ signal: { seq: 6 } });
    expect(signals('seen').length).toBeLessThanOrEqual(3);
  });

  test('R205 ahead of the log it counts up to its end', async (t) => {
    const { desk, ada, id, signals, settle } = await inConversation(t);
    await desk.seen(ada.session, id, Number.MAX_SAFE_INTEGER);
    await settle();
    expect(signals('seen')).toMatchObject([{ signal: { seq: 3 } }]);
  });

  test('R205 of another’s conversation is of no account, and does not hold back its visitor', async (t) => {
    const { desk, visitor, ada, id, signals, settle } = await inConversation(t);
    const eve = await visitor();
    await desk.seen(eve.session, id, 1);
    await desk.seen(eve.session, 'nothing' as ConversationId, 1);
    await settle();
    expect(signals('seen')).toEqual([]);
    await desk.seen(ada.session, id, 1);
    await settle();
    expect(signals('seen')).toHaveLength(1);
  });
});
