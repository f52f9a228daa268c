import type { AgentId, QueueId } from '../../protocol/ids.ts';

export const periods = ['today', '7', '30', '90', 'custom'] as const;
export type Period = (typeof periods)[number];

/** What the statistics are of; empty is all. `from` and `to` count where the period is one's own. */
export interface StatisticsChoice {
  readonly period: Period;
  readonly from: string;
  readonly to: string;
  readonly queue: QueueId | '';
  readonly agent: AgentId | '';
}

const dayMs = 24 * 3_600_000;

/** The first and the last day, which is today unless the period is one's own. */
export function spanOf({ period, from, to }: StatisticsChoice, today: string): { from: string; to: string } {
  if (period === 'custom') return from <= to ? { from, to } : { from: to, to: from };
  const days = period === 'today' ? 1 : Number(period);
  const first = new Date(Date.parse(`${today}T00:00:00Z`) - (days - 1) * dayMs);
  return { from: first.toISOString().slice(0, 10), to: today };
}

export function queryOf(choice: StatisticsChoice, today: string): string {
  const { queue, agent } = choice;
  return `?${new URLSearchParams({ ...spanOf(choice, today), ...(queue && { queue }), ...(agent && { agent }) })}`;
}

/** By this browser's calendar, until the server has said which day it is at the desk. */
export const dayHere = (now: Date): string =>
  [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => `${part}`.padStart(2, '0')).join('-');

/** In the unit that fits: `48 sec`, `2.5 min`, `1.2 hr`. */
export function durationText(ms: number, locale: string): string {
  const [unit, unitMs] = (units.find(([, from]) => ms >= from) ?? units.at(-1)) as (typeof units)[number];
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: unit === 'second' ? 0 : 1,
  }).format(ms / unitMs);
}

const units = [
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;
