import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ConversationId } from '../../protocol/ids.ts';
import { waitingIn } from '../state/tabs.ts';
import { byVisitor, claimed, message, openDesk, opening, presented, requested } from './open-desk.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const ids = (chats: readonly { id: string }[]) => chats.map(({ id }) => id);

describe('tabs', () => {
  it('open in the order of arrival, and the first comes to the front', async () => {
    const desk = await openDesk();
    desk.chatting('ada');
    desk.chatting('ben');
    expect(ids(desk.state.chats)).toEqual(['ada', 'ben']);
    expect(desk.state.selected).toBe('ada');
  });

  it('show a request with its countdown until it is accepted', async () => {
    const desk = await openDesk();
    const ada = desk.log('ada');
    ada.happen(requested, byVisitor);
    ada.happen(presented());
    expect(desk.chat('ada')?.stage).toMatchObject({ kind: 'request', until: Date.now() + 30_000 });
    ada.happen({ type: 'accepted', agent: { id: 'anna', name: 'Anna' } } as never);
    expect(desk.chat('ada')?.stage.kind).toBe('active');
  });

  it('hand their place to the next one when they close, or to the one before at the end', async () => {
    const desk = await openDesk();
    for (const name of ['ada', 'ben', 'cas']) desk.chatting(name);
    desk.desk.act({ type: 'select', conversation: 'ben' as ConversationId });
    desk.deliver({ type: 'gone', conversation: 'ben' as ConversationId, reason: 'lost' });
    expect(desk.state.selected).toBe('cas');
    desk.deliver({ type: 'gone', conversation: 'cas' as ConversationId, reason: 'lost' });
    expect(desk.state.selected).toBe('ada');
  });

  it('are walked round and round', async () => {
    const desk = await openDesk();
    for (const name of ['ada', 'ben']) desk.chatting(name);
    const seen = [1, 1, -1, -1].map((step) => {
      desk.desk.act({ type: 'walk', step: step as 1 | -1 });
      return desk.state.selected;
    });
    expect(seen).toEqual(['ben', 'ada', 'ben', 'ada']);
  });

  it('say why a request is gone, but not when the agent declined it', async () => {
    const desk = await openDesk();
    const ada = desk.log('ada');
    ada.happen(requested, byVisitor);
    ada.happen(claimed({ name: 'Ada' }), byVisitor);
    ada.happen(presented());
    desk.deliver({ type: 'gone', conversation: ada.id, reason: 'lapsed' });
    expect(desk.state.chats).toEqual([]);
    expect(desk.state.notice).toEqual({ kind: 'gone', reason: 'lapsed', name: 'Ada' });

    desk.desk.act({ type: 'dismiss-notice' });
    desk.log('ben').happen(presented());
    desk.deliver({ type: 'gone', conversation: 'ben' as ConversationId, reason: 'declined' });
    expect(desk.state.notice).toBeNull();
  });

  it('stay to be read when the visitor has ended the chat', async () => {
    const desk = await openDesk();
    const ada = desk.chatting('ada');
    ada.happen({ type: 'ended', reason: 'visitor' }, byVisitor);
    desk.deliver({ type: 'gone', conversation: ada.id, reason: 'ended' });
    expect(desk.chat('ada')?.stage.kind).toBe('ended');
  });

  it('that the server names no more after a reconnect are let go, unless they had ended', async () => {
    const desk = await openDesk();
    desk.chatting('ada');
    desk.chatting('ben').happen({ type: 'ended', reason: 'visitor' }, byVisitor);
    desk.cut();
    await vi.advanceTimersByTimeAsync(30_000);
    await desk.connect();
    expect(ids(desk.state.chats)).toEqual(['ben']);
    expect(desk.state.notice).toMatchObject({ kind: 'gone', reason: 'lost' });
  });

  it('keep what is being written when the server makes them begin anew', async () => {
    const desk = await openDesk();
    const ada = desk.chatting('ada');
    desk.desk.act({ type: 'write', conversation: ada.id, text: 'One mom' });
    desk.deliver({ type: 'open', open: opening(ada.id) });
    expect(desk.chat('ada')).toMatchObject({ draft: 'One mom', events: [] });
    ada.sendAgain(0);
    expect(desk.chat('ada')?.events.length).toBe(3);
  });
});

describe('unread messages', () => {
  it('count while another tab is in front, and are read when theirs comes to the front', async () => {
    const desk = await openDesk();
    desk.chatting('ada');
    const ben = desk.chatting('ben');
    ben.happen(message('Hello?'), byVisitor);
    ben.happen(message('Anybody?'), byVisitor);
    expect(desk.chat('ben')?.unread).toBe(2);
    desk.desk.act({ type: 'select', conversation: ben.id });
    expect(desk.chat('ben')?.unread).toBe(0);
  });

  it('count in the front tab too while nobody looks at the window', async () => {
    const desk = await openDesk();
    const ada = desk.chatting('ada');
    desk.look.isWatched = false;
    ada.happen(message('Hello?'), byVisitor);
    expect(desk.chat('ada')?.unread).toBe(1);
    desk.look.isWatched = true;
    desk.desk.looked();
    expect(desk.chat('ada')?.unread).toBe(0);
  });

  it('are told of in one sum, beside the requests', async () => {
    const desk = await openDesk();
    desk.look.isWatched = false;
    desk.chatting('ada').happen(message('1'), byVisitor);
    desk.log('ben').happen(presented());
    expect(waitingIn(desk.state)).toMatchObject({ requests: 1, unread: 1, only: { id: 'ada' } });
    desk.chatting('cas').happen(message('1'), byVisitor);
    expect(waitingIn(desk.state)).toMatchObject({ requests: 1, unread: 2, only: null });
  });
});
