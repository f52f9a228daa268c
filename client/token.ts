/** How the page says who its visitor is: a token, or better a callback that can be asked again. */
export type TokenSource = string | ((request: { thumbprint: string }) => Promise<string | null> | string | null);

export interface TokenKeeperOptions {
  readonly thumbprint: () => Promise<string>;
  /** The time to renew has come; ask for the token and send it. */
  readonly onDue: () => void;
  readonly random?: () => number;
}

/** Renewed this long before the end, and up to as much again earlier, so that a crowd does not renew together. */
const renewalLeadMs = 30_000;
/** However soon a token runs out, the page's backend is not asked more often than this. */
const soonestMs = 1000;
/** Where it brought nothing newer it is asked again after half of this to all of it: every chat of the site asks it. */
const retryMs = 60_000;

/**
 * Asks the page for the visitor's token and knows when to ask again. `undefined` means that the page has said nothing,
 * `null` that nobody is signed in; the two are not the same.
 */
export function createTokenKeeper({ thumbprint, onDue, random = Math.random }: TokenKeeperOptions) {
  let source: TokenSource | null | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let latest: string | null | undefined;
  let isStale = false;

  /** `expiresInMs` by the server's clock, since the visitor's own may be wrong; no token is good for more than a day. */
  function renewIn(expiresInMs: number) {
    clearTimeout(timer);
    if (typeof source !== 'function') return;
    const lead = Math.min(renewalLeadMs, expiresInMs / 4) * (1 + random());
    const soonest = isStale ? retryMs * (1 - random() / 2) : soonestMs;
    timer = setTimeout(onDue, Math.max(expiresInMs - lead, soonest));
  }

  return {
    renewIn,
    use(next: TokenSource | null) {
      source = next;
    },
    /** A callback that throws is as good as a page that said nothing: the chat goes on. */
    async get(): Promise<string | null | undefined> {
      if (typeof source !== 'function') return source;
      let token: string | null | undefined;
      try {
        token = (await source({ thumbprint: await thumbprint() })) ?? null;
      } catch (error) {
        console.warn('Balie: identify', error);
      }
      isStale = !token || token === latest;
      if (isStale && token !== null) renewIn(0);
      latest = token ?? latest;
      return token;
    },
    stop() {
      clearTimeout(timer);
    },
  };
}
