const firstMs = 5000;
const longestMs = 3_600_000;

/**
 * How long to wait after so many failures in a row before the next try: five seconds, doubling up to an hour, and up to
 * a fifth less, so that what failed together does not come back together.
 *
 * @param failures at least 1
 * @param chance from 0 to 1
 */
export const retryDelayMs = (failures: number, chance: number): number =>
  Math.round(Math.min(firstMs * 2 ** (failures - 1), longestMs) * (1 - chance / 5));
