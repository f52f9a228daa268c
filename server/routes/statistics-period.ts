import { limits } from '../../protocol/limits.ts';
import type { StatisticsQuery } from '../../protocol/statistics.ts';
import { countDays, isDay } from '../domain/calendar-day.ts';
import { HttpProblem } from './http-errors.ts';

/** Throws where a day is none, the last is before the first, or they are more than may be asked for at once. */
export function mustBePeriod({ from, to }: Pick<StatisticsQuery, 'from' | 'to'>): void {
  for (const [field, day] of Object.entries({ from, to }))
    if (!isDay(day)) throw new HttpProblem('invalid_field', 'There is no such day.', { field });
  if (to < from) throw new HttpProblem('invalid_field', 'The last day is before the first.', { field: 'to' });
  if (countDays(from, to) > limits.statisticsDays)
    throw new HttpProblem('invalid_field', `Ask for ${limits.statisticsDays} days at most.`, { field: 'from' });
}
