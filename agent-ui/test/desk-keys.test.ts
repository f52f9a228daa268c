import { afterEach, describe, expect, it, vi } from 'vitest';
import { meaningOf } from '../components/desk-keys.ts';
import { openDesk, presented } from './open-desk.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const press = (key: string, held: { alt?: boolean; ctrl?: boolean; meta?: boolean; code?: string } = {}) => ({
  key,
  code: held.code ?? '',
  altKey: held.alt ?? false,
  ctrlKey: held.ctrl ?? false,
  metaKey: held.meta ?? false,
  shiftKey: false,
});

describe('the keys of the desk', () => {
  it('walk through the tabs, also out of a field', async () => {
    const { state } = await openDesk();
    expect(meaningOf(press('ArrowUp', { alt: true }), state, true)).toEqual({ type: 'walk', step: -1 });
    expect(meaningOf(press('ArrowDown', { alt: true }), state, true)).toEqual({ type: 'walk', step: 1 });
  });

  it('accept with Ctrl+Enter, or Cmd+Enter, the request in front and nothing else', async () => {
    const desk = await openDesk();
    expect(meaningOf(press('Enter', { ctrl: true }), desk.state, false)).toBeNull();
    desk.log('ada').happen(presented());
    const accept = { type: 'accept', conversation: 'ada' };
    expect(meaningOf(press('Enter', { ctrl: true }), desk.state, false)).toEqual(accept);
    expect(meaningOf(press('Enter', { meta: true }), desk.state, false)).toEqual(accept);
    expect(meaningOf(press('Enter'), desk.state, false)).toBeNull();
  });

  it('leave a field its own letters', async () => {
    const { state } = await openDesk();
    expect(meaningOf(press('?'), state, false)).toEqual({ type: 'show-keys' });
    expect(meaningOf(press('?'), state, true)).toBeNull();
    expect(meaningOf(press('Backspace', { ctrl: true }), state, true)).toBeNull();
  });

  it('close a chat by the place of W, whatever letter Alt makes of it', async () => {
    const desk = await openDesk();
    desk.chatting('ada');
    const close = { type: 'close', conversation: 'ada' };
    expect(meaningOf(press('∑', { alt: true, code: 'KeyW' }), desk.state, true)).toEqual(close);
  });
});
