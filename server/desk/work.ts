import type { Log } from './log.ts';

/** What is under way, so that stopping can wait for it. */
export interface Work {
  /** Runs something that somebody waits for; its failure is theirs. */
  during<Result>(task: () => Promise<Result>): Promise<Result>;
  /** Runs something that nobody waits for; its failure is logged. */
  aside(what: string, task: () => Promise<void>): void;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

export function createWork(log: Log): Work {
  let count = 0;
  let waiting: (() => void)[] = [];

  function done(): void {
    count--;
    if (count > 0) return;
    const all = waiting;
    waiting = [];
    for (const resolve of all) resolve();
  }

  async function during<Result>(task: () => Promise<Result>): Promise<Result> {
    count++;
    try {
      return await task();
    } finally {
      done();
    }
  }

  return {
    during,
    aside(what, task) {
      during(task).catch((error: unknown) => log.error({ err: error, what }, 'the desk could not finish something'));
    },
    async idle() {
      while (count > 0) await new Promise<void>((resolve) => waiting.push(resolve));
    },
  };
}
