import type { OpeningHours } from '../../protocol/queue-settings.ts';

/** Opening hours as somebody writes them: a line of times a day, a line a holiday. */
export interface HoursDraft {
  readonly timeZone: string;
  /** Monday first: `09:00-12:00, 13:00-17:00`; empty is closed. */
  readonly days: readonly string[];
  /** `2026-12-25 Christmas`, one a line. */
  readonly holidays: string;
}

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

export function draftOfHours({ timeZone, week, holidays }: OpeningHours): HoursDraft {
  const days = weekdays.map((day) =>
    week
      .filter((entry) => entry.day === day)
      .map(({ from, to }) => `${from}-${to}`)
      .join(', '),
  );
  return { timeZone, days, holidays: holidays.map(({ date, name }) => `${date} ${name}`.trim()).join('\n') };
}

/** What is wrong where it is not hours: the number of the day, or the line of the holiday. */
export type HoursMistake = { readonly day: number } | { readonly holiday: string };

export function hoursOf(draft: HoursDraft): OpeningHours | HoursMistake {
  const week: OpeningHours['week'] = [];
  for (const [index, text] of draft.days.entries())
    for (const part of text.split(',').filter((one) => one.trim())) {
      const times = timesOf(part);
      if (!times) return { day: index + 1 };
      week.push({ day: index + 1, ...times });
    }
  const holidays: OpeningHours['holidays'] = [];
  for (const line of draft.holidays.split('\n').filter((one) => one.trim())) {
    const [, date, name = ''] = /^\s*(\d{4}-\d\d-\d\d)\s*(.*?)\s*$/.exec(line) ?? [];
    if (!date || Number.isNaN(Date.parse(date))) return { holiday: line.trim() };
    holidays.push({ date, name });
  }
  return { timeZone: draft.timeZone, week, holidays };
}

/** `9-17`, `9:30 – 17:00`, `09:00-24:00`. */
function timesOf(text: string): { from: string; to: string } | null {
  const match = /^\s*(\d{1,2})(?:[:.](\d\d))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d\d))?\s*$/.exec(text);
  if (!match) return null;
  const [, fromHour = '', fromMinute = '00', toHour = '', toMinute = '00'] = match;
  const [from, to] = [`${fromHour.padStart(2, '0')}:${fromMinute}`, `${toHour.padStart(2, '0')}:${toMinute}`];
  return isTime(from) && (isTime(to) || to === '24:00') && from < to ? { from, to } : null;
}

const isTime = (text: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
