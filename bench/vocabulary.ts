/**
 * Words as people use them: the n-th most common comes about 1/n times as often as the first (Zipf). The same on every
 * run, so that two runs fill the same index.
 */
const size = 60_000;
const letters = 'etaoinshrdlucmfwypvbgkqjxz';

/** Lengths of 2 to 9 letters, and no two the same: a number in base 26 after a few letters of chance. */
function wordAt(rank: number): string {
  const random = createRandom(rank + 1);
  let word = '';
  for (let count = random() * 5; count > 0; count--) word += letters[Math.floor(random() ** 2 * 26)];
  for (let rest = rank; ; rest = Math.floor(rest / 26)) {
    word += letters[rest % 26];
    if (rest < 26) return word;
  }
}

export const vocabulary: readonly string[] = Array.from({ length: size }, (_, rank) => wordAt(rank));

const weights = new Float64Array(size);
for (let rank = 0, sum = 0; rank < size; rank++) {
  sum += 1 / (rank + 1);
  weights[rank] = sum;
}

/** A sentence of so many words. */
export function sentence(random: () => number, words: number): string {
  return Array.from({ length: words }, () => vocabulary[rankOf(random())]).join(' ');
}

function rankOf(chance: number): number {
  const wanted = chance * (weights[size - 1] ?? 0);
  let [low, high] = [0, size - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((weights[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Mulberry32: small, and good enough for words. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
