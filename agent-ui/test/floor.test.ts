import { afterEach, describe, expect, it, vi } from 'vitest';
import type { FileRef } from '../../protocol/entities.ts';
import type { FloorAgent, FloorChat, FloorFrame, FloorQueue } from '../../protocol/floor.ts';
import type { AgentId, ConversationId, QueueId } from '../../protocol/ids.ts';
import { noRows, rowsAfter, serviceLevel } from '../state/floor-rows.ts';
import {
  accepted,
  anna,
  bram,
  byBram,
  byVisitor,
  message,
  openDesk,
  opening,
  requested,
  support,
} from './open-desk.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const ada = 'ada' as ConversationId;
const chat = (name: string, change: Partial<FloorChat> = {}): FloorChat => ({
  conversation: name as ConversationId,
  visitor: name,
  queue: support,
  phase: 'active',
  agents: [bram],
  since: 1,
  ...change,
});
const agent = (id: string, change: Partial<FloorAgent> = {}): FloorAgent => ({
  agent: { id: id as AgentId, name: id },
  state: 'ready',
  since: 1,
  lost: false,
  load: 0,
  room: 4,
  ...change,
});
const queue = (id: string, change: Partial<FloorQueue> = {}): FloorQueue => ({
  queue: { id: id as QueueId, name: id },
  waiting: 0,
  longestSince: null,
  active: 0,
  answerWithinMs: 60_000,
  accepted: 0,
  inTime: 0,
  abandoned: 0,
  ready: 0,
  paused: 0,
  off: 0,
  ...change,
});
const frame = (change: Partial<FloorFrame> = {}): FloorFrame => ({
  type: 'floor',
  at: 1,
  anew: false,
  queues: [],
  agents: [],
  chats: [],
  gone: { queues: [], agents: [], chats: [] },
  ...change,
});

describe('the rows of the floor', () => {
  it('take the place of those before, and go when they are named as gone', () => {
    const first = rowsAfter(noRows, frame({ anew: true, queues: [queue('b'), queue('a')], chats: [chat('ada')] }));
    expect(first.queues.map((row) => row.queue.id)).toEqual(['a', 'b']);
    const next = rowsAfter(
      first,
      frame({ queues: [queue('b', { waiting: 3 })], gone: { queues: ['a' as QueueId], agents: [], chats: [ada] } }),
    );
    expect(next.queues).toEqual([queue('b', { waiting: 3 })]);
    expect(next.chats).toEqual([]);
    expect(rowsAfter(next, frame({ anew: true })).queues).toEqual([]);
  });

  it('stand in the order in which they are read: who waits longest, who can answer', () => {
    const rows = rowsAfter(
      noRows,
      frame({
        chats: [
          chat('talks', { since: 1 }),
          chat('late', { phase: 'waiting', since: 9 }),
          chat('long', { phase: 'presented', since: 2 }),
        ],
        agents: [agent('off', { state: 'off' }), agent('b'), agent('paused', { state: 'paused' }), agent('a')],
      }),
    );
    expect(rows.chats.map(({ conversation }) => conversation)).toEqual(['long', 'late', 'talks']);
    expect(rows.agents.map((row) => row.agent.id)).toEqual(['a', 'b', 'paused', 'off']);
  });

  it('give a service level once there is something to judge', () => {
    expect(serviceLevel(queue('a'))).toBeNull();
    expect(serviceLevel(queue('a', { accepted: 3, inTime: 3, abandoned: 1 }))).toBe(0.75);
  });
});

