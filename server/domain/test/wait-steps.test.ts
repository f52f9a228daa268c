import fc from 'fast-check';
import { expect, test } from 'vitest';
import { waitEnoughFor, waitStep } from '../wait-steps.ts';

const waits = fc.array(fc.nat(100_000_000), { minLength: 1, maxLength: 200 });
const countsOf = (all: readonly number[]) => {
  const counts = new Map<string, number>();
  for (const wait of all) counts.set(waitStep(wait), (counts.get(waitStep(wait)) ?? 0) + 1);
  return [...counts].map(([step, count]) => ({ step, count }));
};

test('a wait is rounded up: to the second under two minutes, to a twelfth at the most beyond, until a day', () => {
  fc.assert(
    fc.property(fc.nat(86_400_000), (wait) => {
      const rounded = Number(waitStep(wait)) * 1000;
      expect(rounded).toBeGreaterThanOrEqual(wait);
      expect(rounded - wait).toBeLessThan(Math.max(1000, wait / 12));
    }),
  );
  expect(['0', '1', '120', '125', '3900', '86400']).toEqual([0, 1, 120_000, 120_001, 3_600_001, 10 ** 9].map(waitStep));
});

test('nine in ten waited at most as long as is said, and not much less than that', () => {
  fc.assert(
    fc.property(waits, (all) => {
      const said = waitEnoughFor(0.9, countsOf(all)) ?? Number.NaN;
      const share = (limit: number) => all.filter((wait) => Number(waitStep(wait)) * 1000 <= limit).length / all.length;
      expect(share(said)).toBeGreaterThanOrEqual(0.9);
      expect(share(said - 1)).toBeLessThan(0.9);
    }),
  );
  expect(waitEnoughFor(0.9, [])).toBeNull();
});
