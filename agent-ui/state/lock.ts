import type { ClaimedVariable, Verification } from '../../protocol/entities.ts';
import type { Identity } from './identity.ts';

/** What may be drawn beside a value. Only `verified` is a closed lock. */
export type Lock =
  | { readonly state: 'verified'; readonly verification: Verification }
  | { readonly state: 'expired'; readonly verification: Verification }
  | { readonly state: 'revoked'; readonly verification: Verification | null; readonly at: number }
  | {
      readonly state: 'refused';
      readonly verification: Verification | null;
      readonly check: string;
      readonly at: number;
    }
  | { readonly state: 'claimed'; readonly source: ClaimedVariable['source'] };

/** The lock of values that came with a token, at this moment by the server's clock; null where no token ever came. */
export function lockOf(identity: Identity, now: number): Exclude<Lock, { state: 'claimed' }> | null {
  switch (identity.kind) {
    case 'unknown':
      return null;
    case 'verified': {
      const { verification } = identity;
      return { state: now < verification.expiresAt ? 'verified' : 'expired', verification };
    }
    case 'withdrawn': {
      const { verification, check, at } = identity;
      if (check === 'key_revoked') return { state: 'revoked', verification, at };
      return { state: 'refused', verification, check, at };
    }
    default:
      return identity satisfies never;
  }
}

/** When the next of these locks opens by itself, if one will. */
export function nextOpening(identities: Iterable<Identity>, now: number): number | null {
  let next: number | null = null;
  for (const identity of identities) {
    if (identity.kind !== 'verified') continue;
    const { expiresAt } = identity.verification;
    if (expiresAt > now && (next === null || expiresAt < next)) next = expiresAt;
  }
  return next;
}
