import type { Clock } from './clock.ts';

export interface RoundsOptions {
  readonly clock: Clock;
  /** Deals with all that is due now, or begins to. */
  readonly takeDue: () => Promise<void>;
  /** When the next is due, as far as the store knows. */
  readonly nextDueAfter: (now: number) => Promise<number | null>;
  /** Now and then: throws away what is old. Resolves with whether there is more of it. */
  readonly sweep: (now: number) => Promise<boolean>;
  readonly onError: (error: unknown) => void;
}

export interface Rounds {
  start(): void;
  /** No round follows; resolves when the one under way is over. */
  stop(): Promise<void>;
  /** There may be something to take. */
  wake(): void;
  /** Resolves when no round is under way. */
  idle(): Promise<void>;
  readonly isStopped: boolean;
}

/** What another node left behind is found within this, and so is what the store could not say at first. */
const lookEveryMs = 30_000;
const sweepEveryMs = 3_600_000;

/**
 * Goes round whenever something falls due, one round at a time: who wakes it meanwhile gets one more. What is due stands
 * in the store, so that a restart forgets nothing.
 */
export function createRounds({ clock, takeDue, nextDueAfter, sweep, onError }: RoundsOptions): Rounds {
  let cancel = () => {};
  let running = Promise.resolve();
  let isRunning = false;
  let isAskedAgain = false;
  let isStopped = true;
  let sweptAt = Number.NEGATIVE_INFINITY;

  async function goRound(): Promise<void> {
    isRunning = true;
    let nextMs = lookEveryMs;
    try {
      do {
        isAskedAgain = false;
        await sweepInTime();
        await takeDue();
      } while (isAskedAgain && !isStopped);
      const now = clock.now();
      nextMs = Math.min(((await nextDueAfter(now)) ?? Number.POSITIVE_INFINITY) - now, lookEveryMs);
    } catch (error) {
      onError(error);
    }
    isRunning = false;
    appoint(isAskedAgain ? 0 : nextMs);
  }

  async function sweepInTime(): Promise<void> {
    const now = clock.now();
    if (now - sweptAt >= sweepEveryMs && !(await sweep(now))) sweptAt = now;
  }

  function appoint(ms: number): void {
    cancel();
    cancel = isStopped ? () => {} : clock.after(ms, wake);
  }

  function wake(): void {
    if (isStopped) return;
    isAskedAgain = true;
    if (!isRunning) running = goRound();
  }

  return {
    wake,
    start() {
      isStopped = false;
      wake();
    },
    async stop() {
      isStopped = true;
      cancel();
      await running;
    },
    async idle() {
      for (let last: unknown = null; last !== running; ) {
        last = running;
        await running;
      }
    },
    get isStopped() {
      return isStopped;
    },
  };
}
