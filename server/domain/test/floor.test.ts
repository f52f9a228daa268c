import { expect, test } from 'vitest';
import { waitsWithin } from '../floor.ts';
import type { Tally } from '../tally.ts';

const sum = (kind: Tally['kind'], value: string, count: number) => ({ kind, value, count });

test('3: the service level counts whom somebody accepted in time, of all who were accepted and all who gave up', () => {
  const sums = [sum('wait', '12', 3), sum('wait', '60', 1), sum('wait', '61', 2), sum('abandoned', '', 4)];
  expect(waitsWithin(60_000, sums)).toEqual({ accepted: 6, inTime: 4, abandoned: 4 });
});

test('3: what is no wait of a visitor does not count', () => {
  const sums = [sum('duration', '', 9), sum('offered', '', 9), sum('messages', '', 9)];
  expect(waitsWithin(60_000, sums)).toEqual({ accepted: 0, inTime: 0, abandoned: 0 });
});
