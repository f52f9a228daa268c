import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createBeat } from '../beat.ts';

const restMs = 20;

/** Says what happens, and within which rest's time. */
function openBeat() {
  const beat = createBeat(restMs, 2 * restMs);
  const heard: string[] = [];
  const start = performance.now();
  const hear = (name: string) => heard.push(`${name} ${Math.floor((performance.now() - start) / restMs)}`);
  const take = (name: string, count: number, then = () => {}) =>
    beat.take(() => {
      hear(name);
      beat.dealtWith(count);
      then();
    });
  const commit = (name: string, count: number) =>
    beat.commit(() => {
      hear(name);
      beat.dealtWith(count);
    });
  return { heard, take, commit };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'setImmediate', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('the beat', () => {
  test('what comes alone does not wait', async () => {
    const { heard, take, commit } = openBeat();
    take('one', 1);
    await pass(3);
    commit('two', 1);
    await pass(3);
    take('three', 1);
    await pass(3);
    expect(heard).toEqual(['one 0', 'two 0', 'three 0']);
  });

  test('after several the next come together, and then what comes alone does not wait again', async () => {
    const { heard, take, commit } = openBeat();
    take('several', 2);
    await pass(5);
    take('early', 1);
    await pass(10);
    commit('late', 1);
    take('later', 1);
    expect(heard).toEqual(['several 0']);
    await pass(10);
    expect(heard.slice(1)).toEqual(['early 1', 'later 1', 'late 1']);
    take('alone', 1);
    await pass(0);
    expect(heard.at(-1)).toBe('alone 1');
  });

  test('the more come at once, the longer they gather, but never longer than the bound', async () => {
    const { heard, take } = openBeat();
    take('many', 30);
    await pass(1);
    take('next', 500);
    await pass(restMs);
    expect(heard).toEqual(['many 0']);
    await pass(10);
    expect(heard.slice(1)).toEqual(['next 1']);
    take('last', 1);
    await pass(2 * restMs - 2);
    expect(heard.slice(2)).toEqual([]);
    await pass(2);
    expect(heard.slice(2)).toEqual(['last 3']);
  });

  test('what follows from what was taken is committed at the same beat, and what follows from a commit at the next', async () => {
    const { heard, take, commit } = openBeat();
    take('frames', 2, () => void Promise.resolve().then(() => commit('events', 2)));
    await pass(2);
    expect(heard).toEqual(['frames 0', 'events 0']);
    commit('answers', 1);
    take('frames', 1);
    await pass(30);
    expect(heard.slice(2)).toEqual(['frames 1', 'answers 1']);
  });
});
