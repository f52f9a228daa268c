import { createHash } from 'node:crypto';
import type { SiteId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import { type ParsedVariables, parseVariables } from '../domain/variables.ts';
import { type BrowserTokenCheck, verifyBrowserToken } from './browser-token.ts';
import type { JsonObject } from './strict-json.ts';

/** What the widget must have signed: this connection and no other. */
export interface ProofContext {
  readonly site: SiteId;
  /** Of the challenge on this very socket. */
  readonly nonce: string;
  /** `at` of that challenge. */
  readonly challengedAt: number;
  readonly now: number;
  /** The site's token in the same frame, if there is one. */
  readonly token?: string | null | undefined;
  /** The session's token in the same hello, or the one that the socket goes by. */
  readonly session?: string | undefined;
}

export type ProofCheck = BrowserTokenCheck | ClaimCheck;
type ClaimCheck = 'malformed' | 'audience' | 'nonce' | 'issued_at' | 'token' | 'session';

export type ProofVerdict =
  | {
      readonly ok: true;
      /** RFC 7638, SHA-256: what the session is bound to, and what `cnf.jkt` must name. */
      readonly thumbprint: string;
      /** What the page set; null where it says nothing of that. Bad ones are no reason to turn the visitor away. */
      readonly variables: ParsedVariables | null;
    }
  | { readonly ok: false; readonly check: ProofCheck };

const leewayMs = 60_000;

/** Verifies the widget's own JWT on a socket: that whoever speaks there holds the private key, now. */
export async function verifyProof(proof: string, context: ProofContext): Promise<ProofVerdict> {
  const verdict = await verifyBrowserToken(proof, {
    type: 'balie-proof+jwt',
    maxBytes: limits.proofBytes,
    failedClaim: (claims) => failedClaim(claims, context),
  });
  if (!verdict.ok) return verdict;
  const { vars } = verdict.claims;
  return { ok: true, thumbprint: verdict.thumbprint, variables: vars === undefined ? null : parseVariables(vars) };
}

function failedClaim(claims: JsonObject, context: ProofContext): ClaimCheck | null {
  const { aud, nonce, iat, ath, sth, vars: _vars, ...rest } = claims;
  if (Object.keys(rest).length > 0) return 'malformed';
  if (aud !== context.site) return 'audience';
  if (nonce !== context.nonce) return 'nonce';
  if (typeof iat !== 'number') return 'issued_at';
  // By the challenge's clock, since a visitor's own may be wrong; a socket may be old when it proves a new token.
  if (!(iat * 1000 >= context.challengedAt - leewayMs && iat * 1000 <= context.now + leewayMs)) return 'issued_at';
  if (ath !== hashOf(context.token)) return 'token';
  if (sth !== hashOf(context.session)) return 'session';
  return null;
}

const hashOf = (text: string | null | undefined): string | undefined =>
  text ? createHash('sha256').update(text).digest('base64url') : undefined;
