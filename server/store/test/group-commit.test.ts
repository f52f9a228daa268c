import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createBeat } from '../../beat/beat.ts';
import { createGroupCommit, type GroupCommitOptions } from '../group-commit.ts';

type Commit = GroupCommitOptions<number, string>['commit'];

/** A database that commits when it is told to. */
function openGroup(options: Partial<GroupCommitOptions<number, string>> = {}) {
  const groups: number[][] = [];
  const pending: { resolve: (value: Awaited<ReturnType<Commit>>) => void; reject: (error: Error) => void }[] = [];
  const group = createGroupCommit<number, string>({
    commit: (items) => {
      groups.push([...items]);
      return new Promise((resolve, reject) => pending.push({ resolve, reject }));
    },
    groupSize: 100,
    capacity: 100,
    beat: createBeat(4),
    onFull: () => new Error('full'),
    ...options,
  });
  /** The commit under way, or the next. */
  const finish = async () => {
    while (pending.length === 0) await turnOfTheLoop();
    const items = groups[groups.length - pending.length] ?? [];
    pending.shift()?.resolve(items.map((item) => ({ status: 'fulfilled', value: `done ${item}` })));
  };
  return { group, groups, pending, finish };
}

afterEach(() => {
  vi.useRealTimers();
});

describe('group commit', () => {
  test('who comes alone is committed in the next turn of the event loop, without a timer', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const { group, groups, finish } = openGroup();
    for (const item of [1, 2, 3]) {
      const outcome = group.submit(item);
      await turnOfTheLoop();
      await finish();
      expect(await outcome).toBe(`done ${item}`);
      await group.settled();
    }
    expect(groups).toEqual([[1], [2], [3]]);
  });

  test('who comes in the same turn shares a commit, and so does who comes while one is under way', async () => {
    const { group, groups, finish } = openGroup({ beat: createBeat(0) });
    const first = [1, 2].map((item) => group.submit(item));
    await turnOfTheLoop();
    const second = [3, 4, 5].map((item) => group.submit(item));
    await turnOfTheLoop();
    expect(groups).toEqual([[1, 2]]);
    await finish();
    expect(await Promise.all(first)).toEqual(['done 1', 'done 2']);
    await turnOfTheLoop();
    await finish();
    expect(await Promise.all(second)).toEqual(['done 3', 'done 4', 'done 5']);
    expect(groups).toEqual([
      [1, 2],
      [3, 4, 5],
    ]);
  });

  test('after several at once the next commit waits a little for company', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'setImmediate', 'performance'] });
    const { group, groups, finish } = openGroup();
    void group.submit(1);
    void group.submit(2);
    await vi.advanceTimersByTimeAsync(0);
    await finish();
    await vi.advanceTimersByTimeAsync(1);
    void group.submit(3);
    await vi.advanceTimersByTimeAsync(2);
    void group.submit(4);
    expect(groups).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(groups).toEqual([
      [1, 2],
      [3, 4],
    ]);
    await finish();
    await vi.advanceTimersByTimeAsync(5);
    void group.submit(5);
    await vi.advanceTimersByTimeAsync(0);
    expect(groups.at(-1)).toEqual([5]);
  });

  test('a group has a largest size, and the rest follows at once, in order', async () => {
    const { group, groups, finish } = openGroup({ groupSize: 2 });
    const outcomes = [1, 2, 3, 4, 5].map((item) => group.submit(item));
    for (const _ of [1, 2, 3]) await finish();
    expect(await Promise.all(outcomes)).toEqual([1, 2, 3, 4, 5].map((item) => `done ${item}`));
    expect(groups).toEqual([[1, 2], [3, 4], [5]]);
  });

  test('each hears of its own item, and a commit that fails is heard of by all of its group alone', async () => {
    const { group, pending, finish } = openGroup({ beat: createBeat(0) });
    const mixed = [1, 2].map((item) => group.submit(item));
    await turnOfTheLoop();
    pending.shift()?.resolve([
      { status: 'rejected', reason: new Error('not this one') },
      { status: 'fulfilled', value: 'this one' },
    ]);
    expect(await Promise.allSettled(mixed)).toMatchObject([{ status: 'rejected' }, { value: 'this one' }]);
    const lost = [3, 4].map((item) => group.submit(item));
    await turnOfTheLoop();
    pending.shift()?.reject(new Error('disk full'));
    expect(await Promise.allSettled(lost)).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
    const after = group.submit(5);
    await turnOfTheLoop();
    await finish();
    expect(await after).toBe('done 5');
  });

  test('turns away who would wait behind too many', async () => {
    const { group, finish } = openGroup({ capacity: 2, beat: createBeat(0) });
    const first = group.submit(1);
    await turnOfTheLoop();
    const waiting = [2, 3].map((item) => group.submit(item));
    await expect(group.submit(4)).rejects.toThrow('full');
    await finish();
    await first;
    await turnOfTheLoop();
    await finish();
    expect(await Promise.all(waiting)).toEqual(['done 2', 'done 3']);
  });

  test('is settled when nothing waits and nothing is under way', async () => {
    const { group, finish } = openGroup({ beat: createBeat(0) });
    await group.settled();
    const done: string[] = [];
    void group.submit(1).then(() => done.push('first'));
    await turnOfTheLoop();
    void group.submit(2).then(() => done.push('second'));
    const settled = group.settled().then(() => done.push('settled'));
    await finish();
    await finish();
    await settled;
    expect(done).toEqual(['first', 'second', 'settled']);
  });
});
