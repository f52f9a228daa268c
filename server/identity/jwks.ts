import { createFetchPublic, type FetchPublic } from '../outbound/fetch-public.ts';
import { parseOutboundAddress } from '../outbound/outbound-address.ts';
import { parseJwksDocument } from './jwks-document.ts';
import type { VerificationKey } from './signature.ts';

const bounds = { maxBytes: 64 * 1024, timeoutMs: 5000 };
/** How long a withdrawn key may still be taken while the provider answers … */
const freshMs = 10 * 60_000;
/** … and while it does not. */
const staleMs = 60 * 60_000;
/** An unknown `kid` costs its sender nothing, so it may cost the provider at most this often. */
const cooldownMs = 30_000;
/** Addresses are typed by administrators; this holds however many sites there are. */
const mostAddresses = 1000;

export type JwksAnswer =
  | { readonly ok: true; readonly key: VerificationKey }
  | { readonly ok: false; readonly check: 'unknown_key' | 'keys_unavailable' };

/** The published keys of sites' identity providers, fetched when needed and kept for a while. */
export interface Jwks {
  find(address: string, keyId: string): Promise<JwksAnswer>;
}

export interface JwksOptions {
  readonly now: () => number;
  readonly allowPrivate: boolean;
  readonly fetch?: FetchPublic;
  /** Told why a document could not be had; the address's host is all it says of where. */
  readonly onFailure?: (failure: { readonly host: string; readonly reason: string }) => void;
}

interface Entry {
  keys: ReadonlyMap<string, VerificationKey>;
  loadedAt: number;
  triedAt: number;
  /** One fetch at a time; whoever needs its outcome waits for the same. */
  pending: Promise<void> | null;
}

const never = Number.NEGATIVE_INFINITY;

export function createJwks({ now, allowPrivate, fetch = createFetchPublic(), onFailure }: JwksOptions): Jwks {
  const entries = new Map<string, Entry>();

  function entryOf(address: string): Entry {
    const known = entries.get(address);
    if (known) return known;
    const [oldest] = entries.keys();
    if (oldest !== undefined && entries.size >= mostAddresses) entries.delete(oldest);
    const entry = { keys: new Map(), loadedAt: never, triedAt: never, pending: null };
    entries.set(address, entry);
    return entry;
  }

  async function load(entry: Entry, address: string): Promise<void> {
    const startedAt = now();
    entry.triedAt = startedAt;
    const url = parseOutboundAddress(address, allowPrivate);
    try {
      if (!url.ok) throw new Error(url.message);
      const keys = await parseJwksDocument(await fetch(url.url, { ...bounds, allowPrivate }));
      if (!keys) throw new Error('The answer is no JWK set.');
      entry.keys = keys;
      entry.loadedAt = startedAt;
    } catch (error) {
      onFailure?.({ host: url.ok ? url.url.host : '', reason: error instanceof Error ? error.message : String(error) });
    } finally {
      entry.pending = null;
    }
  }

  return {
    async find(address, keyId) {
      const entry = entryOf(address);
      const isFresh = now() - entry.loadedAt < freshMs;
      if (!isFresh || !entry.keys.has(keyId)) {
        if (now() - entry.triedAt >= cooldownMs) entry.pending ??= load(entry, address);
        await entry.pending;
      }
      const key = now() - entry.loadedAt < staleMs ? entry.keys.get(keyId) : undefined;
      if (key) return { ok: true, key };
      return { ok: false, check: entry.loadedAt === entry.triedAt ? 'unknown_key' : 'keys_unavailable' };
    },
  };
}
