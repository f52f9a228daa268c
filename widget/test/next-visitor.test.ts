import { describe, expect, test, vi } from 'vitest';
import { unreadCount } from '../chat-state.ts';
import { createFakeBrowser } from './fake-browser.ts';
import { at, bodiesOf, chatting, openLine, said, session } from './open-line.ts';

const variablesIn = (frame: object) =>
  JSON.parse(Buffer.from(String('proof' in frame && frame.proof).split('.')[1] ?? '', 'base64url').toString()).vars;

describe('when somebody else comes', () => {
  test('11 what the page said of who signed out is said of nobody else, also where no chat was begun', async () => {
    const { line, desk } = openLine();
    void line.set({ order: 'of Ada' });
    line.show(true);
    expect(variablesIn(await desk.greet())).toEqual({ order: 'of Ada' });
    line.logout();
    expect(variablesIn(await desk.sent('identify'))).toEqual({});
  });

  test.each(['subject_changed', 'signed_out'])('11 nor is it after the fault %s', async (code) => {
    const { line, desk } = await chatting();
    void line.set({ order: 'of Ada' });
    desk.deliver({ type: 'fault', code, message: '' });
    expect(variablesIn(await desk.hello())).toEqual({});
  });

  test('11 another session in the answer wipes the chat before', async () => {
    const { line, desk, store, browser } = await chatting();
    line.message('A secret');
    desk.deliver({ type: 'challenge', version: 1, nonce: 'm'.repeat(22), at });
    desk.ready({ session: 't'.repeat(43) });
    expect(store.state).toMatchObject({ conversation: null, events: [], unsent: [], answers: {} });
    expect([browser.kept, browser.databases.size]).toEqual([{}, 0]);
  });

  test.each(['subject_changed', 'signed_out'])(
    '11 the fault %s wipes it, and a new visitor is greeted',
    async (code) => {
      const { desk, store, page, browser } = await chatting();
      desk.deliver({ type: 'fault', code, message: '' });
      expect(store.state).toMatchObject({ conversation: null, events: [], shown: true });
      expect(browser.kept).toEqual({});
      expect(page.sockets).toHaveLength(2);
      expect(await desk.hello()).not.toHaveProperty('session');
    },
  );

  test('J072 a sign-out wipes the page at once, also without a connection, and the server is told by the old key', async () => {
    const { line, desk, store, browser, page } = await chatting();
    desk.deliver({
      type: 'identity',
      identity: { state: 'verified', expiresAt: at + 3_600_000, known: ['name', 'email'] },
    });
    page.latest().onclose?.();
    line.logout();
    expect(store.state.events).toEqual([]);
    expect(browser.kept).toEqual({});
    await vi.waitUntil(() => page.sockets.length === 2, { timeout: 3000 });
    expect(await desk.hello()).toMatchObject({ session, token: null });
  });

  test('11 a page without anybody signed in loses no anonymous chat by saying so', async () => {
    const { line, desk, store } = await chatting();
    line.logout();
    expect(await desk.sent('identify')).toMatchObject({ token: null });
    expect(bodiesOf(store.state)).toEqual(['requested', 'accepted']);
  });

  test('10 the session that another tab began is taken over', async () => {
    const browser = createFakeBrowser();
    const { line, desk, page } = openLine(browser);
    void line.set({ plan: 'gold' });
    line.show(true);
    await desk.greet();
    browser.kept['balie:gloed'] = JSON.stringify({
      session: 'o'.repeat(43),
      open: true,
      shown: true,
      identified: false,
    });
    page.tell(Object.assign(new Event('storage'), { key: 'balie:gloed' }));
    expect(page.sockets).toHaveLength(2);
    const hello = await desk.hello();
    expect(hello).toMatchObject({ session: 'o'.repeat(43) });
    // That tab has said what is so; of whom this page speaks is not known.
    expect(variablesIn(hello)).toBeUndefined();
  });

  test.each([true, false])(
    '11 nothing that this page set goes to who is there now (signed in: %s)',
    async (identified) => {
      const browser = createFakeBrowser();
      const { line, desk, page } = openLine(browser);
      void line.set({ order: 'of Ada' });
      browser.kept['balie:gloed'] = JSON.stringify({
        session: 'o'.repeat(43),
        open: true,
        shown: true,
        identified,
      });
      page.tell(Object.assign(new Event('storage'), { key: 'balie:gloed' }));
      expect(variablesIn(await desk.hello())).toBeUndefined();
      void line.set({ order: 'of Ben' });
      desk.ready();
      expect(variablesIn(await desk.sent('identify'))).toEqual({ order: 'of Ben' });
    },
  );

  test('10 what is seen in one tab is seen in the other', async () => {
    const { desk, line, page, browser, store } = await chatting();
    line.show(false);
    desk.agent(said('Hello'));
    expect(unreadCount(store.state)).toBe(1);
    const kept = JSON.parse(browser.kept['balie:gloed'] ?? '');
    browser.kept['balie:gloed'] = JSON.stringify({ ...kept, conversation: 'c1', seen: 3 });
    page.tell(Object.assign(new Event('storage'), { key: 'balie:gloed' }));
    expect(unreadCount(store.state)).toBe(0);
  });
});
