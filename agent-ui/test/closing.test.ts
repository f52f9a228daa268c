import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CommandId } from '../../protocol/ids.ts';
import { byAnna, byVisitor, openDesk, presented } from './open-desk.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('closing a chat', () => {
  it('asks first while the visitor is connected, and keeps the chat when told so', async () => {
    const desk = await openDesk();
    const ada = desk.chatting('ada');
    desk.desk.act({ type: 'close', conversation: ada.id });
    expect(desk.state.confirming).toBe(ada.id);
    expect(desk.commands()).toEqual([]);
    desk.desk.act({ type: 'keep-open' });
    expect(desk.state.confirming).toBeNull();
  });

  it('ends it once confirmed, and the tab goes when the end is in the log', async () => {
    const desk = await openDesk();
    const ada = desk.chatting('ada');
    desk.desk.act({ type: 'close', conversation: ada.id });
    desk.desk.act({ type: 'confirm-close' });
    expect(desk.commands()).toMatchObject([{ conversation: 'ada', command: { type: 'end' } }]);
    expect(desk.chat('ada')).toBeDefined();
    ada.happen({ type: 'ended', reason: 'agent' }, byAnna);
    expect(desk.chat('ada')).toBeUndefined();
  });

  it('asks nothing once the visitor has left the page', async () => {
    const desk = await openDesk();
    const ada = desk.chatting('ada');
    desk.deliver({ type: 'signal', conversation: ada.id, signal: { kind: 'presence', connected: false } });
    desk.desk.act({ type: 'close', conversation: ada.id });
    expect(desk.state.confirming).toBeNull();
    expect(desk.commands()).toMatchObject([{ command: { type: 'end' } }]);
  });

  it('asks nothing and sends nothing once the visitor has ended it', async () => {
    const desk = await openDesk();
    const ada = desk.chatting('ada');
    ada.happen({ type: 'ended', reason: 'visitor' }, byVisitor);
    desk.desk.act({ type: 'close', conversation: ada.id });
    expect(desk.commands()).toEqual([]);
    expect(desk.chat('ada')).toBeUndefined();
  });

  it('is no question any more once the visitor has ended the chat', async () => {
    const desk = await openDesk();
    const ada = desk.chatting('ada');
    desk.desk.act({ type: 'close', conversation: ada.id });
    ada.happen({ type: 'ended', reason: 'visitor' }, byVisitor);
    expect(desk.state.confirming).toBeNull();
    expect(desk.chat('ada')?.stage.kind).toBe('ended');
  });

  it('goes through although the visitor was quicker', async () => {
    const desk = await openDesk();
    const ada = desk.chatting('ada');
    desk.desk.act({ type: 'close', conversation: ada.id });
    desk.desk.act({ type: 'confirm-close' });
    ada.happen({ type: 'ended', reason: 'visitor' }, byVisitor);
    expect(desk.chat('ada')).toBeUndefined();
  });
});

describe('answering a request', () => {
  it('sends one acceptance however often it is pressed', async () => {
    const desk = await openDesk();
    const ada = desk.log('ada');
    ada.happen(presented());
    desk.desk.act({ type: 'accept', conversation: ada.id });
    desk.desk.act({ type: 'accept', conversation: ada.id });
    desk.desk.act({ type: 'decline', conversation: ada.id });
    expect(desk.commands()).toMatchObject([{ command: { type: 'accept' } }]);
  });

  it('that came too late says so and is not given again', async () => {
    const desk = await openDesk();
    const ada = desk.log('ada');
    ada.happen(presented());
    desk.desk.act({ type: 'accept', conversation: ada.id });
    const id = desk.commands().at(-1)?.id as CommandId;
    desk.deliver({ type: 'refusal', id, code: 'not_presented', message: '' });
    expect(desk.state.notice).toEqual({ kind: 'refused', code: 'not_presented' });
    expect(desk.state.sending).toEqual([]);
  });

  it('is impossible for what is no request', async () => {
    const desk = await openDesk();
    const ada = desk.chatting('ada');
    desk.desk.act({ type: 'accept', conversation: ada.id });
    expect(desk.commands()).toEqual([]);
  });
});
