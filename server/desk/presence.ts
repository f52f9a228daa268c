import type { Clock } from './clock.ts';

/**
 * Who has a socket open in this node. Going is believed only after a grace, since changing pages closes the socket of
 * one page before the next one opens its own.
 */
export interface Presence<Key> {
  /** One more socket. True where the key was not here before, not even within the grace. */
  came(key: Key): boolean;
  /** One socket less. True where it was the last. */
  went(key: Key): boolean;
  /** Within the grace too. */
  isHere(key: Key): boolean;
  hasSocket(key: Key): boolean;
}

interface PresenceOptions<Key> {
  readonly clock: Clock;
  readonly graceMs: number;
  /** Called after the grace, with the time when the last socket closed. */
  readonly onGone: (key: Key, wentAt: number) => void;
}

export function createPresence<Key>({ clock, graceMs, onGone }: PresenceOptions<Key>): Presence<Key> {
  const sockets = new Map<Key, number>();
  const leaving = new Map<Key, () => void>();

  function leave(key: Key): void {
    const wentAt = clock.now();
    const cancel = clock.after(graceMs, () => {
      leaving.delete(key);
      onGone(key, wentAt);
    });
    leaving.set(key, cancel);
  }

  return {
    came(key) {
      const count = sockets.get(key) ?? 0;
      sockets.set(key, count + 1);
      const cancel = leaving.get(key);
      cancel?.();
      leaving.delete(key);
      return count === 0 && !cancel;
    },
    went(key) {
      const count = sockets.get(key);
      if (count === undefined) return false;
      if (count > 1) {
        sockets.set(key, count - 1);
        return false;
      }
      sockets.delete(key);
      leave(key);
      return true;
    },
    isHere: (key) => sockets.has(key) || leaving.has(key),
    hasSocket: (key) => sockets.has(key),
  };
}
