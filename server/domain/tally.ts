import type { AgentId, QueueId } from '../../protocol/ids.ts';

/**
 * What is counted, and where: on the day on which it happened, for the queue it was in, and for an agent where it is
 * somebody's. Nothing of it says who the visitor was, so that it may outlive the conversation.
 */
export interface Tally {
  /** `2026-03-29`, on the organization's calendar. */
  readonly day: string;
  readonly queue: QueueId;
  /** Empty where it is nobody's. */
  readonly agent: AgentId | '';
  readonly kind: TallyKind;
  /** Which of its kind: the category, the score, how long a wait was about. Empty where there is but one. */
  readonly value: string;
  /** Negative where something counted earlier is taken back. */
  readonly count: number;
  /** Milliseconds altogether, of what has a length. */
  readonly total: number;
}

/**
 * `offered` is each time that a request stood before an agent; it ends in one of `accepted`, `declined`, `missed`, and
 * `withdrawn`, which is all that was not up to them. `abandoned` is who left while nobody was there; `messages` who was
 * asked to leave one instead.
 */
export type TallyKind =
  | 'requests'
  | 'messages'
  | 'offered'
  | 'accepted'
  | 'declined'
  | 'missed'
  | 'withdrawn'
  | 'abandoned'
  | 'wait'
  | 'duration'
  | 'rating'
  | 'category';

const keyOf = ({ day, queue, agent, kind, value }: Tally) => JSON.stringify([day, queue, agent, kind, value]);

/** One for each thing counted, in an order that depends on nothing else; what comes to nothing is left out. */
export function mergeTallies(tallies: Iterable<Tally>): Tally[] {
  const sums = new Map<string, Tally>();
  for (const one of tallies) {
    const key = keyOf(one);
    const sum = sums.get(key);
    sums.set(key, sum ? { ...one, count: sum.count + one.count, total: sum.total + one.total } : one);
  }
  return [...sums]
    .filter(([, { count, total }]) => count !== 0 || total !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, sum]) => sum);
}

/** In the place of one that was counted before, which is taken back on its own day. */
export const instead = (earlier: Tally | undefined, now: Tally): Tally[] =>
  earlier ? [{ ...earlier, count: -earlier.count, total: -earlier.total }, now] : [now];
