import { limits } from '../../protocol/limits.ts';

/** Guesses are slowed down per account and per address; nobody is ever locked out for more than a minute. */
export interface SignInDelay {
  /**
   * 0 where a try may be made now, otherwise the milliseconds to wait. A try counts as failed from here on, so that a
   * thousand at once are no way around it.
   */
  begin(account: string, address: string): number;
  succeeded(account: string, address: string): void;
}

interface Tries {
  count: number;
  lastAt: number;
}

/** Beyond this the oldest is forgotten, so that made-up accounts can't fill the memory. */
const remembered = 10_000;
const forgottenAfterMs = 15 * limits.signInDelayMaxMs;

export function createSignInDelay(now: () => number): SignInDelay {
  const accounts = new Map<string, Tries>();
  const addresses = new Map<string, Tries>();
  const familiar = new Map<string, Tries>();

  const isOld = ({ lastAt }: Tries): boolean => now() - lastAt > forgottenAfterMs;

  function waitMs(tries: Tries | undefined, free: number): number {
    if (!tries || tries.count < free) return 0;
    const delay = Math.min(limits.signInDelayMaxMs, 1000 * 2 ** (tries.count - free));
    return Math.max(0, tries.lastAt + delay - now());
  }

  return {
    begin(account, address) {
      // From where its owner has signed in before, an account is judged on its own: a stranger who keeps guessing
      // elsewhere cannot keep them out.
      const pair = pairOf(account, address);
      const [book, key] = familiar.has(pair) ? [familiar, pair] : [accounts, account];
      const wait = Math.max(
        waitMs(book.get(key), limits.freeSignInFailures),
        waitMs(addresses.get(address), limits.freeSignInFailuresPerAddress),
      );
      if (wait > 0) return wait;
      for (const [map, name] of [[book, key] as const, [addresses, address] as const]) {
        const known = map.get(name);
        const count = known && !isOld(known) ? known.count + 1 : 1;
        remember(map, name, { count, lastAt: now() });
      }
      return 0;
    },
    succeeded(account, address) {
      accounts.delete(account);
      const tries = addresses.get(address);
      if (tries) tries.count--;
      remember(familiar, pairOf(account, address), { count: 0, lastAt: now() });
    },
  };
}

const pairOf = (account: string, address: string): string => `${address} ${account}`;

function remember(book: Map<string, Tries>, key: string, tries: Tries): void {
  book.delete(key);
  book.set(key, tries);
  const [oldest] = book.keys();
  if (book.size > remembered && oldest !== undefined) book.delete(oldest);
}
