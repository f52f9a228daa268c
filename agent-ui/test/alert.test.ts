import { afterEach, describe, expect, it, vi } from 'vitest';
import { alertFor } from '../state/alert.ts';
import type { News } from '../state/news.ts';
import { byVisitor, message, openDesk, presented } from './open-desk.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function newsOfBoth() {
  const desk = await openDesk();
  desk.chatting('ada').happen(message('Hello?'), byVisitor);
  desk.log('ben').happen(presented());
  const [said, asked] = [desk.news.find(({ kind }) => kind === 'message'), desk.news.at(-1)];
  return { said: said as News, asked: asked as News };
}

describe('alerts', () => {
  it('sound for every request, and reach over other windows for who looks elsewhere', async () => {
    const { asked } = await newsOfBoth();
    expect(alertFor(asked, { selected: null }, true)).toEqual({ sound: 'request', isNotified: false });
    expect(alertFor(asked, { selected: null }, false)).toEqual({ sound: 'request', isNotified: true });
  });

  it('keep silent about a message that stands before one’s eyes', async () => {
    const { said } = await newsOfBoth();
    expect(alertFor(said, { selected: said.chat.id }, true)).toEqual({ sound: null, isNotified: false });
    expect(alertFor(said, { selected: null }, true)).toEqual({ sound: 'message', isNotified: false });
    expect(alertFor(said, { selected: said.chat.id }, false)).toEqual({ sound: 'message', isNotified: true });
  });
});
