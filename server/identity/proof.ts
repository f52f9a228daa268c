import { createHash } from 'node:crypto';
import type { SiteId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import { type ParsedVariables, parseVariables } from '../domain/variables.ts';
import { parseCompactToken } from './compact-token.ts';
import { importPublicKey, isSignedBy, type VerificationKey } from './signature.ts';
import { isJsonObject, type JsonObject, parseJsonObject } from './strict-json.ts';

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

export type ProofCheck =
  | 'too_large'
  | 'malformed'
  | 'header'
  | 'key'
  | 'signature'
  | 'audience'
  | 'nonce'
  | 'issued_at'
  | 'token'
  | 'session';

export type ProofVerdict =
  | {
      readonly ok: true;
      /** RFC 7638, SHA-256: what the session is bound to, and what `cnf.jkt` must name. */
      readonly thumbprint: string;
      /** What the page set. Bad ones are no reason to turn the visitor away. */
      readonly variables: ParsedVariables;
    }
  | { readonly ok: false; readonly check: ProofCheck };

const coordinate = /^[A-Za-z0-9_-]{43}$/;
const leewayMs = 60_000;

/**
 * Verifies the widget's own JWT (after RFC 9449, section 4): that whoever speaks on this socket holds the private key.
 * It runs at every hello, so the mathematics is off the main thread.
 */
export async function verifyProof(proof: string, context: ProofContext): Promise<ProofVerdict> {
  const form = parseCompactToken(proof, limits.proofBytes);
  if (!form.ok) return form;
  const jwk = parseHeader(form.header);
  if (!jwk) return refused('header');
  const claims = parseJsonObject(form.payload);
  if (!claims) return refused('malformed');
  const failed = failedClaim(claims, context);
  if (failed) return refused(failed);

  const key = await importKey(jwk);
  if (!key) return refused('key');
  if (!(await isSignedBy(proof, key))) return refused('signature');
  return { ok: true, thumbprint: thumbprintOf(jwk), variables: parseVariables(claims.vars) };
}

interface EcJwk {
  readonly x: string;
  readonly y: string;
}

/** Exactly these members: a private key, other curves and everything that a header could add to are none of them. */
function parseHeader(header: JsonObject): EcJwk | null {
  const { alg, typ, jwk, ...rest } = header;
  if (alg !== 'ES256' || typ !== 'balie-proof+jwt' || !isJsonObject(jwk) || Object.keys(rest).length > 0) return null;
  const { kty, crv, x, y, ...others } = jwk;
  if (kty !== 'EC' || crv !== 'P-256' || Object.keys(others).length > 0) return null;
  if (typeof x !== 'string' || typeof y !== 'string' || !coordinate.test(x) || !coordinate.test(y)) return null;
  return { x, y };
}

function failedClaim(claims: JsonObject, context: ProofContext): ProofCheck | null {
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

/** Null for a point that is not on the curve. */
async function importKey({ x, y }: EcJwk): Promise<VerificationKey | null> {
  try {
    return await importPublicKey({ kty: 'EC', crv: 'P-256', x, y }, 'ES256');
  } catch {
    return null;
  }
}

/** The members in alphabetical order, without white space (RFC 7638, 3.2); base64url needs no escapes. */
const thumbprintOf = ({ x, y }: EcJwk): string =>
  createHash('sha256').update(`{"crv":"P-256","kty":"EC","x":"${x}","y":"${y}"}`).digest('base64url');

const refused = (check: ProofCheck) => ({ ok: false, check }) as const;
