import { describe, expect, type TestContext, test } from 'vitest';
import type { ToAgent } from '../../../protocol/agent-frames.ts';
import type { FloorChat, FloorFrame } from '../../../protocol/floor.ts';
import type { AgentId, ConversationId, OrganizationId, ProfileId, QueueId } from '../../../protocol/ids.ts';
import { limits } from '../../../protocol/limits.ts';
import type { FloorView } from '../../desk/floor-picture.ts';
import { eraseConversations } from '../../privacy/erase-conversations.ts';
import { hireSupervisor } from '../../test/furnish.ts';
import { openServer } from '../../test/open-server.ts';
import type { TestAgent } from '../../test/test-agent.ts';
import { floorFrames } from '../floor-frames.ts';

type Of<Type extends ToAgent['type']> = Extract<ToAgent, { type: Type }>;

/** Anna has a chat; Sofie, who oversees its queue, has a console open. */
async function openFloor(t: TestContext) {
  const server = await openServer(t);
  const { store } = server.context;
  await hireSupervisor(store, 'a');
  const anna = await server.agent();
  const visitor = await server.visitor();
  await visitor.request();
  const conversation = (await anna.accept()) as ConversationId;
  const connect = async (name: string): Promise<TestAgent> => {
    const agent = await server.signIn(name);
    await agent.connect();
    t.onTestFinished(() => agent.close());
    return agent;
  };
  const sofie = await connect('sofie-a');
  return { server, store, anna, visitor, conversation, connect, sofie };
}

/** The first telling in which a chat is so. */
const told = (agent: TestAgent, fits: (chat: FloorChat) => boolean, from = 0) =>
  agent.reader.find((frame): frame is Of<'floor'> => frame.type === 'floor' && frame.chats.some(fits), from);
const faultOf = async (agent: TestAgent) => (await agent.reader.ofType('fault')).code;

describe('FLR1 who is told', () => {
  test('FLR1 supervisors and administrators are, agents are not', async (t) => {
    const { sofie, anna, conversation, connect } = await openFloor(t);
    const admin = await connect('admin-a');
    for (const one of [sofie, admin]) {
      one.send({ type: 'floor', on: true });
      expect(await told(one, (chat) => chat.conversation === conversation)).toMatchObject({ anew: true });
    }
    anna.send({ type: 'floor', on: true });
    expect(await faultOf(anna)).toBe('malformed');
    expect(anna.reader.frames.filter(({ type }) => type === 'floor')).toEqual([]);
  });

  test('FLR3 nothing of another organization or another queue is ever in a row', async (t) => {
    const { server, store, connect } = await openFloor(t);
    await hireSupervisor(store, 'b');
    const organization = 'organization-a' as OrganizationId;
    await store.queues.create({ id: 'queue-x' as QueueId, organization, name: 'Other' });
    const profile = { id: 'profile-x' as ProfileId, organization, name: 'Other', queues: ['queue-x' as QueueId] };
    await store.queues.createProfile(profile);
    await store.agents.update(organization, 'sofie-a' as AgentId, { profiles: [profile.id] });
    for (const name of ['sofie-a', 'sofie-b']) {
      const one = await connect(name);
      one.send({ type: 'floor', on: true });
      const first = await one.reader.ofType('floor');
      expect(first.chats).toEqual([]);
      expect(first.queues.map(({ queue }) => queue.id)).toEqual([name === 'sofie-a' ? 'queue-x' : 'queue-b']);
      expect(JSON.stringify(first)).not.toContain('anna-a');
    }
    expect(server.log()).not.toContain('failed');
  });

  test('FLR1 a supervisor who is made an agent is told no more', async (t) => {
    const { store, sofie, visitor, conversation } = await openFloor(t);
    sofie.send({ type: 'floor', on: true });
    sofie.send({ type: 'watch', conversation });
    await told(sofie, (chat) => chat.conversation === conversation);
    await sofie.reader.ofType('watched');
    await store.agents.update('organization-a' as OrganizationId, 'sofie-a' as AgentId, { role: 'agent' });
    await visitor.command({ type: 'end' });
    const gone = (frame: ToAgent): frame is Of<'floor'> => frame.type === 'floor' && frame.gone.queues.length > 0;
    expect((await sofie.reader.find(gone)).gone).toMatchObject({ queues: ['queue-a'], chats: [conversation] });
    await sofie.reader.ofType('unwatched');
  });
});

