import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { limits } from '../../../protocol/limits.ts';
import naughtyStrings from '../../realtime/test/data/naughty-strings.json' with { type: 'json' };
import { findExcerpt } from '../excerpt.ts';
import type { Passage } from '../passages.ts';
import { indexWords, matchesIn, needsLook, parseQuery, type SearchQuery } from '../search-query.ts';
import { wordsOf } from '../words.ts';

const words = (text: string) => wordsOf(text).map(({ word }) => word);
function queryOf(text: string): SearchQuery {
  const parsed = parseQuery(text);
  if (parsed.kind !== 'query') throw new Error(`${JSON.stringify(text)} is ${parsed.kind}`);
  return parsed.query;
}
const isIn = (asked: string, text: string) => {
  const query = queryOf(asked);
  return new Set(matchesIn(query, text).map(({ term }) => term)).size === query.length;
};
const anyText = fc.string({ unit: 'binary', maxLength: 80 });

describe('words', () => {
  test.each([
    ['My Lámp, broken!', ['my', 'lamp', 'broken']],
    ['ada@example.com ORD-1234', ['ada', 'example', 'com', 'ord', '1234']],
    ['Straße ﬁn Ⅷ', ['strasse', 'fin', 'viii']],
    ['İstanbul ΛΌΓΟΣ', ['istanbul', 'λογοσ']],
    ['東京都', ['東京', '京都', '都']],
    ['v2東', ['v2', '東']],
    ['😀 ¿? — ', []],
  ])('of %s', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  test('hold nothing that is syntax to any index, whatever the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const { word, start, end } of wordsOf(text)) {
          expect(word).toMatch(/^[\p{L}\p{N}\p{M}]+$/u);
          expect([...word].length).toBeLessThanOrEqual(40);
          expect(text.slice(start, end)).not.toBe('');
        }
      }),
      { numRuns: 500 },
    );
  });

  test('are the same however a text is written, and a word of them is one again', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(words(text.normalize('NFD'))).toEqual(words(text.normalize('NFC')));
        for (const word of words(text)) expect(words(word).join('')).toContain(word.slice(0, 1));
      }),
      { numRuns: 300 },
    );
  });

  test('D183 of any long text cost little', () => {
    const start = performance.now();
    for (const text of [
      'a'.repeat(50_000),
      '!'.repeat(50_000),
      'a '.repeat(25_000),
      '́'.repeat(50_000),
      '東'.repeat(25_000),
    ])
      wordsOf(text);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('a query', () => {
  test('is words from their beginning, and quotations as they are', () => {
    expect(queryOf('lam "my broken lamp" ORD-12')).toEqual([
      { words: ['lam'], isOpen: true },
      { words: ['my', 'broken', 'lamp'], isOpen: false },
      { words: ['ord', '12'], isOpen: true },
    ]);
    expect(queryOf('“my lamp” a')).toEqual([
      { words: ['my', 'lamp'], isOpen: false },
      { words: ['a'], isOpen: false },
    ]);
    expect(queryOf('"still typ')).toEqual([{ words: ['still', 'typ'], isOpen: true }]);
  });

  test('D184 without a word is empty, and with too many is that', () => {
    for (const text of ['', '   ', '*', '***', '"" ', '%_?', '- - -', '\u0000'])
      expect(parseQuery(text).kind).toBe('empty');
    expect(parseQuery('word '.repeat(limits.searchWords)).kind).toBe('query');
    expect(parseQuery('word '.repeat(limits.searchWords + 1)).kind).toBe('too_many');
    expect(parseQuery('a.'.repeat(5000)).kind).toBe('too_many');
  });

  test('W031 naughty strings and any others are read without an error', () => {
    for (const text of naughtyStrings) expect(['query', 'empty', 'too_many']).toContain(parseQuery(text).kind);
    fc.assert(
      fc.property(anyText, (text) => {
        const parsed = parseQuery(text);
        if (parsed.kind !== 'query') return;
        for (const { word } of indexWords(parsed.query)) expect(word).toMatch(/^[\p{L}\p{N}\p{M}]+$/u);
      }),
    );
  });

  test('a text is found by itself, by its words and by their beginnings', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'abÉ東京 -."'), minLength: 1, maxLength: 12 }), (text) => {
        if (parseQuery(text).kind !== 'query') return;
        expect(isIn(text, `before ${text.replaceAll('"', ' ')} after`)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('what the index is asked is no more than what the text must have', () => {
    fc.assert(
      fc.property(anyText, anyText, (asked, text) => {
        const parsed = parseQuery(asked);
        if (parsed.kind !== 'query' || !isIn(asked, text)) return;
        const there = words(text);
        for (const { word, isOpen } of indexWords(parsed.query))
          expect(there.some((one) => (isOpen ? one.startsWith(word) : one === word))).toBe(true);
      }),
    );
  });

  test.each([
    ['lamp', 'my lampshade', true],
    ['"lamp"', 'my lampshade', false],
    ['"my lamp"', 'my old lamp', false],
    ['ada@example.com', 'mail ada@example.com please', true],
    ['ada@example.com', 'example.com of ada', false],
    ['café', 'CAFE', true],
    ['京', '東京', true],
    ['京都', '東京都', true],
    ['東都', '東京都', false],
    ['"東京"', '東京都', true],
  ])('%s in %s: %s', (asked, text, expected) => {
    expect(isIn(asked, text)).toBe(expected);
  });

  test('a look at the text is needed only where words must stand side by side', () => {
    expect(needsLook(queryOf('one two'))).toBe(false);
    expect(needsLook(queryOf('"one two"'))).toBe(true);
  });
});

describe('an excerpt', () => {
  const passage = (text: string): Passage => ({
    seq: 1,
    at: 0,
    by: { kind: 'visitor' },
    audience: 'everyone',
    text,
    place: { kind: 'message' },
  });
  const excerpt = (asked: string, ...texts: string[]) => findExcerpt(queryOf(asked), texts.map(passage));

  test('is of the passage with most of what is asked for', () => {
    const { isThere, found } = excerpt('red lamp', 'a lamp', 'the red lamp is', 'red');
    expect(isThere).toBe(true);
    expect(found?.excerpt).toEqual([
      { text: 'the ', isMatch: false },
      { text: 'red', isMatch: true },
      { text: ' ', isMatch: false },
      { text: 'lamp', isMatch: true },
      { text: ' is', isMatch: false },
    ]);
    expect(excerpt('red lamp', 'a lamp').isThere).toBe(false);
    expect(excerpt('"red lamp"', 'lamp red').found).toBeNull();
  });

  test('C141 is pieces of the text itself, short, whole letters, and marked where it matches', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '😀', '<b>', '東', '\n'), maxLength: 300 });
    fc.assert(
      fc.property(letters, letters, (head, tail) => {
        const text = `${head} needle ${tail}`;
        const { found } = excerpt('needle', text);
        const parts = found?.excerpt ?? [];
        const inside = parts.filter(({ text: part }) => part !== '…');
        expect(text).toContain(inside.map((part) => part.text).join(''));
        expect(parts.filter(({ isMatch }) => isMatch).map((part) => part.text)).toContain('needle');
        expect([...inside.map((part) => part.text).join('')].length).toBeLessThanOrEqual(180);
        for (const part of parts) expect(part.text.isWellFormed()).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
