import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { createBeat } from '../../beat/beat.ts';
import { createInbox } from '../inbox.ts';

describe('the inbox', () => {
  test('what comes by itself is taken in the next turn of the event loop', async () => {
    const inbox = createInbox(createBeat(60_000));
    const taken: number[] = [];
    for (const item of [1, 2, 3]) {
      inbox(() => taken.push(item));
      expect(taken).not.toContain(item);
      await turnOfTheLoop();
      await turnOfTheLoop();
      expect(taken).toContain(item);
    }
  });

  test('a crowd is taken over several turns, so that others have theirs in between, and in its order', async () => {
    const inbox = createInbox(createBeat(0));
    const taken: number[] = [];
    const crowd = Array.from({ length: 1000 }, (_, item) => item);
    for (const item of crowd) inbox(() => taken.push(item));
    const turns = [];
    while (taken.length < crowd.length) {
      const before = taken.length;
      await turnOfTheLoop();
      turns.push(taken.length - before);
    }
    expect(turns.length).toBeGreaterThan(2);
    expect(Math.max(...turns)).toBeLessThanOrEqual(256);
    expect(taken).toEqual(crowd);
  });

  test('what is put in while the others are taken is taken after them', async () => {
    const inbox = createInbox(createBeat(0));
    const taken: string[] = [];
    inbox(() => {
      taken.push('first');
      inbox(() => taken.push('third'));
    });
    inbox(() => taken.push('second'));
    await vi.waitFor(() => expect(taken).toEqual(['first', 'second', 'third']));
  });
});
