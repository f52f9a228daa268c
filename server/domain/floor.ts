import type { QueueId } from '../../protocol/ids.ts';
import type { Tally } from './tally.ts';

/** What a service level is made of. */
export interface ServiceLevel {
  readonly accepted: number;
  readonly inTime: number;
  readonly abandoned: number;
}

/** How long a queue aims to let visitors wait. */
export type TargetOf = (queue: QueueId) => number;

/** Counts waits by their step, which is never shorter than the wait was: none is flattered. */
export function waitsWithin(
  targetOf: TargetOf,
  sums: readonly Pick<Tally, 'queue' | 'kind' | 'value' | 'count'>[],
): ServiceLevel {
  const level = { accepted: 0, inTime: 0, abandoned: 0 };
  for (const { queue, kind, value, count } of sums) {
    if (kind === 'abandoned') level.abandoned += count;
    if (kind !== 'wait') continue;
    level.accepted += count;
    if (Number(value) * 1000 <= targetOf(queue)) level.inTime += count;
  }
  return level;
}

/** Null where nobody was accepted and nobody gave up. */
export function shareInTime({ accepted, inTime, abandoned }: ServiceLevel): number | null {
  const all = accepted + abandoned;
  return all > 0 ? Math.round((inTime / all) * 1000) / 1000 : null;
}
