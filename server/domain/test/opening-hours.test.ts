import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OpeningHours } from '../../../protocol/queue-settings.ts';
import { hasSensibleTimes, isOpenAt, isTimeZone, nextOpening } from '../opening-hours.ts';

const weekdays = [1, 2, 3, 4, 5].map((day) => ({ day, from: '09:00', to: '17:00' }));
const office: OpeningHours = {
  timeZone: 'Europe/Amsterdam',
  week: weekdays,
  holidays: [{ date: '2026-12-25', name: 'Christmas' }],
};
const at = (iso: string) => Date.parse(iso);

describe('opening hours', () => {
  test('none is always open', () => {
    expect(isOpenAt(null, 0)).toBe(true);
    expect(nextOpening(null, 0)).toBeNull();
  });

  test('go by the clock on the wall of their zone, summer and winter', () => {
    expect(isOpenAt(office, at('2026-11-23T07:59:59Z'))).toBe(false);
    expect(isOpenAt(office, at('2026-11-23T08:00:00Z'))).toBe(true);
    expect(isOpenAt(office, at('2026-11-23T15:59:59Z'))).toBe(true);
    expect(isOpenAt(office, at('2026-11-23T16:00:00Z'))).toBe(false);
    expect(isOpenAt(office, at('2026-07-20T07:00:00Z'))).toBe(true);
    expect(isOpenAt(office, at('2026-07-20T15:00:00Z'))).toBe(false);
  });

  test('say when it opens next: later today, tomorrow, after the weekend, after a holiday', () => {
    expect(nextOpening(office, at('2026-11-23T05:00:00Z'))).toBe(at('2026-11-23T08:00:00Z'));
    expect(nextOpening(office, at('2026-11-23T16:30:00Z'))).toBe(at('2026-11-24T08:00:00Z'));
    expect(nextOpening(office, at('2026-11-27T16:30:00Z'))).toBe(at('2026-11-30T08:00:00Z'));
    expect(nextOpening(office, at('2026-12-24T16:30:00Z'))).toBe(at('2026-12-28T08:00:00Z'));
    expect(nextOpening(office, at('2026-11-23T12:00:00Z'))).toBeNull();
  });

  test('across a change of the clocks the wall still counts', () => {
    expect(nextOpening(office, at('2026-10-23T20:00:00Z'))).toBe(at('2026-10-26T08:00:00Z'));
    expect(nextOpening(office, at('2026-03-27T20:00:00Z'))).toBe(at('2026-03-30T07:00:00Z'));
    const night = { ...office, week: [{ day: 7, from: '02:30', to: '04:00' }] };
    const opens = nextOpening(night, at('2026-03-28T12:00:00Z'));
    // There is no 02:30 on that night; what counts is that it opens, and is open then.
    expect(opens && isOpenAt(night, opens)).toBe(true);
  });

  test('several times a day have a break between them', () => {
    const shop = {
      ...office,
      week: [
        { day: 1, from: '09:00', to: '12:00' },
        { day: 1, from: '13:00', to: '24:00' },
      ],
    };
    expect(isOpenAt(shop, at('2026-11-23T11:30:00Z'))).toBe(false);
    expect(nextOpening(shop, at('2026-11-23T11:30:00Z'))).toBe(at('2026-11-23T12:00:00Z'));
    expect(isOpenAt(shop, at('2026-11-23T22:59:00Z'))).toBe(true);
    expect(isOpenAt(shop, at('2026-11-23T23:00:00Z'))).toBe(false);
  });

  test('that never come are no opening', () => {
    expect(nextOpening({ ...office, week: [] }, 0)).toBeNull();
    expect(nextOpening({ ...office, week: [{ day: 1, from: '09:00', to: '09:00' }] }, 0)).toBeNull();
  });

  test('a zone that is none is told, and so are times that end before they begin', () => {
    expect([isTimeZone('Europe/Amsterdam'), isTimeZone('Europe/Atlantis'), isTimeZone('')]).toEqual([
      true,
      false,
      false,
    ]);
    expect(hasSensibleTimes(office)).toBe(true);
    expect(hasSensibleTimes({ ...office, week: [{ day: 1, from: '17:00', to: '09:00' }] })).toBe(false);
  });

  test('whatever the hours, whatever the zone: it is open at the next opening, and closed until then', () => {
    const time = fc.integer({ min: 0, max: 95 }).map((quarter) => clock(quarter * 15));
    const hours = fc.record({
      timeZone: fc.constantFrom('Europe/Amsterdam', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Apia', 'UTC'),
      week: fc.array(
        fc.tuple(fc.integer({ min: 1, max: 7 }), time, time).map(([day, one, other]) => ({
          day,
          from: one < other ? one : other,
          to: one < other ? other : one,
        })),
        { maxLength: 8 },
      ),
      holidays: fc.constant<OpeningHours['holidays']>([]),
    });
    const moment = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-12-31T00:00:00Z') });
    fc.assert(
      fc.property(hours, moment, fc.double({ min: 0, max: 1, noNaN: true }), (one, now, share) => {
        const next = nextOpening(one, now);
        if (next === null) return isOpenAt(one, now) || one.week.every(({ from, to }) => from === to);
        const before = Math.floor(now + (next - 60_000 - now) * share);
        return isOpenAt(one, next) && (before < now || !isOpenAt(one, before));
      }),
      { numRuns: 500 },
    );
  });
});

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
