import { limits } from '../../protocol/limits.ts';

export type Turn =
  | { readonly kind: 'go' }
  /** Not now: there is room again after so many milliseconds. */
  | { readonly kind: 'wait'; readonly retryAfterMs: number }
  /** So many refused in a row are no person and no client of ours. */
  | { readonly kind: 'flood'; readonly retryAfterMs: number };

interface Bucket {
  tokens: number;
  filledAt: number;
  strikes: number;
}

const go: Turn = { kind: 'go' };
/** After this long every bucket is full, and a full one is as good as none. */
const fullAfterMs = (limits.commandBurst / limits.commandsPerSecond) * 1000;

/**
 * Token buckets: `commandBurst` at once, `commandsPerSecond` in the long run. One a session or agent, however many
 * sockets it has and however often it comes back; who sent nothing for a while costs nothing.
 */
export function createCommandRate(now: () => number): (sender: string) => Turn {
  let buckets = new Map<string, Bucket>();
  let prunedAt = now();

  function prune(at: number): void {
    if (at - prunedAt < fullAfterMs) return;
    prunedAt = at;
    buckets = new Map([...buckets].filter(([, { filledAt }]) => at - filledAt < fullAfterMs));
  }

  return (sender) => {
    const at = now();
    prune(at);
    const bucket = buckets.get(sender) ?? { tokens: limits.commandBurst, filledAt: at, strikes: 0 };
    buckets.set(sender, bucket);
    const gained = (Math.max(0, at - bucket.filledAt) / 1000) * limits.commandsPerSecond;
    bucket.tokens = Math.min(limits.commandBurst, bucket.tokens + gained);
    bucket.filledAt = at;
    if (bucket.tokens >= 1) {
      bucket.tokens--;
      bucket.strikes = 0;
      return go;
    }
    const retryAfterMs = Math.ceil(((1 - bucket.tokens) / limits.commandsPerSecond) * 1000);
    return { kind: ++bucket.strikes >= limits.floodStrikes ? 'flood' : 'wait', retryAfterMs };
  };
}
