import type { Clock } from './clock.ts';

export type Pace<Key> = (key: Key, run: () => void) => void;

interface PaceOptions {
  readonly clock: Clock;
  readonly intervalMs: number;
}

/**
 * Lets a key through at most once an interval: the first at once, the last of those that come in between when the
 * interval is over. What it holds is gone an interval after the last call.
 */
export function createPace<Key>({ clock, intervalMs }: PaceOptions): Pace<Key> {
  const held = new Map<Key, (() => void) | null>();

  function rest(key: Key): void {
    held.set(key, null);
    clock.after(intervalMs, () => {
      const next = held.get(key);
      if (!next) {
        held.delete(key);
        return;
      }
      rest(key);
      next();
    });
  }

  return (key, run) => {
    if (held.has(key)) {
      held.set(key, run);
      return;
    }
    rest(key);
    run();
  };
}
