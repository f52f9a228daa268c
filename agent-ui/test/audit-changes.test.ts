import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auditChanges, auditValue } from '../state/audit-changes.ts';
import nl from '../texts/nl-settings.json' with { type: 'json' };

describe('1: what an entry of the audit log changed', () => {
  test('is told where it stands, and what stayed is left out', () => {
    const before = { name: 'Sales', hours: { timeZone: 'Europe/Amsterdam', week: [] }, room: 4 };
    const after = { name: 'Sales', hours: { timeZone: 'Europe/Paris', week: [] }, room: 5 };
    expect(auditChanges(before, after)).toEqual([
      { path: 'hours.timeZone', before: 'Europe/Amsterdam', after: 'Europe/Paris' },
      { path: 'room', before: 4, after: 5 },
    ]);
  });

  test('is all of what was made, and all of what was deleted', () => {
    const state = { name: 'Sales', look: { side: 'left' } };
    expect(auditChanges(null, state).map(({ path, after }) => [path, after])).toEqual([
      ['name', 'Sales'],
      ['look.side', 'left'],
    ]);
    expect(auditChanges(state, null).map(({ before }) => before)).toEqual(['Sales', 'left']);
  });

  test('is found under the name of a part of every object', () => {
    expect(auditChanges({ labels: {} }, { labels: { constructor: 'Builder' } })).toEqual([
      { path: 'labels.constructor', before: undefined, after: 'Builder' },
    ]);
  });

  test('is nothing between a state and itself, and the other way round when looked at backwards', () => {
    const state = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }));
    fc.assert(fc.property(state, (one) => auditChanges(one, one).length === 0));
    fc.assert(
      fc.property(state, state, (one, other) => {
        const there = auditChanges(one, other).map(({ path, before, after }) => [path, after, before]);
        const back = auditChanges(other, one).map(({ path, before, after }) => [path, before, after]);
        expect(inOrder(there)).toEqual(inOrder(back));
      }),
    );
  });
});

/** By all that is in them, since two may stand at the same path; a thing that is not there is told from `null`. */
const inOrder = (rows: readonly unknown[][]) => {
  const textOf = (row: unknown[]) => JSON.stringify(row, (_, value) => (value === undefined ? '\0' : value));
  return rows.toSorted((one, other) => (textOf(one) < textOf(other) ? -1 : 1));
};

describe('a value', () => {
  test.each([
    ['', null],
    [null, null],
    [[], null],
    [false, 'false'],
    [['a', 'b'], 'a, b'],
    [[{ id: 'x1', name: 'Sales' }], 'Sales'],
    [
      [
        { day: 1, from: '09:00', to: '17:00' },
        { day: 7, from: '10:00', to: '12:00' },
      ],
      'Maandag 09:00–17:00, Zondag 10:00–12:00',
    ],
    [[{ day: 8, from: 'a', to: 'b' }], '8 a b'],
  ])('%j is read as %j', (value, words) => {
    expect(auditValue(value, (day) => nl[`weekday.${day as 1}`])).toBe(words);
  });
});
