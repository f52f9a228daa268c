import { type JsonObject, parseJsonObject } from './strict-json.ts';

export type CompactToken =
  | { readonly ok: true; readonly header: JsonObject; readonly payload: Uint8Array }
  | { readonly ok: false; readonly check: 'too_large' | 'malformed' };

const threeParts = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]*)\.([A-Za-z0-9_-]+)$/;

/**
 * The form of a compact JWS (RFC 7515, 7.1) before any cryptography sees it. jose takes white space, padding, stray
 * bits and repeated members; here one token has exactly one spelling, so that no two readers see two tokens in it.
 */
export function parseCompactToken(token: string, maxBytes: number): CompactToken {
  // Before anything is decoded. Each character of a token is one byte; of anything else, at least one.
  if (token.length > maxBytes) return { ok: false, check: 'too_large' };
  const [, encodedHeader = '', encodedPayload = '', encodedSignature = ''] = threeParts.exec(token) ?? [];
  const headerBytes = decodeCanonical(encodedHeader);
  const payload = decodeCanonical(encodedPayload);
  const header = headerBytes && parseJsonObject(headerBytes);
  if (!header || !payload || !decodeCanonical(encodedSignature)) return { ok: false, check: 'malformed' };
  return { ok: true, header, payload };
}

/** Null where other text would decode to the same bytes: a lone last character, or bits set that nothing reads. */
function decodeCanonical(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : null;
}
