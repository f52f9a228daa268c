import { describe, expect, test } from 'vitest';
import { openServer, type TestServer } from '../../test/open-server.ts';
import { newKeys, type TestVisitor } from '../../test/test-visitor.ts';

const seqs = (visitor: TestVisitor) => visitor.reader.frames.flatMap((one) => (one.type === 'event' ? [one.seq] : []));
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

/** A chat that has begun, and a way to open the same browser's next tab. */
async function openChat(server: TestServer) {
  const keys = await newKeys();
  const agent = await server.agent();
  const visitor = await server.visitor({ keys });
  await visitor.request();
  const conversation = await agent.accept();
  await visitor.event('accepted');
  const session = visitor.session as string;
  const tab = async (after?: number) => {
    const next = server.connect({ keys });
    const cursor = after === undefined ? {} : { cursor: { conversation, after } };
    const ready = await next.hello({ session, ...cursor } as never);
    return { next, ready };
  };
  return { agent, visitor, conversation, tab };
}

describe('resuming', () => {
  test('RSM1 a reader gets everything after what it has, once and in order', async (t) => {
    const { agent, conversation, tab } = await openChat(await openServer(t));
    for (const text of ['a', 'b', 'c']) await agent.say(conversation, text);
    const { next } = await tab(3);
    await next.reader.find((one) => one.type === 'event' && one.seq === 5);
    expect(seqs(next)).toEqual([4, 5]);
    expect(next.texts).toEqual(['b', 'c']);
  });

  test('RSM4 R205 a cursor beyond the end, or of another conversation, begins anew', async (t) => {
    const { conversation, tab, agent } = await openChat(await openServer(t));
    await agent.say(conversation, 'a');
    const beyond = await tab(1000);
    expect(beyond.ready.conversation).toEqual({ conversation, after: 0 });
    await beyond.next.reader.find((one) => one.type === 'event' && one.seq === 3);
    expect(seqs(beyond.next)).toEqual(upTo(3));
  });

  test('RSM5 P117 nothing that agents say among themselves reaches a visitor, nor a gap where it was', async (t) => {
    const { agent, conversation, tab, visitor } = await openChat(await openServer(t));
    await agent.say(conversation, 'PRIV-note', 'agents');
    await agent.say(conversation, 'for you');
    await agent.say(conversation, 'PRIV-more', 'agents');
    await agent.say(conversation, 'and this');
    await visitor.reader.find((one) => one.type === 'event' && one.seq === 4);
    expect(seqs(visitor)).toEqual(upTo(4));
    for (const after of [0, 1, 2, 3, 4]) {
      const { next } = await tab(after);
      await next.say(`tab ${after}`);
      await next.reader.find((one) => one.type === 'event' && one.seq === 5 + after);
      expect(seqs(next)).toEqual(upTo(5 + after).slice(after));
      expect(JSON.stringify(next.reader.frames)).not.toContain('PRIV');
    }
    expect(JSON.stringify(visitor.reader.frames)).not.toContain('PRIV');
  });

  test('RSM3 R206 what is committed while a reader catches up is replayed exactly once', async (t) => {
    const server = await openServer(t);
    const { agent, conversation, tab } = await openChat(server);
    const total = 150;
    const tabs: TestVisitor[] = [];
    const talk = (async () => {
      for (let index = 0; index < total; index++) {
        server.advance(200);
        await agent.say(conversation, `line ${index}`, index % 3 === 0 ? 'agents' : 'everyone');
      }
    })();
    for (let index = 0; index < 15; index++) tabs.push((await tab(index % 4)).next);
    await talk;
    const last = 2 + (total - Math.ceil(total / 3));
    for (const [index, next] of tabs.entries()) {
      await next.reader.find((one) => one.type === 'event' && one.seq === last);
      expect(seqs(next)).toEqual(upTo(last).slice(index % 4));
    }
  });

  test('W042 five tabs see the same five messages in the same order', async (t) => {
    const { agent, tab } = await openChat(await openServer(t));
    const tabs = await Promise.all(upTo(5).map(async () => (await tab()).next));
    await Promise.all(tabs.map((next, index) => next.say(`from tab ${index}`)));
    for (const next of tabs) await next.reader.find((one) => one.type === 'event' && one.seq === 7);
    await agent.reader.find((one) => one.type === 'event' && agent.texts.length === 5 && one.seq > 0);
    for (const next of tabs) expect(next.texts).toEqual(tabs[0]?.texts);
    expect(agent.texts).toEqual(tabs[0]?.texts);
  });

  test('another tab learns of a chat that was started anew', async (t) => {
    const { tab, visitor } = await openChat(await openServer(t));
    const { next } = await tab();
    await visitor.command({ type: 'end' });
    await next.event('ended');
    const from = next.reader.frames.length;
    await visitor.request();
    expect(await next.event('requested', from)).toMatchObject({ seq: 1 });
  });

  test('an agent who comes back has every conversation, from where they were', async (t) => {
    const { agent, conversation, visitor } = await openChat(await openServer(t));
    await visitor.say('one');
    const { seq } = await agent.event('message');
    agent.close();
    await visitor.say('two');
    const ready = await agent.connect([{ conversation, after: seq }]);
    expect(ready.conversations).toMatchObject([{ conversation, after: seq, connected: true }]);
    expect(await agent.event('message')).toMatchObject({ seq: seq + 1, body: { text: 'two' } });
  });

  test('W129 no event reaches an agent after the request went to somebody else', async (t) => {
    const server = await openServer(t);
    const anna = await server.agent('anna-a');
    const visitor = await server.visitor();
    await visitor.request();
    const { open } = await anna.reader.ofType('open');
    const bram = await server.agent('bram-a');
    await anna.command(open.conversation, { type: 'decline' });
    await anna.reader.ofType('gone');
    const heard = anna.reader.frames.length;
    await bram.accept();
    await visitor.say('for Bram');
    await bram.event('message');
    expect(anna.reader.frames.slice(heard).filter((one) => one.type === 'event')).toEqual([]);
    expect(await anna.say(open.conversation, 'mine!')).toMatchObject({ type: 'refusal' });
  });
});
