import { expect, test } from 'vitest';
import { limits } from '../../protocol/limits.ts';
import { createTyping } from '../typing.ts';

test('SIG2 tells of typing at most once an interval, and of its end at once', () => {
  const told: boolean[] = [];
  const typing = createTyping((on) => told.push(on));
  typing.typed(0);
  typing.typed(limits.typingIntervalMs - 1);
  typing.typed(limits.typingIntervalMs);
  typing.stopped();
  typing.stopped();
  expect(told).toEqual([true, true, false]);
});
