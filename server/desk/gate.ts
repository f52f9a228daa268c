import { refusal, unavailable } from './answer.ts';
import type { Answer } from './desk.ts';
import type { Log } from './log.ts';
import type { Work } from './work.ts';

/** What the doors call passes here: it is waited for when the desk stops, and afterwards not begun any more. */
export interface Gate {
  /** A command always gets an answer: what could not be looked up is to be sent again. */
  answering(task: () => Promise<Answer>): Promise<Answer>;
  tracked<Args extends unknown[], Result>(task: (...args: Args) => Promise<Result>): (...args: Args) => Promise<Result>;
  unlessStopped<Args extends unknown[]>(task: (...args: Args) => Promise<void>): (...args: Args) => Promise<void>;
  stop(): void;
}

export function createGate({ work, log }: { work: Work; log: Log }): Gate {
  let stopped = false;
  return {
    async answering(task) {
      if (stopped) return refusal(unavailable);
      try {
        return await work.during(task);
      } catch (error) {
        log.error({ err: error }, 'a command could not be carried out');
        return refusal(unavailable);
      }
    },
    tracked:
      (task) =>
      (...args) =>
        work.during(() => task(...args)),
    unlessStopped:
      (task) =>
      async (...args) => {
        if (!stopped) await work.during(() => task(...args));
      },
    stop() {
      stopped = true;
    },
  };
}
