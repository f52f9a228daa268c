/** The time, and being called later; injected, so that tests turn the hands themselves. */
export interface Clock {
  now(): number;
  /** Returns the way to be spared the call. */
  after(ms: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: Date.now,
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
