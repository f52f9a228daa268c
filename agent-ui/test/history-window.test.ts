import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutIntoPieces, pieceSize, planWindow } from '../state/history-window.ts';

const sum = (heights: readonly number[]) => heights.reduce((total, height) => total + height, 0);
const heights = fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 60 });
const place = fc.record({
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  viewHeight: fc.integer({ min: 1, max: 2000 }),
});

describe('the window on a long history', () => {
  it('has the height of the whole history, and draws what is in view', () => {
    fc.assert(
      fc.property(heights, place, fc.integer({ min: 0, max: 1000 }), (all, { share, viewHeight }, overscan) => {
        const scrollTop = share * Math.max(0, sum(all) - viewHeight);
        const { from, to, above, below } = planWindow({ heights: all, scrollTop, viewHeight, overscan });
        expect(above + sum(all.slice(from, to)) + below).toBe(sum(all));
        let y = 0;
        all.forEach((height, index) => {
          const isInView = height > 0 && y + height > scrollTop && y < scrollTop + viewHeight;
          if (isInView) expect(index >= from && index < to).toBe(true);
          y += height;
        });
      }),
    );
  });

  it('draws no more of ten thousand messages than of a hundred', () => {
    const many = cutIntoPieces(Array.from({ length: 10_000 }, (_, index) => index)).map(() => pieceSize * 60);
    const { from, to } = planWindow({ heights: many, scrollTop: 300_000, viewHeight: 800, overscan: 600 });
    expect(to - from).toBeLessThanOrEqual(3);
  });

  it('cuts without losing anything', () => {
    const items = Array.from({ length: 2 * pieceSize + 1 }, (_, index) => index);
    expect(cutIntoPieces(items).flat()).toEqual(items);
  });
});
