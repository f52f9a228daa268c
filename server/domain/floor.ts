import type { Tally } from './tally.ts';

/** What a service level is made of. */
export interface ServiceLevel {
  readonly accepted: number;
  readonly inTime: number;
  readonly abandoned: number;
}

/** Counts waits by their step, which is never shorter than the wait was: none is flattered. */
export function waitsWithin(targetMs: number, sums: readonly Pick<Tally, 'kind' | 'value' | 'count'>[]): ServiceLevel {
  const level = { accepted: 0, inTime: 0, abandoned: 0 };
  for (const { kind, value, count } of sums) {
    if (kind === 'abandoned') level.abandoned += count;
    if (kind !== 'wait') continue;
    level.accepted += count;
    if (Number(value) * 1000 <= targetMs) level.inTime += count;
  }
  return level;
}
