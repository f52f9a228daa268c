import type { ClaimedVariable } from '../../protocol/entities.ts';
import type { IdentityClaim } from './command.ts';
import { fingerprint } from './fingerprint.ts';

/** Of the page's claims alone: what the visitor typed stands beside them and is typed once. */
export const claimsMark = (variables: readonly ClaimedVariable[]): number =>
  fingerprint(variables.filter(({ source }) => source === 'page').map(({ name, value }) => [name, value]));

/** The same token shown again by the next page is no news, although it is verified at a later moment. */
export function identityMark(identity: IdentityClaim): number {
  if (identity.state === 'refused') return fingerprint(identity.check);
  const { subject, issuer, keyId, expiresAt, bound } = identity.verification;
  const variables = identity.variables.map(({ name, value }) => [name, value]);
  return fingerprint([subject, issuer, keyId, expiresAt, bound, variables]);
}
