import { expect, test } from 'vitest';
import type { QueueId } from '../../../protocol/ids.ts';
import { shareInTime, waitsWithin } from '../floor.ts';
import type { Tally } from '../tally.ts';

const [support, sales] = ['support', 'sales'] as QueueId[] as [QueueId, QueueId];
const sum = (kind: Tally['kind'], value: string, count: number, queue = support) => ({ queue, kind, value, count });
const targetOf = (queue: QueueId) => (queue === sales ? 20_000 : 60_000);

test('3: the service level counts whom somebody accepted in time, of all who were accepted and all who gave up', () => {
  const sums = [sum('wait', '12', 3), sum('wait', '60', 1), sum('wait', '61', 2), sum('abandoned', '', 4)];
  expect(waitsWithin(targetOf, sums)).toEqual({ accepted: 6, inTime: 4, abandoned: 4 });
});

test('3: what is no wait of a visitor does not count', () => {
  const sums = [sum('duration', '', 9), sum('offered', '', 9), sum('messages', '', 9)];
  expect(waitsWithin(targetOf, sums)).toEqual({ accepted: 0, inTime: 0, abandoned: 0 });
});

test('3: each queue says what is in time, and the share of several is of all their visitors', () => {
  const sums = [sum('wait', '30', 2), sum('wait', '30', 1, sales), sum('wait', '20', 1, sales)];
  const level = waitsWithin(targetOf, [...sums, sum('abandoned', '', 2, sales)]);
  expect(level).toEqual({ accepted: 4, inTime: 3, abandoned: 2 });
  expect(shareInTime(level)).toBe(0.5);
  expect(shareInTime(waitsWithin(targetOf, []))).toBeNull();
});
