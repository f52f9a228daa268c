import { createHash } from 'node:crypto';
import { parseCompactToken } from './compact-token.ts';
import { importPublicKey, isSignedBy, type VerificationKey } from './signature.ts';
import { isJsonObject, type JsonObject, parseJsonObject } from './strict-json.ts';

export type BrowserTokenCheck = 'too_large' | 'malformed' | 'header' | 'key' | 'signature';

interface Expected<Check extends string> {
  readonly type: string;
  readonly maxBytes: number;
  /** Asked before any mathematics is done. */
  readonly failedClaim: (claims: JsonObject) => Check | null;
}

export type BrowserTokenVerdict<Check extends string> =
  /** The thumbprint (RFC 7638, SHA-256) is what sessions are bound to. */
  | { readonly ok: true; readonly thumbprint: string; readonly claims: JsonObject }
  | { readonly ok: false; readonly check: BrowserTokenCheck | Check };

const coordinate = /^[A-Za-z0-9_-]{43}$/;

/**
 * Verifies a JWT that a widget signed with its browser's own key, which it carries (after RFC 9449, section 4): that whoever
 * shows it holds the private key. Whose key that is, the caller must ask. The mathematics is off the main thread.
 */
export async function verifyBrowserToken<Check extends string>(
  token: string,
  { type, maxBytes, failedClaim }: Expected<Check>,
): Promise<BrowserTokenVerdict<Check>> {
  const form = parseCompactToken(token, maxBytes);
  if (!form.ok) return form;
  const jwk = parseHeader(form.header, type);
  if (!jwk) return refused('header');
  const claims = parseJsonObject(form.payload);
  if (!claims) return refused('malformed');
  const failed = failedClaim(claims);
  if (failed) return refused(failed);

  const key = await importKey(jwk);
  if (!key) return refused('key');
  if (!(await isSignedBy(token, key))) return refused('signature');
  return { ok: true, thumbprint: thumbprintOf(jwk), claims };
}

interface EcJwk {
  readonly x: string;
  readonly y: string;
}

/** Exactly these members: a private key, other curves and everything that a header could add to are none of them. */
function parseHeader(header: JsonObject, type: string): EcJwk | null {
  const { alg, typ, jwk, ...rest } = header;
  if (alg !== 'ES256' || typ !== type || !isJsonObject(jwk) || Object.keys(rest).length > 0) return null;
  const { kty, crv, x, y, ...others } = jwk;
  if (kty !== 'EC' || crv !== 'P-256' || Object.keys(others).length > 0) return null;
  if (typeof x !== 'string' || typeof y !== 'string' || !coordinate.test(x) || !coordinate.test(y)) return null;
  return { x, y };
}

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

const refused = <Check extends string>(check: Check) => ({ ok: false, check }) as const;
