import { describe, expect, test, vi } from 'vitest';
import { type HandPumpedRequest, pumpRequests } from '../../client/test/hand-pumped-request.ts';
import { attach, type Chat, clear, deliver, remove, retry, shelfOf } from '../uploads.ts';
import { chatting, openLine } from './open-line.ts';

const file = (name: string) => new File(['content'], name);
const refOf = (name: string) => ({ id: name.padEnd(22, '-'), name, kind: 'text', bytes: 7 });
const conversation = { conversation: 'c1', after: 0 };

/** A chat with an agent; and every upload that it begins, by its name. */
async function attaching() {
  const visitor = await chatting();
  const requests = pumpRequests();
  const field = { value: 'See this', style: {} };
  const root = { querySelector: () => field } as unknown as ShadowRoot;
  const { store, line, life, desk } = visitor;
  const chat: Chat = { store, line, life: life.signal, root };
  const of = (name: string) => vi.waitUntil(() => requests.find((one) => one.name === name && !one.isOver));
  return {
    ...visitor,
    chat,
    field,
    of,
    states: () => shelfOf(chat)?.uploads.map(({ name, state }) => `${name} ${state}`),
    sent: () =>
      desk.page
        .latest()
        .of('send')
        .filter(({ command }) => (command as { type: string }).type === 'message'),
    async uploaded(name: string) {
      ((await of(name)) as HandPumpedRequest).answer(201, { files: [refOf(name)] });
      await vi.waitUntil(() => shelfOf(chat)?.uploads.every((one) => one.name !== name || one.state === 'done'));
    },
  };
}

describe('files of a message', () => {
  test('go with the text in one message, in the order of their choosing', async () => {
    const { chat, uploaded, sent } = await attaching();
    attach(chat, [file('a'), file('b')]);
    await uploaded('b');
    await uploaded('a');
    expect(deliver(chat, 'See this')).toBe(true);
    const files = [refOf('a').id, refOf('b').id];
    expect(sent()).toMatchObject([{ command: { type: 'message', text: 'See this', files } }]);
    expect(shelfOf(chat)?.uploads).toEqual([]);
  });

  test('a message that was sent too soon waits for them, and goes with what stands in the text box then', async () => {
    const { chat, line, field, uploaded, sent } = await attaching();
    attach(chat, [file('a')]);
    expect(deliver(chat, 'See')).toBe(false);
    expect(sent()).toEqual([]);
    line.records.changeTab({ draft: 'See this' });
    await uploaded('a');
    expect(sent()).toMatchObject([{ command: { text: 'See this', files: [refOf('a').id] } }]);
    expect([field.value, line.records.tab.draft]).toEqual(['', '']);
  });

  test('a file that failed keeps the message back, and can be tried again in its place', async () => {
    const { chat, of, states, uploaded, sent } = await attaching();
    attach(chat, [file('a'), file('b')]);
    expect(deliver(chat, 'See this')).toBe(false);
    (await of('a'))?.cut();
    await uploaded('b');
    expect(states()).toEqual(['a failed', 'b done']);
    expect(deliver(chat, 'See this')).toBe(false);
    expect(sent()).toEqual([]);
    const [failed] = shelfOf(chat)?.uploads ?? [];
    if (failed?.state === 'failed') retry(chat, failed);
    expect(states()).toEqual(['a sending', 'b done']);
    await uploaded('a');
    expect(deliver(chat, 'See this')).toBe(true);
  });

  test('when the last one that a message waits for is cancelled, it goes without', async () => {
    const { chat, line, of, sent } = await attaching();
    line.records.changeTab({ draft: 'See this' });
    attach(chat, [file('a')]);
    const request = await of('a');
    deliver(chat, 'See this');
    const [upload] = shelfOf(chat)?.uploads ?? [];
    if (upload) remove(chat, upload);
    expect(request?.isAborted).toBe(true);
    const [message] = sent();
    expect(message).toMatchObject({ command: { text: 'See this' } });
    expect(message?.command).not.toHaveProperty('files');
  });

  test('what was uploaded is still attached after a reload', async () => {
    const { browser, page, life, chat, uploaded } = await attaching();
    attach(chat, [file('a'), file('b')]);
    await uploaded('a');
    life.abort();
    const next = openLine(browser, page.tab);
    next.line.wake();
    await next.desk.greet({ conversation });
    const again: Chat = { ...chat, store: next.store, line: next.line, life: next.life.signal };
    expect(shelfOf(again)?.uploads).toMatchObject([{ name: 'a', state: 'done' }]);
  });

  test('nothing of one conversation is attached to the next', async () => {
    const { chat, desk, of, uploaded } = await attaching();
    attach(chat, [file('a'), file('b')]);
    await uploaded('a');
    desk.event({ type: 'ended', reason: 'visitor' });
    desk.begin('c2');
    desk.event({ type: 'requested', queue: { id: 'q', name: 'Support' }, page: { url: '', title: '' }, locale: 'en' });
    expect(shelfOf(chat)?.uploads).toEqual([]);
    clear(chat);
    expect((await of('b'))?.isAborted).toBe(true);
  });

  test('the sixth is refused before it travels', async () => {
    const { chat, states } = await attaching();
    attach(chat, ['1', '2', '3', '4', '5', '6'].map(file));
    expect(states()).toHaveLength(5);
    expect(shelfOf(chat)?.flaws).toEqual([{ name: '6', reason: 'tooMany' }]);
  });
});
