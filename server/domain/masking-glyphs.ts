/**
 * A text as masks look at it: its letters and digits, whatever script or width they are written in, and what stands
 * between them. One pass, so that no text takes longer than its length.
 */
export interface Glyph {
  /** `0` to `9`, or a letter in upper case. */
  readonly sign: string;
  readonly isDigit: boolean;
  /** Where it stands in the text, in UTF-16 units. */
  readonly from: number;
  readonly to: number;
  readonly gap: Gap;
}

/** What parts a glyph from the one before; over a wall no number goes on. */
export type Gap = 'none' | 'space' | 'dot' | 'wall';

/** Spaces and dashes of any kind, but no line ends: one number does not go on in the next line. */
const space = /^[\p{Zs}\t\p{Pd}\u2212]$/u;
const dot = /^[.·_]$/u;
/** Takes no room: joiners, marks of direction, the frame of a keycap. */
const unseen = /^(?:\p{Cf}|\p{Me}|\uFE0F)$/u;
const digit = /^\p{Nd}$/u;
const letter = /^\p{L}$/u;
/** In an address: a space, a dash or a digit as it is encoded there. */
const encoded = /^(?:\+|%20|%09|%C2%A0|%2D|%3[0-9])/i;
const longestGap = 3;

export function glyphsOf(text: string, isAddress = false): Glyph[] {
  const glyphs: Glyph[] = [];
  let gap: Gap = 'wall';
  let width = 0;
  for (let from = 0; from < text.length; ) {
    const code = isAddress ? encoded.exec(text.slice(from, from + 6))?.[0] : undefined;
    const piece = code ?? String.fromCodePoint(codeAt(text, from));
    const sign = code === undefined ? signOf(piece) : signOfCode(code);
    const to = from + piece.length;
    if (sign === ' ' || sign === '.') {
      gap = ++width > longestGap ? 'wall' : wider(gap, sign === ' ' ? 'space' : 'dot');
    } else if (sign === 'wall') {
      gap = 'wall';
    } else if (sign !== '') {
      glyphs.push({ sign, isDigit: sign >= '0' && sign <= '9', from, to, gap });
      gap = 'none';
      width = 0;
    }
    from = to;
  }
  return glyphs;
}

const codeAt = (text: string, at: number): number => text.codePointAt(at) ?? 0;

const wider = (gap: Gap, next: 'space' | 'dot'): Gap => (gap === 'none' || gap === next ? next : 'wall');

/** A letter or a digit; ` ` or `.` for what may part them; empty for what takes no room; `wall` for all else. */
function signOf(piece: string): string {
  if (space.test(piece)) return ' ';
  if (dot.test(piece)) return '.';
  if (unseen.test(piece)) return '';
  const plain = piece.normalize('NFKC');
  if (digit.test(plain)) return String(digitValue(plain));
  return letter.test(plain) ? plain.toUpperCase() : 'wall';
}

const signOfCode = (code: string): string => (code.startsWith('%3') ? code.slice(2) : ' ');

/** Unicode keeps the ten digits of a script together, zero first. */
function digitValue(sign: string): number {
  const code = codeAt(sign, 0);
  let value = 0;
  while (value < 9 && digit.test(String.fromCodePoint(code - value - 1))) value++;
  return value;
}
