import type { EventBody, Verification, VerifiedVariable } from '../../protocol/entities.ts';

/** What the log says of who the visitor is. Time is not in it: whether a lock is open is asked of `lockOf`. */
export type Identity =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'verified'; readonly verification: Verification; readonly variables: readonly VerifiedVariable[] }
  /** A token was refused or its key revoked. What was verified before stands there still, as history. */
  | {
      readonly kind: 'withdrawn';
      readonly check: string;
      readonly at: number;
      readonly verification: Verification | null;
      readonly variables: readonly VerifiedVariable[];
    };

export const unknownIdentity: Identity = { kind: 'unknown' };

/**
 * A new token says everything that is verified now: a variable that only an earlier one had is gone, so that no old
 * value keeps a lock.
 */
export function evolveIdentity(identity: Identity, body: EventBody, at: number): Identity {
  if (body.type === 'verified') {
    return { kind: 'verified', verification: body.verification, variables: body.variables };
  }
  if (body.type !== 'unverified') return identity;
  const before = identity.kind === 'unknown' ? { verification: null, variables: [] } : identity;
  return { kind: 'withdrawn', check: body.check, at, verification: before.verification, variables: before.variables };
}
