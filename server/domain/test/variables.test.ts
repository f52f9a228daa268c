import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldName } from '../variable-name.ts';
import { parseVariables, withoutVerified } from '../variables.ts';

const accepted = (input: unknown) => {
  const parsed = parseVariables(input);
  return parsed.ok ? Object.fromEntries(parsed.variables) : parsed;
};
const named = (name: string) => parseVariables(JSON.parse(`{${JSON.stringify(name)}:1}`)).ok;

describe('names', () => {
  it.each([
    'plan',
    'customer number',
    'customer_number',
    'customerNumber',
    'order-2',
    'Größe',
    '顧客番号',
    'שם',
    'Номер IBAN',
    'हिन्दी',
  ])('V088 takes %j as it is written', (name) => expect(accepted({ [name]: 1 })).toEqual({ [name]: 1 }));

  it.each([
    ...[
      'id',
      'ip',
      'ID',
      'i_d',
      'isAgent',
      'is agent',
      'is-agent',
      'IS_AGENT',
      'role',
      'Roles',
      'constructor',
      'prototype',
    ],
    ...['toString', 'hasOwnProperty', 'valueOf', 'verified', 'sub', 'session id', 'conversationId'],
  ])('V088 refuses the reserved name %j', (name) => expect(named(name)).toBe(false));

  it.each([
    '__proto__',
    '__defineGetter__',
    '',
    ' ',
    ' plan',
    'plan ',
    'a  b',
    'a.b',
    'a/b',
    'a[0]',
    '$set',
    'a\0b',
    'a\nb',
  ])('J062 refuses the malformed name %j', (name) => expect(named(name)).toBe(false));

  it.each([
    ['U+200B zero width space', 'pl\u200ban'],
    ['U+200D joiner', 'pl\u200dan'],
    ['U+202E right-to-left override', 'plan\u202e'],
    ['U+2066 isolate', '\u2066plan'],
    ['U+00AD soft hyphen', 'pl\u00adan'],
    ['U+3164 Hangul filler', 'plan\u3164'],
    ['U+FE0F variation selector', 'plan\ufe0f'],
    ['U+FEFF byte order mark', '\ufeffplan'],
    ['U+E0041 tag', 'plan\u{e0041}'],
    ['half a surrogate', 'plan\ud800'],
    ['a pile of marks', `a${'\u0301\u0316\u0323'.repeat(3)}`],
  ])('J062 refuses a name with %s', (_what, name) => expect(named(name)).toBe(false));

  it.each([
    ['Cyrillic а in Latin', 'n\u0430me'],
    ['Greek ο in Latin', 'r\u03bfle'],
    ['Cherokee in Latin', 'e\u13a7ail'],
    ['ip in Cyrillic alone', '\u0456\u0440'],
    ['role in full width', '\uff52\uff4f\uff4c\uff45'],
    ['role in mathematical letters', '\u{1d42b}\u{1d428}\u{1d425}\u{1d41e}'],
    ['id with a dotless i', '\u0131d'],
    ['isagent with a long s', 'i\u017fagent'],
  ])('V088 refuses a name that only looks like another: %s', (_what, name) => expect(named(name)).toBe(false));

  it('J062 refuses two names that look the same', () => {
    expect(parseVariables({ plan: 1, Plan: 2 })).toEqual({
      ok: false,
      field: 'variables.Plan',
      reason: 'Another name looks the same.',
    });
    expect(parseVariables({ 'order no': 1, order_no: 2 }).ok).toBe(false);
    expect(parseVariables({ cop: 1, '\u0441\u043e\u0440': 2 }).ok).toBe(false);
  });

  it('V088 keeps name and email under one spelling, so that no second one can stand beside them', () => {
    expect(accepted({ 'E-Mail': 'ada@example.org', NAME: 'Ada' })).toEqual({ email: 'ada@example.org', name: 'Ada' });
  });

  it('V088 folds whatever it accepted to a fixed point', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (name) => {
        const parsed = parseVariables({ [name]: 1 });
        if (!parsed.ok) return;
        const [kept] = [...parsed.variables.keys()];
        expect(accepted({ [String(kept)]: 1 })).toEqual({ [String(kept)]: 1 });
        expect(foldName(String(kept))).toBe(foldName(name));
      }),
    );
  });
});

describe('values', () => {
  it('J062 takes scalars and nothing else', () => {
    const scalars = { a: 'text\nof two lines', b: 0, c: -1.5, d: true, e: '' };
    expect(accepted(scalars)).toEqual(scalars);
    for (const value of [null, undefined, [], {}, ['a'], Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 1n])
      expect(parseVariables({ plan: value })).toMatchObject({ ok: false, field: 'variables.plan' });
  });

  it('J062 refuses texts that cannot be kept or shown as they are', () => {
    for (const value of ['a\0b', '\u0007', '\u0085', '\ud800', 'a'.repeat(1025)])
      expect(parseVariables({ plan: value }).ok).toBe(false);
    expect(parseVariables({ plan: '😀'.repeat(1024) }).ok).toBe(true);
  });
});

describe('sets', () => {
  it('J062 holds 50 variables with names of 64 characters, and not one more', () => {
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`v${index}`, index]));
    expect(parseVariables(many(50)).ok).toBe(true);
    expect(parseVariables(many(51))).toMatchObject({ ok: false, field: 'variables' });
    expect(named('n'.repeat(64))).toBe(true);
    expect(named('n'.repeat(65))).toBe(false);
  });

  it('J062 takes an object or nothing', () => {
    expect(accepted(undefined)).toEqual({});
    expect(accepted({})).toEqual({});
    for (const input of [null, [], 'plan', 1, true]) expect(parseVariables(input).ok).toBe(false);
  });

  it('J062 never throws, and never touches a prototype', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (input) => {
        parseVariables(JSON.parse(JSON.stringify(input)));
        parseVariables(JSON.parse(`{"__proto__":${JSON.stringify(input)},"constructor":{"prototype":{"x":1}}}`));
        expect(Object.prototype).not.toHaveProperty('x');
      }),
    );
  });

  it('V081 drops claims whose name is verified, however it is written', () => {
    const claims = [{ name: 'Plan' }, { name: 'colour' }, { name: 'customer_number' }];
    expect(withoutVerified(claims, [{ name: 'plan' }, { name: 'customerNumber' }])).toEqual([{ name: 'colour' }]);
  });
});
