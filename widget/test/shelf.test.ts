import { describe, expect, test } from 'vitest';
import { limits } from '../../protocol/limits.ts';
import { admit } from '../shelf.ts';

const file = (name: string, size = 10) => ({ name, size });
const reasons = (held: number, files: { name: string; size: number }[]) =>
  admit(held, files).flaws.map(({ name, reason }) => [name, reason]);

describe('files before they travel', () => {
  test('five find room, and a sixth is refused', () => {
    const files = ['1', '2', '3', '4', '5', '6'].map((name) => file(name));
    expect(admit(0, files).taken.map(({ name }) => name)).toEqual(['1', '2', '3', '4', '5']);
    expect(reasons(0, files)).toEqual([['6', 'tooMany']]);
    expect(reasons(4, files.slice(0, 2))).toEqual([['2', 'tooMany']]);
  });

  test('20 MB is taken, and one byte more is refused', () => {
    expect(reasons(0, [file('full', limits.fileBytes)])).toEqual([]);
    expect(reasons(0, [file('over', limits.fileBytes + 1)])).toEqual([['over', 'tooLarge']]);
  });

  test('a file that is refused for itself takes no room', () => {
    const { taken, flaws } = admit(4, [file('huge', limits.fileBytes + 1), file('nothing', 0), file('fits')]);
    expect(taken).toEqual([file('fits')]);
    expect(flaws.map(({ reason }) => reason)).toEqual(['tooLarge', 'empty']);
  });
});
