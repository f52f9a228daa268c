import { describe, expect, test, vi } from 'vitest';
import { standingOf } from '../chat-state.ts';
import { createFakeBrowser } from './fake-browser.ts';
import { anna, answers, at, bodiesOf, chatting, openLine, requested, said, session } from './open-line.ts';

describe('visitor line', () => {
  test('L014 opens no socket before it is shown', () => {
    const { page } = openLine();
    expect(page.sockets).toEqual([]);
  });

  test('9 says where the visitor is, without the secrets that a fragment may hold', async () => {
    const { line, desk } = openLine();
    line.show(true);
    const hello = await desk.hello();
    expect(hello).toMatchObject({ version: 1, page: { url: 'https://shop.example/lamps?colour=red', title: 'Lamps' } });
    expect(Object.keys(hello).sort()).toEqual(['page', 'proof', 'type', 'version']);
  });

  test('10 asks only what the site wants to know and nobody has verified', async () => {
    const { line, desk, store } = openLine();
    line.show(true);
    await desk.greet();
    expect(store.state.asked).toEqual(['name', 'email']);
    desk.deliver({ type: 'identity', identity: { state: 'verified', expiresAt: at + 1, known: ['email'] } });
    expect(store.state.asked).toEqual(['name']);
  });

  test('10 a second click on the way to a chat requests no second one', async () => {
    const { line, desk, page } = openLine();
    line.show(true);
    await desk.greet();
    line.request(answers);
    line.request(answers);
    await desk.take();
    expect(page.latest().of('send')).toHaveLength(1);
  });

  test('10, 13 the next page says hello with the session, and proves it with the same key', async () => {
    const first = await chatting();
    const keyOf = ({ proof }: Record<string, unknown>) =>
      JSON.parse(Buffer.from(String(proof).split('.')[0] ?? '', 'base64url').toString()).jwk.x;
    const before = keyOf(await first.desk.sent('hello'));
    first.life.abort();
    const next = openLine(first.browser);
    next.line.wake();
    const hello = await next.desk.hello();
    expect(hello.session).toBe(session);
    expect(keyOf(hello)).toBe(before);
  });

  test('10 what was typed without a connection is sent by the next page, under the same id', async () => {
    const first = await chatting();
    first.page.latest().onclose?.();
    first.line.message('In the tunnel');
    const [unsent] = first.store.state.unsent;
    first.life.abort();
    const next = openLine(first.browser, first.page.tab);
    next.line.wake();
    await next.desk.greet({ conversation: { conversation: 'c1', after: 0 } });
    expect(await next.desk.sent('send')).toMatchObject({ id: unsent?.id, command: { text: 'In the tunnel' } });
  });

  test('SND a message stays on the screen between its acknowledgement and its event', async () => {
    const { line, desk, store } = await chatting();
    line.message('Hello');
    const { id } = await desk.sent('send');
    desk.deliver({ type: 'ack', id, conversation: 'c1', seq: 3 });
    expect(store.state.unsent.map(({ id: unsent }) => unsent)).toEqual([id]);
    desk.event(said('Hello'), undefined, id);
    expect(store.state.unsent).toEqual([]);
  });

  test('SND a message that arrived before the connection went is not sent for ever', async () => {
    const { line, desk, store } = await chatting();
    line.message('Hello');
    const { id } = await desk.sent('send');
    desk.event(said('Hello'), undefined, id);
    expect(store.state.unsent).toEqual([]);
    desk.deliver({ type: 'ack', id, conversation: 'c1', seq: 3 });
    expect(bodiesOf(store.state)).toEqual(['requested', 'accepted', 'message']);
  });

  test('RSM asks once for what is missing before an event', async () => {
    const { desk, page, store } = await chatting();
    const gap = { type: 'event', conversation: 'c1', event: { at, by: { kind: 'visitor' }, body: said('later') } };
    desk.deliver({ ...gap, seq: 5 });
    desk.deliver({ ...gap, seq: 6 });
    expect(page.latest().of('resume')).toEqual([{ type: 'resume', conversation: 'c1', after: 2 }]);
    expect(store.state.events).toHaveLength(2);
  });

  test('10 a refused message stays, says so, and can be tried again', async () => {
    const { line, desk, page, store } = await chatting();
    line.message('Hello');
    const { id } = await desk.sent('send');
    desk.deliver({ type: 'refusal', id, code: 'invalid_field', message: '' });
    expect(store.state.unsent[0]).toMatchObject({ id, refused: 'invalid_field' });
    line.outbox.retry(store.state.unsent[0]?.id as never);
    expect(page.latest().of('send').at(-1)?.id).toBe(id);
  });

  test('a refused answer to an offer stays, with its reason, and the chat goes on', async () => {
    const { line, desk, store } = await chatting();
    line.outbox.add({ type: 'answer', offer: 'o' as never, values: ['x'] });
    const { id } = await desk.sent('send');
    desk.deliver({ type: 'refusal', id, code: 'already_answered', message: '' });
    expect(store.state.unsent).toMatchObject([{ id, refused: 'already_answered' }]);
    expect(store.state.failed).toBe(false);
    expect(standingOf(store.state).phase).toBe('active');
  });

  test('an answer given without a connection is sent under the same id by the next page', async () => {
    const first = await chatting();
    first.page.latest().onclose?.();
    const id = first.line.outbox.add({ type: 'answer', offer: 'o' as never, values: [] });
    first.life.abort();
    const next = openLine(first.browser, first.page.tab);
    next.line.wake();
    await next.desk.greet({ conversation: { conversation: 'c1', after: 0 } });
    expect(await next.desk.sent('send')).toMatchObject({ id, command: { type: 'answer', values: [] } });
  });

  test('says who is there: those who came and have not left', async () => {
    const { desk, store } = await chatting();
    const bram = { id: 'bram', name: 'Bram' };
    desk.agent({ type: 'joined', agent: bram });
    expect(standingOf(store.state)).toMatchObject({ phase: 'active', agents: ['Anna', 'Bram'] });
    desk.agent({ type: 'left', agent: anna, reason: 'left' });
    expect(standingOf(store.state)).toMatchObject({ phase: 'active', agents: ['Bram'] });
    desk.agent({ type: 'left', agent: bram, reason: 'lost' });
    expect(standingOf(store.state)).toMatchObject({ phase: 'waiting', agents: [] });
  });

  test('10 a refused request says so, and keeps nothing open', async () => {
    const { line, desk, browser, store } = openLine();
    line.show(true);
    await desk.greet();
    line.request(answers);
    const { id } = await desk.sent('send');
    await vi.waitUntil(() => browser.kept['balie:gloed']);
    desk.deliver({ type: 'refusal', id, code: 'invalid_field', message: '', field: 'email' });
    expect(store.state).toMatchObject({ failed: true, unsent: [] });
    expect(standingOf(store.state).phase).toBe('none');
    expect(browser.kept['balie:gloed']).toContain('"open":false');
  });

  test('10 the session is kept only together with its key', async () => {
    const { line, desk, browser } = openLine(createFakeBrowser({ refusesStorage: true }));
    line.show(true);
    await desk.greet();
    line.request(answers);
    await desk.take();
    expect(browser.kept).toEqual({});
  });

  test('10 a session that the server never heard of is dropped, and its request sent under the new one', async () => {
    const { line, desk, page, store } = openLine();
    line.show(true);
    await desk.greet();
    line.request(answers);
    const { id } = await desk.sent('send');
    desk.deliver({ type: 'fault', code: 'session_refused', message: '' });
    expect(await desk.hello()).not.toHaveProperty('session');
    desk.ready({ session: 'u'.repeat(43) });
    expect((await desk.sent('send')).id).toBe(id);
    expect(page.sockets).toHaveLength(2);
    expect(standingOf(store.state).phase).toBe('waiting');
  });

  test('10 the next conversation of the session replaces the one before, wherever it was begun', async () => {
    const { desk, store } = await chatting();
    desk.event({ type: 'ended', reason: 'visitor' });
    desk.begin('c2');
    desk.event(requested);
    expect(store.state.conversation).toBe('c2');
    expect(bodiesOf(store.state)).toEqual(['requested']);
  });

  test('10 a chat that is over keeps no connection once it is minimised', async () => {
    const { desk, line, page } = await chatting();
    desk.event({ type: 'ended', reason: 'visitor' });
    line.show(false);
    expect(page.latest().closed).toBe(true);
  });

  test('11 what the page sets in the same moment goes in one hello with the token', async () => {
    const { line, desk } = openLine();
    void line.set({ plan: 'gold', cart: 3 });
    void line.set({ cart: null as never });
    void line.identify(async () => 'a.b.c');
    line.show(true);
    const hello = await desk.hello();
    expect(hello.token).toBe('a.b.c');
    expect(JSON.parse(Buffer.from(String(hello.proof).split('.')[1] ?? '', 'base64url').toString()).vars).toEqual({
      plan: 'gold',
    });
  });

  test('11 what the page says while the hello is on its way follows it', async () => {
    const { line, desk } = openLine();
    line.show(true);
    await desk.hello();
    void line.identify('a.b.c');
    desk.ready({ session });
    expect(await desk.sent('identify')).toMatchObject({ token: 'a.b.c' });
  });

  test('12 the page hears what became of its token', async () => {
    const { line, desk, told } = openLine();
    line.show(true);
    await desk.greet({ session, identity: { state: 'refused', check: 'signature' } });
    expect(told).toEqual([['identity', { state: 'refused', check: 'signature' }]]);
  });

  test('the page hears of new messages, not of those that an earlier page told', async () => {
    const { desk, told } = await chatting();
    told.length = 0;
    desk.deliver({
      type: 'event',
      conversation: 'c1',
      seq: 3,
      event: { at: at - 1, by: { kind: 'agent', agent: anna }, body: said('old') },
    });
    expect(told).toEqual([]);
    desk.deliver({
      type: 'event',
      conversation: 'c1',
      seq: 4,
      event: { at: at + 9, by: { kind: 'agent', agent: anna }, body: said('new') },
    });
    expect(told).toEqual([['message', { by: 'agent' }]]);
  });

  test('L016 the end of its life ends socket and listeners', async () => {
    const { life, page, browser } = await chatting();
    life.abort();
    expect(page.latest().closed).toBe(true);
    const kept = { ...browser.kept };
    page.tell(Object.assign(new Event('storage'), { key: null }));
    expect(browser.kept).toEqual(kept);
    expect(page.sockets).toHaveLength(1);
  });
});
