import { expect, test } from 'vitest';
import { createDayOf, daysBetween, isDay } from '../calendar-day.ts';

test('a day begins at midnight of its own time zone, summer and winter', () => {
  const amsterdam = createDayOf('Europe/Amsterdam');
  expect(amsterdam(Date.parse('2026-11-22T22:59:59.999Z'))).toBe('2026-11-22');
  expect(amsterdam(Date.parse('2026-11-22T23:00:00Z'))).toBe('2026-11-23');
  expect(amsterdam(Date.parse('2026-07-01T22:00:00Z'))).toBe('2026-07-02');
  expect(createDayOf('Pacific/Kiritimati')(Date.parse('2026-12-31T10:00:00Z'))).toBe('2027-01-01');
  expect(createDayOf('Pacific/Pago_Pago')(Date.parse('2027-01-01T10:59:59Z'))).toBe('2026-12-31');
});

test('days are counted on the calendar, where one of 23 hours is a day as well', () => {
  expect(daysBetween('2026-03-28', '2026-03-31')).toEqual(['2026-03-28', '2026-03-29', '2026-03-30', '2026-03-31']);
  expect(daysBetween('2028-02-28', '2028-03-01')).toHaveLength(3);
  expect(daysBetween('2026-03-02', '2026-03-01')).toEqual([]);
});

test('a day that there is not is none', () => {
  expect(['2026-02-28', '2028-02-29', '2026-02-29', '2026-02-30', '2026-13-01', 'today'].map(isDay)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});
