import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EarlierConversation, EventsPage } from '../../protocol/http.ts';
import type { ConversationId } from '../../protocol/ids.ts';
import type { DeskApi } from '../state/desk-api.ts';
import { byVisitor, claimed, message, openDesk, support, verified } from './open-desk.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const earlier: EarlierConversation = {
  conversation: 'old' as ConversationId,
  queue: support,
  requestedAt: 1,
  endedAt: 2,
  agent: 'Bram',
};
const page = (seqs: number[], next: number | null): EventsPage => ({
  events: seqs.map((seq) => ({ seq, event: { at: seq, by: byVisitor, body: message(String(seq)) } })),
  next,
});

async function openAda(api: Partial<DeskApi>) {
  const desk = await openDesk();
  Object.assign(desk.api, api);
  const ada = desk.chatting('ada');
  const verify = async () => {
    ada.happen(verified({ name: 'Ada' }));
    await vi.advanceTimersByTimeAsync(0);
  };
  const act = async (action: Parameters<typeof desk.desk.act>[0]) => {
    desk.desk.act(action);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { desk, ada, verify, act, state: () => desk.desk.earlier.store.get() };
}

describe('earlier chats', () => {
  it('are asked for once, when the visitor is verified, and never of one who is not', async () => {
    const list = vi.fn(async () => [earlier]);
    const { ada, verify, state } = await openAda({ earlier: list });
    ada.happen(claimed({ name: 'Ada' }), byVisitor);
    expect(list).not.toHaveBeenCalled();
    await verify();
    await verify();
    expect(list).toHaveBeenCalledExactlyOnceWith('ada');
    expect(state().lists.get(ada.id)).toEqual({ kind: 'loaded', conversations: [earlier] });
  });

  it('say so when they cannot be shown', async () => {
    const { ada, verify, state } = await openAda({ earlier: async () => null });
    await verify();
    expect(state().lists.get(ada.id)).toEqual({ kind: 'failed' });
  });

  it('are read page by page, in order', async () => {
    const pages = [page([1, 2], 2), page([3], null)];
    const events = vi.fn(async () => pages.shift() ?? null);
    const { verify, act, state } = await openAda({ events });
    await verify();
    await act({ type: 'read-earlier', conversation: earlier });
    expect(state().reading).toMatchObject({ progress: 'more', events: [{ seq: 1 }, { seq: 2 }] });
    await act({ type: 'more-earlier' });
    expect(events).toHaveBeenLastCalledWith('old', 2);
    expect(state().reading).toMatchObject({ progress: 'done', events: [{ seq: 1 }, { seq: 2 }, { seq: 3 }] });
  });

  it('give way when another chat comes to the front', async () => {
    const { desk, verify, act, state } = await openAda({ events: async () => page([1], null) });
    const ben = desk.chatting('ben');
    await verify();
    await act({ type: 'read-earlier', conversation: earlier });
    await act({ type: 'select', conversation: ben.id });
    expect(state().reading).toBeNull();
  });

  it('that were left while they were on their way do not come back', async () => {
    const { verify, act, state } = await openAda({ events: async () => page([1], null) });
    await verify();
    const reading = act({ type: 'read-earlier', conversation: earlier });
    await act({ type: 'leave-earlier' });
    await reading;
    expect(state().reading).toBeNull();
  });
});
