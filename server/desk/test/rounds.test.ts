import { describe, expect, type TestContext, test } from 'vitest';
import { createRounds, type RoundsOptions } from '../rounds.ts';
import { createFakeClock } from './fake-clock.ts';

function open(t: TestContext, options: Partial<RoundsOptions> = {}) {
  const clock = createFakeClock({ settle: () => rounds.idle() });
  const start = clock.now();
  const seconds = () => (clock.now() - start) / 1000;
  const taken: number[] = [];
  const swept: number[] = [];
  const errors: unknown[] = [];
  const rounds = createRounds({
    clock,
    takeDue: async () => {
      taken.push(seconds());
    },
    nextDueAfter: async () => null,
    sweep: async () => {
      swept.push(seconds());
      return false;
    },
    onError: (error) => errors.push(error),
    ...options,
  });
  t.onTestFinished(() => rounds.stop());
  return { clock, rounds, taken, swept, errors };
}

describe('rounds', () => {
  test('are made when something falls due, and every half a minute where nothing is known to', async (t) => {
    const due = [12_000, null];
    const { clock, rounds, taken } = open(t, {
      nextDueAfter: async (now) => {
        const ms = due.shift();
        return ms ? now + ms : null;
      },
    });
    rounds.start();
    await rounds.idle();
    await clock.advance(50_000);
    expect(taken).toEqual([0, 12, 42]);
  });

  test('are made one at a time; whoever wakes it during one gets one more, however many they are', async (t) => {
    let finish = () => {};
    let under = 0;
    const most: number[] = [];
    const { rounds } = open(t, {
      takeDue: async () => {
        most.push(++under);
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
        under--;
      },
    });
    rounds.start();
    await new Promise(setImmediate);
    for (let times = 0; times < 5; times++) rounds.wake();
    finish();
    await new Promise(setImmediate);
    finish();
    await rounds.idle();
    expect(most).toEqual([1, 1]);
  });

  test('go on after one that failed, which is told', async (t) => {
    let isDown = true;
    const { clock, rounds, errors, taken } = open(t, {
      nextDueAfter: async () => {
        if (isDown) throw new Error('the store is down');
        return null;
      },
    });
    rounds.start();
    await rounds.idle();
    isDown = false;
    await clock.advance(31_000);
    expect(errors).toEqual([new Error('the store is down')]);
    expect(taken).toEqual([0, 30]);
  });

  test('sweep once an hour, and sooner where there was more', async (t) => {
    let left = 2;
    const { clock, rounds, swept } = open(t, {
      sweep: async () => {
        swept.push(left);
        return left-- > 1;
      },
    });
    rounds.start();
    await rounds.idle();
    await clock.advance(30_000);
    expect(swept).toEqual([2, 1]);
    await clock.advance(3_000_000);
    expect(swept).toHaveLength(2);
    await clock.advance(700_000);
    expect(swept).toHaveLength(3);
  });

  test('end with a stop, which waits for the one under way', async (t) => {
    const { clock, rounds, taken } = open(t);
    rounds.start();
    await rounds.stop();
    expect(taken).toEqual([0]);
    rounds.wake();
    await clock.advance(3_600_000);
    expect(taken).toEqual([0]);
    expect(rounds.isStopped).toBe(true);
  });
});
