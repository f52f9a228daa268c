import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Figures } from '../../../protocol/statistics.ts';
import { countsOf, figuresOf } from '../figures.ts';
import { countEvents } from '../statistics.ts';
import type { TallyKind } from '../tally.ts';
import { steps } from './arbitrary-step.ts';
import { Play } from './players.ts';

const sum = (kind: TallyKind, count: number, { value = '', total = 0 } = {}) => ({ kind, value, count, total });

describe('6: the figures of a day, a queue or an agent', () => {
  test('say what was counted, how long nine in ten waited, and averages', () => {
    const figures = figuresOf([
      ...[sum('offered', 4), sum('accepted', 3), sum('missed', 1), sum('requests', 3)],
      ...[sum('wait', 1, { value: '4', total: 3500 }), sum('wait', 2, { value: '30', total: 60_000 })],
      sum('duration', 2, { total: 90_001 }),
      ...[sum('rating', 1, { value: '5', total: 5 }), sum('rating', 2, { value: '4', total: 8 })],
    ]);
    expect(figures).toMatchObject({ offered: 4, accepted: 3, declined: 0, missed: 1, requests: 3, ratings: 3 });
    expect(figures).toMatchObject({ waitMedianMs: 30_000, wait90Ms: 30_000, durationMs: 45_001, score: 4.33 });
  });

  test('of nothing are no averages', () => {
    expect(figuresOf([])).toMatchObject({
      offered: 0,
      waitMedianMs: null,
      wait90Ms: null,
      serviceLevel: null,
      durationMs: null,
      score: null,
    });
  });

  test('what there are several of comes by how often, and then by name', () => {
    const sums = [sum('category', 1, { value: 'B' }), sum('category', 1, { value: 'A' }), sum('rating', 9)];
    expect(countsOf('category', [...sums, sum('category', 4, { value: 'C' })])).toEqual([
      { value: 'C', count: 4 },
      { value: 'A', count: 1 },
      { value: 'B', count: 1 },
    ]);
  });

  test('add up, however the chats went: offered is accepted, declined, missed and withdrawn', () => {
    const seed = Date.now() & 0x7fffffff;
    console.info(`server/domain figures: seed ${seed}`);
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 4 }), (plays) => {
        const counted = plays.map((all) => {
          const play = new Play();
          let now = 0;
          for (const { command, by, afterMs, id } of all) {
            now += afterMs;
            play.do(command, by, { now, id });
          }
          return countEvents(play.log, null, () => '2026-01-01');
        });
        const stand = counted.filter(({ standing }) => standing?.phase === 'presented').length;
        const all = counted.flatMap(({ tallies }) => tallies);
        const { offered, accepted, declined, missed, withdrawn } = figuresOf(all);
        expect(offered).toBe(accepted + declined + missed + withdrawn + stand);
        // Those of the agents, and of nobody, are those of all.
        const agents = [...new Set(all.map(({ agent }) => agent))];
        const parts = agents.map((agent) => figuresOf(all.filter((one) => one.agent === agent)));
        const total = figuresOf(all);
        for (const figure of ['requests', 'offered', 'accepted', 'missed', 'abandoned', 'ratings'] as const)
          expect(parts.reduce((sum, part: Figures) => sum + part[figure], 0)).toBe(total[figure]);
      }),
      { numRuns: 200, seed },
    );
  });
});
