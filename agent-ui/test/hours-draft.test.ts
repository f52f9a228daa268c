import { describe, expect, it } from 'vitest';
import { draftOfHours, hoursOf } from '../state/hours-draft.ts';

const empty = { timeZone: 'Europe/Amsterdam', days: ['', '', '', '', '', '', ''], holidays: '' };
const monday = (times: string) => hoursOf({ ...empty, days: [times, '', '', '', '', '', ''] });

describe('opening hours as they are written', () => {
  it('are read however people write times', () => {
    const nineToFive = { week: [{ day: 1, from: '09:00', to: '17:00' }] };
    for (const text of ['9-17', '09:00-17:00', ' 9:00 – 17.00 ', '9-17,'])
      expect(monday(text)).toMatchObject(nineToFive);
    expect(monday('9-12, 13-24')).toMatchObject({
      week: [
        { day: 1, from: '09:00', to: '12:00' },
        { day: 1, from: '13:00', to: '24:00' },
      ],
    });
  });

  it('say which day is wrong', () => {
    for (const text of ['nine to five', '17-9', '9-25', '9:75-10', '9'])
      expect([text, monday(text)]).toEqual([text, { day: 1 }]);
  });

  it('have holidays, and say which is none', () => {
    const holidays = '2026-12-25 Christmas\n\n2027-01-01';
    expect(hoursOf({ ...empty, holidays })).toMatchObject({
      holidays: [
        { date: '2026-12-25', name: 'Christmas' },
        { date: '2027-01-01', name: '' },
      ],
    });
    expect(hoursOf({ ...empty, holidays: '25 December' })).toEqual({ holiday: '25 December' });
    expect(hoursOf({ ...empty, holidays: '2026-13-45 Never' })).toEqual({ holiday: '2026-13-45 Never' });
  });

  it('come back as they were', () => {
    const hours = {
      timeZone: 'Europe/Amsterdam',
      week: [
        { day: 2, from: '09:00', to: '12:30' },
        { day: 2, from: '13:00', to: '24:00' },
        { day: 7, from: '00:00', to: '01:00' },
      ],
      holidays: [{ date: '2026-12-25', name: 'Christmas' }],
    };
    expect(hoursOf(draftOfHours(hours))).toEqual(hours);
  });
});
