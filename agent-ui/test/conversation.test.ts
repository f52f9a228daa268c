import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CommandId } from '../../protocol/ids.ts';
import { sendingIn } from '../state/desk-state.ts';
import { type Entry, entriesOf } from '../state/entries.ts';
import { createKeptMessages } from '../state/kept-messages.ts';
import {
  anna,
  byAnna,
  byBram,
  byVisitor,
  message,
  openDesk,
  opening,
  presented,
  requested,
  verified,
} from './open-desk.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function openChat() {
  const desk = await openDesk();
  const log = desk.chatting('ada');
  const entries = (): Entry[] => {
    const chat = desk.chat('ada');
    if (!chat) throw new Error('The tab has gone.');
    const sending = sendingIn(desk.state, log.id);
    return entriesOf({ events: chat.events, me: anna.id, seen: chat.seen, sending, now: desk.desk.now() });
  };
  const messages = () => entries().flatMap((entry) => (entry.kind === 'message' ? [entry] : []));
  const lines = () => entries().flatMap((entry) => (entry.kind === 'line' ? [entry.line] : []));
  return { ...desk, desk, log, entries, messages, lines };
}

describe('the order of a conversation', () => {
  it('is the log’s, each event once, whatever arrives', async () => {
    const { desk, log, messages } = await openChat();
    for (const text of ['one', 'two', 'three']) log.happen(message(text), byVisitor);
    log.sendAgain(0);
    expect(messages().map(({ text }) => text)).toEqual(['one', 'two', 'three']);
    expect(desk.chat('ada')?.events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('tells where the visitor is by the title, or by the address where the title stayed the same', async () => {
    const { log, lines } = await openChat();
    const visit = (url: string, title: string) => log.happen({ type: 'visited', page: { url, title } }, byVisitor);
    visit('https://shop.example/basket', 'Basket');
    visit('https://shop.example/basket?step=2', 'Basket');
    visit('https://shop.example/basket?step=3', 'Basket');
    visit('https://shop.example/paid', 'Thank you');
    visit('https://shop.example/untitled', '');
    expect(lines().flatMap((line) => (line.kind === 'visited' ? [line.page] : []))).toEqual([
      'Basket',
      'https://shop.example/basket?step=2',
      'https://shop.example/basket?step=3',
      'Thank you',
      'https://shop.example/untitled',
    ]);
  });

  it('asks once for what was lost on the way, and goes on in order', async () => {
    const { log, messages, sent } = await openChat();
    log.lose(message('one'), byVisitor);
    log.happen(message('two'), byVisitor);
    log.happen(message('three'), byVisitor);
    expect(messages()).toEqual([]);
    expect(sent.filter(({ type }) => type === 'resume')).toEqual([{ type: 'resume', conversation: log.id, after: 3 }]);
    log.sendAgain(3);
    expect(messages().map(({ text }) => text)).toEqual(['one', 'two', 'three']);
  });

  it('is resumed from the cursor after a lost connection', async () => {
    const { desk, log, sent } = await openChat();
    log.happen(message('one'), byVisitor);
    desk.cut();
    await vi.advanceTimersByTimeAsync(30_000);
    await desk.connect();
    expect(sent.findLast(({ type }) => type === 'hello')).toMatchObject({
      cursors: [{ conversation: 'ada', after: 4 }],
    });
  });
});

describe('an own message', () => {
  it('is sending, then sent, then read, in one place', async () => {
    const { desk, log, messages, deliver, commands } = await openChat();
    desk.desk.act({ type: 'say', conversation: log.id, text: 'Hello' });
    expect(messages()).toMatchObject([{ text: 'Hello', delivery: { kind: 'sending' } }]);
    const id = commands().at(-1)?.id as CommandId;
    const key = messages()[0]?.key;

    log.happen(message('Hello'), byAnna, id);
    deliver({ type: 'ack', id, conversation: log.id, seq: 4 });
    expect(messages()).toMatchObject([{ key, delivery: { kind: 'sent' } }]);
    deliver({ type: 'signal', conversation: log.id, signal: { kind: 'seen', seq: 4 } });
    expect(messages()).toMatchObject([{ key, delivery: { kind: 'read' } }]);
  });

  it('stands there once where the event overtakes the acknowledgement', async () => {
    const { desk, log, messages, commands } = await openChat();
    desk.desk.act({ type: 'say', conversation: log.id, text: 'Hello' });
    log.happen(message('Hello'), byAnna, commands().at(-1)?.id);
    expect(messages().length).toBe(1);
  });

  it('that was refused says so, and can be sent again under its id or discarded', async () => {
    const { desk, log, messages, deliver, commands } = await openChat();
    desk.desk.act({ type: 'say', conversation: log.id, text: 'Hello' });
    const id = commands().at(-1)?.id as CommandId;
    deliver({ type: 'refusal', id, code: 'not_allowed', message: '' });
    expect(messages()).toMatchObject([{ delivery: { kind: 'failed', id, code: 'not_allowed' } }]);
    desk.desk.act({ type: 'retry', id });
    expect(commands().map((frame) => frame.id)).toEqual([id, id]);
    deliver({ type: 'refusal', id, code: 'not_allowed', message: '' });
    desk.desk.act({ type: 'discard', id });
    expect(messages()).toEqual([]);
  });

  it('written while the connection is lost goes out when it is back', async () => {
    const { desk, log, messages, commands } = await openChat();
    desk.cut();
    desk.desk.act({ type: 'say', conversation: log.id, text: 'Hello' });
    expect(messages()).toMatchObject([{ delivery: { kind: 'sending' } }]);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(commands()).toEqual([]);
    await desk.connect({ conversations: [opening(log.id, { after: 3 })] });
    expect(commands()).toMatchObject([{ command: { type: 'message', text: 'Hello', audience: 'everyone' } }]);
  });

  it('not acknowledged when the page is loaded again is sent again under its id', async () => {
    const { desk, log, storage, commands } = await openChat();
    desk.desk.act({ type: 'say', conversation: log.id, text: 'Hello' });
    const id = commands().at(-1)?.id;
    const again = await openDesk({ kept: createKeptMessages(() => storage) });
    expect(again.commands()).toMatchObject([{ id, command: { text: 'Hello' } }]);
  });

  it('is not left to whoever signs in next', async () => {
    const { desk, log, storage } = await openChat();
    desk.cut();
    desk.desk.act({ type: 'say', conversation: log.id, text: 'Hello' });
    expect(storage.items.size).toBeGreaterThan(0);
    desk.desk.act({ type: 'sign-out' });
    await vi.advanceTimersByTimeAsync(0);
    expect(storage.items.size).toBe(0);
  });

  it('of white space alone is not sent', async () => {
    const { desk, log, messages } = await openChat();
    desk.desk.act({ type: 'say', conversation: log.id, text: ' \n ' });
    expect(messages()).toEqual([]);
  });
});

describe('what a conversation shows', () => {
  it('groups what one person said within a minute', async () => {
    const { log, messages } = await openChat();
    log.happen(message('one'), byVisitor);
    log.happen(message('two'), byVisitor);
    log.happen(message('three'), byBram);
    vi.setSystemTime(Date.now() + 60_000);
    log.happen(message('four'), byBram);
    expect(messages().map(({ first, last }) => [first, last])).toEqual([
      [true, false],
      [false, true],
      [true, true],
      [true, true],
    ]);
  });

  it('begins each day with its date', async () => {
    const { log, entries } = await openChat();
    vi.setSystemTime(Date.now() + 86_400_000);
    log.happen(message('late'), byVisitor);
    expect(entries().map(({ kind }) => kind)).toEqual(['day', 'line', 'line', 'day', 'message']);
  });

  it('draws no line for a token that was merely renewed', async () => {
    const { log, lines } = await openChat();
    const before = lines().length;
    log.happen(verified({ name: 'Ada' }));
    log.happen(verified({ name: 'Ada' }));
    expect(lines().length).toBe(before);
    log.happen({ type: 'unverified', check: 'signature' });
    log.happen(verified({ name: 'Ada' }));
    expect(
      lines()
        .slice(before)
        .map(({ kind }) => kind),
    ).toEqual(['unverified', 'verified']);
  });

  it('speaks of a loss only where something had been verified', async () => {
    const { log, lines } = await openChat();
    log.happen({ type: 'unverified', check: 'audience' });
    log.happen(verified({ name: 'Ada' }));
    log.happen({ type: 'unverified', check: 'key_revoked' });
    const losses = lines().flatMap((line) => (line.kind === 'unverified' ? [line.isLoss] : []));
    expect(losses).toEqual([false, true]);
  });

  it('says that the visitor ended the chat', async () => {
    const { log, lines } = await openChat();
    log.happen({ type: 'ended', reason: 'visitor' }, byVisitor);
    expect(lines().at(-1)).toMatchObject({ kind: 'ended', reason: 'visitor' });
  });

  it('forgets that the visitor types when that is not repeated', async () => {
    const { desk, log, deliver } = await openChat();
    deliver({ type: 'signal', conversation: log.id, signal: { kind: 'typing', by: 'visitor', on: true } });
    expect(desk.chat('ada')?.typing).toBe(true);
    await vi.advanceTimersByTimeAsync(6000);
    expect(desk.chat('ada')?.typing).toBe(false);
  });
});

describe('news', () => {
  it('is told of a request, a message and an end, and never again after a reconnect', async () => {
    const { desk, log, news } = await openChat();
    log.happen(message('Hello?'), byVisitor);
    log.happen({ type: 'ended', reason: 'visitor' }, byVisitor);
    const told = news.map(({ kind }) => kind);
    expect(told).toEqual(['request', 'message', 'ended']);
    log.sendAgain(0);
    expect(desk.news.length).toBe(3);
  });

  it('is nothing that happened before this page was opened', async () => {
    const desk = await openDesk();
    vi.setSystemTime(Date.now() - 60_000);
    const old = desk.log('ada');
    old.happen(requested, byVisitor);
    old.happen(presented());
    expect(desk.chat('ada')?.stage.kind).toBe('request');
    expect(desk.news).toEqual([]);
  });
});
