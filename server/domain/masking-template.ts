import type { Glyph } from './masking-glyphs.ts';
import type { Matcher, Range } from './masking-patterns.ts';

/**
 * A site's own pattern: `#` stands for a digit, `@` for a letter, and what else there is for itself. Spaces, dashes and
 * dots are not looked at, so that `####-####` finds a number however it is parted. No regular expression of anybody's
 * runs here.
 */
export function templateMatcher(template: string): Matcher {
  const signs = [...template.toUpperCase()].filter((sign) => /[#@A-Z0-9]/.test(sign));
  return (glyphs) => glyphs.flatMap((_, first) => matchAt(glyphs, first, signs) ?? []);
}

function matchAt(glyphs: readonly Glyph[], first: number, signs: readonly string[]): Range | null {
  const last = first + signs.length - 1;
  if (last >= glyphs.length || isGoingOn(glyphs, first) || isGoingOn(glyphs, last + 1)) return null;
  const fits = signs.every((sign, place) => {
    const glyph = glyphs[first + place];
    return glyph !== undefined && (place === 0 || glyph.gap !== 'wall') && isSign(glyph, sign);
  });
  return fits ? { first, last } : null;
}

const isGoingOn = (glyphs: readonly Glyph[], at: number): boolean => at > 0 && glyphs[at]?.gap === 'none';

const isSign = (glyph: Glyph, sign: string): boolean =>
  sign === '#' ? glyph.isDigit : sign === '@' ? !glyph.isDigit : glyph.sign === sign;
