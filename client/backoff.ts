import { limits } from '../protocol/limits.ts';

/**
 * How long to wait before the next try. Full jitter: any time between nothing and a bound that doubles, so that the
 * clients of a server that restarts do not come back all at once.
 */
export function createBackoff(random: () => number) {
  let tries = 0;
  return {
    next(): number {
      const bound = Math.min(limits.reconnectMaxMs, limits.reconnectFirstMs * 2 ** tries);
      tries++;
      return random() * bound;
    },
    reset() {
      tries = 0;
    },
  };
}
