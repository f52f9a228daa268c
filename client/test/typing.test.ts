import { expect, test } from 'vitest';
import { limits } from '../../protocol/limits.ts';
import { createTyping } from '../typing.ts';

test('SIG2 tells of typing at most once an interval, and of its end at once', () => {
  const start = 1_700_000_000_000;
  const told: boolean[] = [];
  const typing = createTyping((on) => told.push(on));
  typing.typed(start);
  typing.typed(start + limits.typingIntervalMs - 1);
  typing.typed(start + limits.typingIntervalMs);
  typing.stopped();
  typing.stopped();
  expect(told).toEqual([true, true, false]);
});
