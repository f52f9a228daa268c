/** How the page says who its visitor is: a token, or better a callback that can be asked again. */
export type TokenSource = string | ((request: { thumbprint: string }) => Promise<string | null> | string | null);

export interface TokenKeeperOptions {
  readonly thumbprint: () => Promise<string>;
  /** The time to renew has come; ask for the token and send it. */
  readonly onDue: () => void;
  readonly random?: () => number;
}

/** Longest delay that timers take (2^31 - 1 ms); beyond it they fire at once. */
const longestTimerMs = 2 ** 31 - 1;
/** Renewed this long before the end, and up to as much again earlier, so that a crowd does not renew together. */
const renewalLeadMs = 30_000;

/**
 * Asks the page for the visitor's token and knows when to ask again. `undefined` means that the page has said nothing,
 * `null` that nobody is signed in; the two are not the same.
 */
export function createTokenKeeper({ thumbprint, onDue, random = Math.random }: TokenKeeperOptions) {
  let source: TokenSource | null | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  return {
    use(next: TokenSource | null) {
      source = next;
    },
    /** A callback that throws is as good as a page that said nothing: the chat goes on. */
    async get(): Promise<string | null | undefined> {
      if (typeof source !== 'function') return source;
      try {
        return (await source({ thumbprint: await thumbprint() })) ?? null;
      } catch (error) {
        console.warn('Balie: the identify callback failed.', error);
        return undefined;
      }
    },
    /** `expiresInMs` by the server's clock: the visitor's own may be wrong. */
    renewIn(expiresInMs: number) {
      clearTimeout(timer);
      if (typeof source !== 'function') return;
      const lead = Math.min(renewalLeadMs, expiresInMs / 4);
      const delay = expiresInMs - lead - random() * lead;
      timer = setTimeout(onDue, Math.min(Math.max(delay, 0), longestTimerMs));
    },
    stop() {
      clearTimeout(timer);
    },
  };
}
