import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AgentReady } from '../../protocol/agent-frames.ts';
import type { ConversationId } from '../../protocol/ids.ts';
import { byVisitor, createStorage, message, openDesk, opening } from './open-desk.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

type OpenDesk = Awaited<ReturnType<typeof openDesk>>;

/** The same browser tab, and a page that was loaded again in it. */
async function loadAgain(
  storage: ReturnType<typeof createStorage>,
  ready: Partial<AgentReady> = {},
): Promise<OpenDesk> {
  const first = await openDesk({ storage: () => storage });
  first.chatting('ada');
  const ben = first.chatting('ben');
  ben.happen(message('Read'), byVisitor);
  first.desk.act({ type: 'select', conversation: ben.id });
  first.desk.act({ type: 'write', conversation: ben.id, text: 'One mom' });
  first.chatting('cas').happen({ type: 'ended', reason: 'visitor' }, byVisitor);
  return openDesk({ storage: () => storage }, ready);
}

const ids = ['ada', 'ben', 'cas'] as ConversationId[];
const conversations = ids.map((id) => opening(id));

function play(desk: OpenDesk) {
  for (const id of ids) {
    const chat = desk.chatting(id);
    if (id === 'ben') for (const text of ['Read', 'New']) chat.happen(message(text), byVisitor);
  }
}

describe('tabs of a page that was loaded again', () => {
  it('are asked for by name, so that the ended ones come back too', async () => {
    const again = await loadAgain(createStorage());
    const hello = again.sent.find((frame) => frame.type === 'hello');
    expect(hello).toMatchObject({ cursors: ids.map((conversation) => ({ conversation, after: 0 })) });
  });

  it('have the same one in front, what was being written, and as unread what came since', async () => {
    const again = await loadAgain(createStorage(), { conversations });
    again.look.isWatched = false;
    play(again);
    expect(again.state.selected).toBe('ben');
    expect(again.chat('ben')).toMatchObject({ draft: 'One mom', unread: 1 });
  });

  it('stay closed once they were closed', async () => {
    const again = await loadAgain(createStorage());
    again.cut();
    await vi.advanceTimersByTimeAsync(30_000);
    await again.connect();
    expect(again.sent.findLast((frame) => frame.type === 'hello')).toMatchObject({ cursors: [] });
  });

  it('are not shown to whoever signs in next', async () => {
    const storage = createStorage();
    const again = await loadAgain(storage);
    again.desk.act({ type: 'sign-out' });
    await vi.advanceTimersByTimeAsync(0);
    expect(storage.items.size).toBe(0);
  });

  it('may not be what it was, where the storage holds something else', async () => {
    for (const item of ['{', 'null', '{"tabs":1}', '{"tabs":[{"conversation":1}]}', '{"tabs":[null]}']) {
      const storage = createStorage(new Map([['balie.tabs.anna', item]]));
      const desk = await openDesk({ storage: () => storage });
      expect(desk.sent.find((frame) => frame.type === 'hello')).toMatchObject({ cursors: [] });
    }
  });
});
