import type { MaskingPattern } from '../../protocol/site-settings.ts';
import { ibanLengths } from './iban-lengths.ts';
import type { Glyph } from './masking-glyphs.ts';

/** From the first to the last glyph of something to be masked, both included. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

export type Matcher = (glyphs: readonly Glyph[]) => Range[];

const cardLength = { least: 13, most: 19 } as const;

/**
 * The patterns that a site can choose. Each looks at windows of a bounded length, so a text takes time in proportion to
 * its length, whatever stands in it. Windows that overlap are all found: what is left shows none of them.
 */
export const patternMatchers: Readonly<Record<MaskingPattern, Matcher>> = {
  /** Payment cards: ISO/IEC 7812, with its check digit, of the ranges that schemes use. */
  card: (glyphs) => numbers(glyphs, cardLength, (digits) => isCardRange(digits) && passesLuhn(digits)),
  /** Burgerservicenummer: nine digits that pass the test of eleven, in groups as people write them. */
  bsn: (glyphs) =>
    numbers(glyphs, { least: 9, most: 9 }, (digits, groups) => bsnGroups.has(groups) && passesEleven(digits)),
  iban: (glyphs) => glyphs.flatMap((_, first) => ibanAt(glyphs, first) ?? []),
};

/** Every run of that many digits that begins and ends where a group of digits does, and passes. */
function numbers(
  glyphs: readonly Glyph[],
  { least, most }: { readonly least: number; readonly most: number },
  passes: (digits: string, groups: string) => boolean,
): Range[] {
  const found: Range[] = [];
  for (const [first, glyph] of glyphs.entries()) {
    if (!glyph.isDigit || isGoingOn(glyphs, first)) continue;
    let digits = '';
    let groups = '';
    let group = 0;
    let gap: Glyph['gap'] = 'none';
    for (let last = first; digits.length < most; last++) {
      const next = glyphs[last];
      if (!next?.isDigit) break;
      if (last > first && next.gap !== 'none') {
        if (next.gap === 'wall' || (gap !== 'none' && gap !== next.gap)) break;
        gap = next.gap;
        groups += group;
        group = 0;
      }
      digits += next.sign;
      group++;
      if (digits.length >= least && !isGoingOn(glyphs, last + 1) && passes(digits, groups + group))
        found.push({ first, last });
    }
  }
  return found;
}

/** Whether the digit before goes straight on into this one. */
const isGoingOn = (glyphs: readonly Glyph[], at: number): boolean =>
  glyphs[at]?.isDigit === true && glyphs[at]?.gap === 'none' && glyphs[at - 1]?.isDigit === true;

const isCardRange = (digits: string): boolean => /^(?:[3-6]|2[2-7])/.test(digits);

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place]);
    const doubled = digit * 2;
    sum += place % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Not every way to part nine digits: a day and a number beside it are nine too. */
const bsnGroups: ReadonlySet<string> = new Set([
  '9',
  '333',
  '423',
  '2223',
  '3222',
  '45',
  '54',
  '36',
  '63',
  '111111111',
]);

function passesEleven(digits: string): boolean {
  const weights = [9, 8, 7, 6, 5, 4, 3, 2, -1];
  const sum = weights.reduce((total, weight, place) => total + weight * Number(digits[place]), 0);
  return sum !== 0 && sum % 11 === 0;
}

function ibanAt(glyphs: readonly Glyph[], first: number): Range | null {
  const country = `${glyphs[first]?.sign}${glyphs[first + 1]?.sign}`;
  const length = ibanLengths.get(country);
  if (length === undefined || glyphs.length < first + length) return null;
  const range = glyphs.slice(first, first + length);
  if (range.some(({ gap }, place) => place > 0 && gap === 'wall')) return null;
  const after = glyphs[first + length];
  if (after?.isDigit && after.gap === 'none') return null;
  return passesMod97(range.map(({ sign }) => sign).join('')) ? { first, last: first + length - 1 } : null;
}

/** ISO 7064, MOD 97-10: with the first four signs at the end, and letters as 10 to 35. */
function passesMod97(iban: string): boolean {
  let rest = 0;
  for (const sign of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(sign, 36);
    if (Number.isNaN(value)) return false;
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