describe('the floor', () => {
  async function openFloor() {
    const opened = await openDesk();
    const { session } = opened.state;
    // Whoever may not go there stays where they are.
    if (session.kind === 'signed-in')
      opened.desk.store.set({ ...opened.state, session: { ...session, role: 'supervisor' } });
    opened.desk.act({ type: 'go', place: 'floor' });
    opened.desk.floor.open();
    return {
      ...opened,
      floor: opened.desk.floor,
      get rows() {
        return opened.desk.floor.store.get();
      },
      asked: () => opened.sent.flatMap((one) => (one.type === 'floor' || one.type === 'watch' ? [one] : [])),
    };
  }

  it('is told while somebody looks, and again after the connection was lost', async () => {
    const opened = await openFloor();
    opened.deliver(frame({ anew: true, chats: [chat('ada')] }));
    expect(opened.rows).toMatchObject({ isTold: true, chats: [{ conversation: 'ada' }] });
    opened.floor.watch(ada);
    opened.cut();
    await vi.advanceTimersByTimeAsync(2000);
    await opened.connect();
    expect(opened.asked().slice(-2)).toEqual([
      { type: 'floor', on: true },
      { type: 'watch', conversation: ada },
    ]);
    opened.floor.close();
    expect(opened.asked().at(-1)).toEqual({ type: 'floor', on: false });
    expect(opened.rows).toMatchObject({ isTold: false, chats: [], reading: null });
    opened.deliver(frame({ chats: [chat('ada')] }));
    expect(opened.rows.isTold).toBe(false);
  });

  async function reading() {
    const opened = await openFloor();
    opened.floor.watch(ada);
    opened.deliver({ type: 'watched', open: opening(ada) });
    const bodies = [
      [requested, byVisitor],
      [{ ...accepted, agent: bram }, byBram],
      [message('hello'), byVisitor],
    ] as const;
    const event = (index: number, [body, by]: (typeof bodies)[number]) =>
      opened.deliver({ type: 'event', conversation: ada, seq: index + 1, event: { at: 1, by, body } as never });
    for (const [index, one] of bodies.entries()) event(index, one);
    return { ...opened, event };
  }

  it('reads along in a chat without making it one of one’s own', async () => {
    const { floor, state, news } = await reading();
    expect(floor.store.get().reading).toMatchObject({ id: ada, agents: [bram], stage: { kind: 'elsewhere' } });
    expect(floor.store.get().reading?.events).toHaveLength(3);
    expect([state.chats, news]).toEqual([[], []]);
  });

  it('asks again where an event is missing, and takes none twice', async () => {
    const { floor, event, sent } = await reading();
    event(4, [message('later'), byVisitor]);
    expect(sent.at(-1)).toEqual({ type: 'resume', conversation: ada, after: 3 });
    event(3, [message('between'), byVisitor]);
    event(4, [message('later'), byVisitor]);
    event(4, [message('later'), byVisitor]);
    expect(floor.store.get().reading?.events).toHaveLength(5);
  });

  it('whispers to agents alone', async () => {
    const { floor, commands } = await reading();
    floor.whisper(ada, 'psst');
    expect(commands().at(-1)).toMatchObject({
      conversation: ada,
      command: { type: 'message', text: 'psst', audience: 'agents' },
    });
  });

  it('whispers no empty words', async () => {
    const { floor, commands } = await reading();
    const before = commands().length;
    floor.whisper(ada, '  ');
    expect(commands()).toHaveLength(before);
  });

  it('keeps what was attached through a lost connection, and sends it in private, once', async () => {
    const { floor, deliver, commands, desk } = await reading();
    const ref = { id: 'f1', name: 'margin.txt', kind: 'text', bytes: 5 } as FileRef;
    const state = { kind: 'done', ref } as const;
    const upload = { key: 1, file: new File(['hello'], ref.name), audience: 'agents', state } as const;
    expect(floor.find(ada)?.isPrivate).toBe(true);
    expect(floor.change(ada, (chat) => ({ ...chat, uploads: [upload] }))).toBe(true);
    deliver({ type: 'watched', open: opening(ada) });
    desk.floor.whisper(ada, '');
    expect(commands().at(-1)).toMatchObject({ command: { type: 'message', audience: 'agents', files: ['f1'] } });
    expect(floor.find(ada)?.uploads).toEqual([]);
    expect(floor.change('ben' as ConversationId, (chat) => chat)).toBe(false);
  });

  it('becomes a tab once one has joined, and goes there', async () => {
    const { floor, deliver, desk, commands } = await reading();
    floor.join(ada);
    expect(commands().at(-1)?.command).toEqual({ type: 'join' });
    deliver({ type: 'open', open: opening(ada) });
    await vi.advanceTimersByTimeAsync(0);
    expect(floor.store.get().reading).toBeNull();
    expect(desk.store.get()).toMatchObject({ place: 'chats', selected: ada });
  });

  it('says so when a chat can’t be read any more, and forgets that with the next', async () => {
    const { floor, deliver } = await reading();
    deliver({ type: 'unwatched', conversation: ada });
    expect(floor.store.get()).toMatchObject({ reading: null, lost: 'gone' });
    const ben = 'ben' as ConversationId;
    floor.watch(ben);
    deliver({ type: 'watched', open: opening(ben) });
    deliver({ type: 'unwatched', conversation: ada });
    expect(floor.store.get()).toMatchObject({ reading: { id: ben }, lost: null });
  });

  it('says that a chat was erased under who reads it, and shows nothing more of it', async () => {
    const { floor, deliver } = await reading();
    deliver({ type: 'unwatched', conversation: ada, reason: 'erased' });
    expect(floor.store.get()).toMatchObject({ reading: null, lost: 'erased' });
  });

  it('moves a chat, and goes along only where it was moved to oneself', async () => {
    const { floor, commands, deliver, desk } = await reading();
    desk.act({ type: 'go', place: 'floor' });
    const to = { kind: 'agent', agent: bram.id } as const;
    floor.move(ada, { to, note: 'yours' });
    expect(commands().at(-1)?.command).toEqual({ type: 'move', to, note: 'yours' });
    deliver({ type: 'open', open: opening('other' as ConversationId) });
    floor.move(ada, { to: { kind: 'agent', agent: anna.id }, note: '' });
    await vi.advanceTimersByTimeAsync(0);
    expect(desk.store.get().place).toBe('floor');
    deliver({ type: 'open', open: opening(ada) });
    await vi.advanceTimersByTimeAsync(0);
    expect(desk.store.get()).toMatchObject({ place: 'chats', selected: ada });
  });
});