describe('FLR2 what is told', () => {
  test('FLR2 3: changes come by themselves, and only rows that are different', async (t) => {
    const { server, sofie, conversation } = await openFloor(t);
    sofie.send({ type: 'floor', on: true });
    await told(sofie, (chat) => chat.conversation === conversation);
    const from = sofie.reader.frames.length;
    const other = await server.visitor();
    await other.request();
    const frame = await told(sofie, (chat) => chat.conversation !== conversation, from);
    expect(frame).toMatchObject({ anew: false, gone: { queues: [], agents: [], chats: [] } });
    expect(frame.chats.map((chat) => chat.conversation)).not.toContain(conversation);
    await other.command({ type: 'end' });
    await sofie.reader.find((one) => one.type === 'floor' && one.gone.chats.length === 1, from);
  });

  test('FLR2 asked again, it begins anew; switched off, it is quiet', async (t) => {
    const { server, sofie, conversation } = await openFloor(t);
    for (let time = 0; time < 2; time++) {
      const from = sofie.reader.frames.length;
      sofie.send({ type: 'floor', on: true });
      expect(await told(sofie, (chat) => chat.conversation === conversation, from)).toMatchObject({ anew: true });
    }
    sofie.send({ type: 'floor', on: false });
    sofie.send({ type: 'ping' });
    await sofie.reader.ofType('pong');
    const count = sofie.reader.frames.length;
    await (await server.visitor()).request();
    await server.context.desk.idle();
    expect(sofie.reader.frames.length).toBe(count);
  });

  test('a long floor comes in frames of a bounded size', () => {
    const chats = Array.from({ length: 2 * limits.floorRows + 1 }, (_, index): FloorChat => {
      const conversation = `c${index}` as ConversationId;
      const queue = { id: 'q' as QueueId, name: 'Q' };
      return { conversation, visitor: null, queue, phase: 'waiting', agents: [], since: index };
    });
    const view: FloorView = {
      queues: new Map(),
      agents: new Map(),
      chats: new Map(chats.map((chat) => [chat.conversation, chat])),
    };
    const frames: FloorFrame[] = floorFrames(null, view, 1);
    expect(frames.map(({ anew, chats: rows }) => [anew, rows.length])).toEqual([
      [true, limits.floorRows],
      [false, limits.floorRows],
      [false, 1],
    ]);
    expect(floorFrames(view, view, 1)).toEqual([]);
    expect(floorFrames(view, { ...view, chats: new Map() }, 1).flatMap(({ gone }) => gone.chats)).toEqual([
      ...view.chats.keys(),
    ]);
  });
});

describe('FLR4 watching', () => {
  test('3: the whole chat and what follows, private messages too, and written down as a reading', async (t) => {
    const { store, sofie, anna, visitor, conversation } = await openFloor(t);
    await anna.say(conversation, 'psst', 'agents');
    sofie.send({ type: 'watch', conversation });
    expect((await sofie.reader.ofType('watched')).open).toMatchObject({ conversation, connected: true });
    await visitor.say('and now?');
    await sofie.reader.find((frame) => frame.type === 'event' && JSON.stringify(frame).includes('and now?'));
    expect(sofie.texts).toEqual(['psst', 'and now?']);
    const { entries } = await audited(store);
    expect(entries.map(({ action, target }) => [action, target?.id])).toContainEqual([
      'conversation.read',
      conversation,
    ]);
  });

  test('FLR4 not by agents, nor across organizations, and nobody hears why', async (t) => {
    const { store, server, connect, conversation } = await openFloor(t);
    await hireSupervisor(store, 'b');
    const strangers = [await server.agent('bram-a'), await connect('sofie-b'), await connect('admin-b')];
    for (const one of strangers) {
      for (const id of [conversation, 'there-is-none' as ConversationId]) one.send({ type: 'watch', conversation: id });
      await one.reader.find((frame) => frame.type === 'unwatched' && frame.conversation === 'there-is-none');
      expect(one.reader.frames.filter(({ type }) => type === 'unwatched')).toHaveLength(2);
      expect(one.reader.frames.filter(({ type }) => type === 'event' || type === 'watched')).toEqual([]);
    }
  });

  test('FLR4 one at a time: who watches another leaves the one before', async (t) => {
    const { server, anna, sofie, visitor, conversation } = await openFloor(t);
    const other = await server.visitor();
    const from = anna.reader.frames.length;
    await other.request();
    const second = (await anna.accept(from)) as ConversationId;
    for (const id of [conversation, second]) sofie.send({ type: 'watch', conversation: id });
    await sofie.reader.find((frame) => frame.type === 'watched' && frame.open.conversation === second);
    await visitor.say('unheard');
    await other.say('heard');
    await sofie.reader.find((frame) => JSON.stringify(frame).includes('"heard"'));
    expect(sofie.texts).toEqual(['heard']);
  });

  test('it ends when the chat is moved out of what they oversee', async (t) => {
    const { store, sofie, connect, conversation } = await openFloor(t);
    const organization = 'organization-a' as OrganizationId;
    await store.queues.create({ id: 'queue-x' as QueueId, organization, name: 'Other' });
    const admin = await connect('admin-a');
    sofie.send({ type: 'watch', conversation });
    await sofie.reader.ofType('watched');
    const to = { kind: 'queue', queue: 'queue-x' };
    expect(await admin.command(conversation, { type: 'move', to, note: '' })).toMatchObject({ type: 'ack' });
    expect(await sofie.reader.ofType('unwatched')).toMatchObject({ conversation });
  });

  test('FLR4 it ends, and says so, when the chat is erased under who reads it', async (t) => {
    const { server, sofie, visitor, conversation } = await openFloor(t);
    sofie.send({ type: 'watch', conversation });
    await sofie.reader.ofType('watched');
    await visitor.command({ type: 'end' });
    await eraseConversations({ ...server.context, forgetMail: async () => {} }, [conversation]);
    expect(await sofie.reader.ofType('unwatched')).toEqual({ type: 'unwatched', conversation, reason: 'erased' });
    sofie.send({ type: 'watch', conversation });
    const again = (frame: ToAgent) => frame.type === 'unwatched' && frame.reason === undefined;
    expect(await sofie.reader.find(again)).toMatchObject({ conversation });
  });

  test('who joins what they watch has it as a tab, and each event once', async (t) => {
    const { sofie, visitor, conversation } = await openFloor(t);
    sofie.send({ type: 'watch', conversation });
    await sofie.reader.ofType('watched');
    await sofie.command(conversation, { type: 'join' });
    const from = sofie.reader.frames.findIndex(({ type }) => type === 'open');
    await sofie.reader.ofType('open');
    await visitor.say('once');
    await sofie.reader.find((frame) => JSON.stringify(frame).includes('"once"'), Math.max(0, from));
    sofie.send({ type: 'ping' });
    await sofie.reader.ofType('pong');
    expect(sofie.texts.filter((text) => text === 'once')).toHaveLength(1);
    sofie.send({ type: 'watch', conversation });
    await sofie.reader.ofType('unwatched');
  });
});

