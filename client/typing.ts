import { limits } from '../protocol/limits.ts';

/** Tells that somebody types: at most once an interval, and its end at once. */
export function createTyping(tell: (on: boolean) => void) {
  /** 0 where nobody was told. */
  let toldAt = 0;
  return {
    typed(now: number) {
      if (now - toldAt < limits.typingIntervalMs) return;
      toldAt = now;
      tell(true);
    },
    stopped() {
      if (toldAt) tell(false);
      toldAt = 0;
    },
  };
}
