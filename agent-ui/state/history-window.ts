/**
 * Which part of a long history stands in the page. The history is cut into pieces of so many entries; heights of pieces
 * not drawn yet are estimates, replaced by what was measured.
 */
export interface HistoryWindow {
  /** Pieces from (inclusive) and to (exclusive) are drawn. */
  readonly from: number;
  readonly to: number;
  /** Room for what is not: pixels above and below. */
  readonly above: number;
  readonly below: number;
}

interface View {
  readonly heights: readonly number[];
  readonly scrollTop: number;
  readonly viewHeight: number;
  /** Drawn beyond the edges, so that a flick of the wheel meets no empty room. */
  readonly overscan: number;
}

export const pieceSize = 30;

export function cutIntoPieces<Item>(items: readonly Item[]): Item[][] {
  const pieces: Item[][] = [];
  for (let at = 0; at < items.length; at += pieceSize) pieces.push(items.slice(at, at + pieceSize));
  return pieces;
}

export function planWindow({ heights, scrollTop, viewHeight, overscan }: View): HistoryWindow {
  const top = scrollTop - overscan;
  const bottom = scrollTop + viewHeight + overscan;
  let [from, to, above, below, y] = [heights.length, 0, 0, 0, 0];
  heights.forEach((height, index) => {
    const isNear = y + height > top && y < bottom;
    if (isNear) {
      from = Math.min(from, index);
      to = index + 1;
    } else if (y >= bottom) below += height;
    else above += height;
    y += height;
  });
  return to === 0 ? { from: 0, to: 0, above, below } : { from, to, above, below };
}
