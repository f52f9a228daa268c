import { limits } from '../protocol/limits.ts';

/** Tells that somebody types: at most once an interval, and its end at once. */
export function createTyping(tell: (on: boolean) => void) {
  let toldAt = Number.NEGATIVE_INFINITY;
  return {
    typed(now: number) {
      if (now - toldAt < limits.typingIntervalMs) return;
      toldAt = now;
      tell(true);
    },
    stopped() {
      if (toldAt === Number.NEGATIVE_INFINITY) return;
      toldAt = Number.NEGATIVE_INFINITY;
      tell(false);
    },
  };
}
