import type { Figures } from '../../protocol/statistics.ts';
import { type ServiceLevel, shareInTime } from './floor.ts';
import type { Tally, TallyKind } from './tally.ts';
import { waitEnoughFor } from './wait-steps.ts';

type Sum = Pick<Tally, 'kind' | 'value' | 'count' | 'total'>;

const unjudged: ServiceLevel = { accepted: 0, inTime: 0, abandoned: 0 };

/** What people read of sums: of one day, queue or agent, or of several together. How long is in time, their queues say (`level`). */
export function figuresOf(sums: readonly Sum[], level = unjudged): Figures {
  const of = (kind: TallyKind) => sums.filter((sum) => sum.kind === kind);
  const count = (kind: TallyKind) => of(kind).reduce((all, sum) => all + sum.count, 0);
  const average = (kind: TallyKind) => {
    const times = count(kind);
    return times > 0 ? of(kind).reduce((all, sum) => all + sum.total, 0) / times : null;
  };
  const waits = of('wait').map(({ value, count }) => ({ step: value, count }));
  const duration = average('duration');
  const score = average('rating');
  return {
    requests: count('requests'),
    offered: count('offered'),
    accepted: count('accepted'),
    declined: count('declined'),
    missed: count('missed'),
    withdrawn: count('withdrawn'),
    abandoned: count('abandoned'),
    messages: count('messages'),
    waitMedianMs: waitEnoughFor(0.5, waits),
    wait90Ms: waitEnoughFor(0.9, waits),
    serviceLevel: shareInTime(level),
    durationMs: duration === null ? null : Math.round(duration),
    ratings: count('rating'),
    score: score === null ? null : Math.round(score * 100) / 100,
  };
}

/** How often each value of a kind was counted, the most frequent first. */
export function countsOf(kind: TallyKind, sums: readonly Sum[]): { readonly value: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const sum of sums) if (sum.kind === kind) counts.set(sum.value, (counts.get(sum.value) ?? 0) + sum.count);
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}
