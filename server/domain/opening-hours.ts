import type { OpeningHours } from '../../protocol/queue-settings.ts';

const dayMs = 24 * 3_600_000;
const minutesADay = 24 * 60;
/** Beyond this nobody waits for an opening; it also bounds the search where all days are holidays. */
const daysAhead = 60;

/** A moment as the clock on the wall and the calendar beside it show it. */
interface WallTime {
  readonly date: string;
  /** ISO 8601: 1 is Monday. */
  readonly day: number;
  readonly minutes: number;
}

/** Whether this names a zone that this runtime knows. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Null stands for always. */
export function isOpenAt(hours: OpeningHours | null, now: number): boolean {
  if (!hours) return true;
  const { date, day, minutes } = wallTime(hours.timeZone, now);
  return openTimes(hours, date, day).some(({ from, to }) => minutes >= from && minutes < to);
}

/** When it opens next, to the minute; null where it is open, or does not open within two months. */
export function nextOpening(hours: OpeningHours | null, now: number): number | null {
  if (!hours || isOpenAt(hours, now)) return null;
  const format = formatOf(hours.timeZone);
  const today = wallTime(hours.timeZone, now, format);
  for (let ahead = 0; ahead <= daysAhead; ahead++) {
    const date = addDays(today.date, ahead);
    const day = ((today.day - 1 + ahead) % 7) + 1;
    const starts = openTimes(hours, date, day)
      .map(({ from }) => from)
      .filter((from) => ahead > 0 || from > today.minutes)
      .sort((a, b) => a - b);
    for (const start of starts) {
      const at = momentOf(hours.timeZone, date, start, format);
      // Where the clocks are put forward over all of it, it never opens that day.
      if (at > now && isOpenAt(hours, at)) return at;
    }
  }
  return null;
}

function openTimes({ week, holidays }: OpeningHours, date: string, day: number) {
  if (holidays.some((holiday) => holiday.date === date)) return [];
  return week
    .filter((entry) => entry.day === day)
    .map(({ from, to }) => ({ from: minutesOf(from), to: minutesOf(to) }))
    .filter(({ from, to }) => from < to);
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number) as [number, number];
  return hours * 60 + minutes;
}

const formatOf = (timeZone: string) =>
  new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });

function wallTime(timeZone: string, at: number, format = formatOf(timeZone)): WallTime {
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const date = `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return { date, day: weekday || 7, minutes: Number(parts.get('hour')) * 60 + Number(parts.get('minute')) };
}

const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/** The moment at which the wall shows this; where a clock is put forward over it, the moment after. */
function momentOf(timeZone: string, date: string, minutes: number, format: Intl.DateTimeFormat): number {
  const asUtc = Date.parse(`${date}T00:00:00Z`) + minutes * 60_000;
  let at = asUtc;
  // Twice: the first guess may lie on the other side of a change of the clocks.
  for (let round = 0; round < 2; round++) {
    const wall = wallTime(timeZone, at, format);
    const off = (Date.parse(`${wall.date}T00:00:00Z`) - Date.parse(`${date}T00:00:00Z`)) / 60_000;
    at -= (off + wall.minutes - minutes) * 60_000;
  }
  return at;
}

/** Whether the times of a week make sense: each ends after it begins. */
export const hasSensibleTimes = ({ week }: OpeningHours): boolean =>
  week.every(({ from, to }) => minutesOf(from) < minutesOf(to) && minutesOf(to) <= minutesADay);
