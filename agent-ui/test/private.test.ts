import { afterEach, describe, expect, it, vi } from 'vitest';
import { entriesOf } from '../state/entries.ts';
import { anna, byAnna, byVisitor, openDesk } from './open-desk.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function openChat() {
  const desk = await openDesk();
  const log = desk.chatting('ada');
  const setPrivate = (isPrivate: boolean) => desk.desk.act({ type: 'set-private', conversation: log.id, isPrivate });
  const write = (text: string) => desk.desk.act({ type: 'write', conversation: log.id, text });
  const typing = () => desk.sent.flatMap((frame) => (frame.type === 'typing' ? [frame.on] : []));
  return { ...desk, log, setPrivate, write, typing };
}

describe('private mode', () => {
  it('is off until it is switched on, and says with every message for whom it is', async () => {
    const { desk, log, commands, setPrivate } = await openChat();
    desk.act({ type: 'say', conversation: log.id, text: 'hello' });
    expect(commands().at(-1)?.command).toMatchObject({ audience: 'everyone' });
    const first = commands().at(-1);
    if (first) log.happen({ type: 'message', text: 'hello', audience: 'everyone' }, byAnna, first.id);
    setPrivate(true);
    desk.act({ type: 'say', conversation: log.id, text: 'psst' });
    expect(desk.store.get().sending.at(-1)?.command).toMatchObject({ text: 'psst', audience: 'agents' });
  });

  it('is each chat’s own', async () => {
    const { desk, chatting, chat, setPrivate } = await openChat();
    chatting('ben');
    setPrivate(true);
    expect([chat('ada')?.isPrivate, chat('ben')?.isPrivate]).toEqual([true, false]);
    expect(desk.store.get().chats).toHaveLength(2);
  });

  it('tells nobody that one types, and ends what was told', async () => {
    const { setPrivate, write, typing } = await openChat();
    write('Hel');
    expect(typing()).toEqual([true]);
    setPrivate(true);
    expect(typing()).toEqual([true, false]);
    write('Hello colleague');
    await vi.advanceTimersByTimeAsync(5000);
    write('Hello colleague, look');
    expect(typing()).toEqual([true, false]);
  });

  it('keeps the text when it is switched off', async () => {
    const { setPrivate, write, chat } = await openChat();
    setPrivate(true);
    write('a note');
    setPrivate(false);
    expect(chat('ada')).toMatchObject({ draft: 'a note', isPrivate: false });
  });

  it('marks its messages, keeps them apart from others, and never says that the visitor read them', async () => {
    const { log, chat, deliver } = await openChat();
    log.happen({ type: 'message', text: 'hello', audience: 'everyone' }, byAnna);
    log.happen({ type: 'message', text: 'psst', audience: 'agents' }, byAnna);
    log.happen({ type: 'message', text: 'ah', audience: 'everyone' }, byVisitor);
    deliver({ type: 'signal', conversation: log.id, signal: { kind: 'seen', seq: 6 } });
    const entries = entriesOf({ events: chat('ada')?.events ?? [], me: anna.id, seen: 6, now: Date.now() });
    const messages = entries.flatMap((entry) => (entry.kind === 'message' ? [entry] : []));
    expect(messages.map(({ isPrivate, delivery, first }) => [isPrivate, delivery?.kind, first])).toEqual([
      [false, 'read', true],
      [true, 'sent', true],
      [false, undefined, true],
    ]);
  });
});

describe('the form at the end of a chat', () => {
  const closing = { categories: ['Sold', 'Question'], required: true };

  it('keeps the tab of a chat that one closed until it is filled in', async () => {
    const { desk, log, deliver, commands } = await openDesk().then((opened) => ({
      ...opened,
      log: opened.log('ada', { closing }),
    }));
    log.happen({
      type: 'requested',
      queue: { id: 'q' as never, name: 'Q' },
      page: { url: '', title: '' },
      locale: 'en',
    });
    log.happen({ type: 'accepted', agent: anna }, byAnna);
    deliver({ type: 'signal', conversation: log.id, signal: { kind: 'presence', connected: false } });
    desk.act({ type: 'close', conversation: log.id });
    const end = commands().at(-1);
    log.happen({ type: 'ended', reason: 'agent' }, byAnna, end?.id);
    expect(desk.store.get().chats).toHaveLength(1);
    desk.act({ type: 'close', conversation: log.id });
    expect(desk.store.get().chats).toHaveLength(1);
    desk.act({ type: 'classify', conversation: log.id, category: 'Sold', note: '' });
    expect(desk.store.get().sending.at(-1)?.command).toEqual({ type: 'classify', category: 'Sold' });
    expect(desk.store.get().chats).toHaveLength(0);
  });
});
