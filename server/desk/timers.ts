import type { Clock } from './clock.ts';

/** A clock that can be stopped: then nothing of what was appointed happens, nor anything appointed later. */
export function createTimers(clock: Clock): Clock & { stop(): void } {
  const pending = new Set<() => void>();
  let stopped = false;
  return {
    now: () => clock.now(),
    after(ms, run) {
      if (stopped) return () => {};
      const forget = clock.after(ms, () => {
        pending.delete(cancel);
        run();
      });
      const cancel = () => {
        pending.delete(cancel);
        forget();
      };
      pending.add(cancel);
      return cancel;
    },
    stop() {
      stopped = true;
      for (const cancel of [...pending]) cancel();
    },
  };
}