describe('FLR5 the visitor', () => {
  test('FLR5 3: never learns that somebody watches or whispers; the agent gets the whisper as private', async (t) => {
    const { sofie, anna, visitor, conversation } = await openFloor(t);
    await visitor.say('hello');
    const before = visitor.reader.frames.length;
    sofie.send({ type: 'floor', on: true });
    sofie.send({ type: 'watch', conversation });
    await sofie.reader.ofType('watched');
    sofie.send({ type: 'typing', conversation, on: true });
    expect(await sofie.say(conversation, 'give her ten per cent', 'agents')).toMatchObject({ type: 'ack' });
    expect(await sofie.say(conversation, 'hello visitor')).toMatchObject({ code: 'not_allowed' });
    const whisper = await anna.reader.find((frame) => JSON.stringify(frame).includes('ten per cent'));
    expect(whisper).toMatchObject({
      event: { by: { kind: 'agent', agent: { id: 'sofie-a' } }, body: { type: 'message', audience: 'agents' } },
    });
    await anna.say(conversation, 'you may have ten');
    await visitor.reader.find((frame) => JSON.stringify(frame).includes('you may have ten'));
    const heard = visitor.reader.frames.slice(before);
    expect(heard.map(({ type }) => type)).toEqual(['event']);
    expect(JSON.stringify(visitor.reader.frames)).not.toContain('sofie');
  });

  test('3: sees who joins, and is told where they wait once they are moved', async (t) => {
    const { store, sofie, visitor, conversation } = await openFloor(t);
    await store.queues.create({
      id: 'queue-x' as QueueId,
      organization: 'organization-a' as OrganizationId,
      name: 'X',
    });
    await sofie.command(conversation, { type: 'join' });
    await visitor.reader.find((frame) => frame.type === 'event' && frame.event.body.type === 'joined');
    const move = { type: 'move', to: { kind: 'queue', queue: 'queue-x' }, note: '' };
    await sofie.command(conversation, move);
    const moved = await visitor.reader.find((frame) => frame.type === 'event' && frame.event.body.type === 'moved');
    expect(moved).toMatchObject({ event: { body: { queue: { id: 'queue-x', name: 'X' } } } });
    await visitor.reader.find((frame) => frame.type === 'signal' && frame.signal.kind === 'place');
    await sofie.reader.find((frame) => frame.type === 'gone' && frame.reason === 'moved');
  });
});

const audited = async (store: Awaited<ReturnType<typeof openFloor>>['store']) => ({
  entries: await store.audit.page('organization-a' as OrganizationId, {}, null, 50),
});
