/** Says on which day of the calendar a moment lies in a time zone: `2026-03-29`. */
export function createDayOf(timeZone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
    return `${parts.get('year')?.padStart(4, '0')}-${parts.get('month')}-${parts.get('day')}`;
  };
}

const dayMs = 24 * 3_600_000;

const startOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** How many days there are from the first to the last, both counted; none where they are the other way round. */
export const countDays = (from: string, to: string): number =>
  Math.max(0, Math.floor((startOf(to) - startOf(from)) / dayMs) + 1);

/** Every day from the first to the last: so few that they may stand in memory. */
export const daysBetween = (from: string, to: string): string[] =>
  Array.from({ length: countDays(from, to) }, (_, index) =>
    new Date(startOf(from) + index * dayMs).toISOString().slice(0, 10),
  );

/** Whether this is a day that there is; the pattern of a schema lets the thirtieth of February through. */
export const isDay = (day: string): boolean => {
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
};
