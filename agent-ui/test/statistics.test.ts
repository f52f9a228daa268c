import { describe, expect, test } from 'vitest';
import { dayHere, durationText, queryOf, type StatisticsChoice, spanOf } from '../state/statistics.ts';

const choice: StatisticsChoice = { period: '7', from: '2026-05-02', to: '2026-05-01', queue: '', agent: '' };

describe('6: what statistics are asked for', () => {
  test('a period ends today and counts it', () => {
    const spans = (['today', '7', '30', '90'] as const).map((period) => spanOf({ ...choice, period }, '2026-03-02'));
    expect(spans.map(({ from }) => from)).toEqual(['2026-03-02', '2026-02-24', '2026-02-01', '2025-12-03']);
    expect(new Set(spans.map(({ to }) => to))).toEqual(new Set(['2026-03-02']));
  });

  test('one’s own period is put in order', () => {
    expect(spanOf({ ...choice, period: 'custom' }, '2026-03-02')).toEqual({ from: '2026-05-01', to: '2026-05-02' });
  });

  test('the address names a queue and an agent where one was chosen', () => {
    expect(queryOf({ ...choice, period: 'today' }, '2026-03-02')).toBe('?from=2026-03-02&to=2026-03-02');
    const chosen = { ...choice, period: 'today' as const, queue: 'q' as never, agent: 'a' as never };
    expect(queryOf(chosen, '2026-03-02')).toBe('?from=2026-03-02&to=2026-03-02&queue=q&agent=a');
  });

  test('today is that of this browser’s calendar', () => {
    expect(dayHere(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
  });

  test('a duration is told in the unit that fits', () => {
    expect([0, 48_400, 150_000, 4_320_000].map((ms) => durationText(ms, 'en'))).toEqual([
      '0 sec',
      '48 sec',
      '2.5 min',
      '1.2 hr',
    ]);
  });
});
