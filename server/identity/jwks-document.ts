import { type PublicKeyAlgorithm, parsePublicKey } from './public-key.ts';
import { importPublicKey, type VerificationKey } from './signature.ts';
import { isJsonObject, type JsonObject, parseJsonObject } from './strict-json.ts';

/** The largest providers publish about ten. */
const mostKeys = 100;

/**
 * The keys of a JWK set (RFC 7517, 5) that a token may be verified with: named, for signatures, of an algorithm that
 * Balie knows, strong enough. Others are passed over, as are names that stand for two keys. Null if it is no JWK set.
 */
export async function parseJwksDocument(bytes: Uint8Array): Promise<ReadonlyMap<string, VerificationKey> | null> {
  const keys = parseJsonObject(bytes)?.keys;
  if (!Array.isArray(keys) || keys.length > mostKeys) return null;
  const named = keys.filter(isJsonObject).filter(({ kid }) => typeof kid === 'string');
  const usable = await Promise.all(
    named
      .filter(({ kid }) => named.filter((other) => other.kid === kid).length === 1)
      .map(async (jwk) => ({ kid: String(jwk.kid), key: await importKey(jwk) })),
  );
  return new Map(usable.flatMap(({ kid, key }) => (key ? [[kid, key] as const] : [])));
}

async function importKey(jwk: JsonObject): Promise<VerificationKey | null> {
  const algorithm = algorithmOf(jwk);
  if (!algorithm) return null;
  const parsed = parsePublicKey(jwk, algorithm);
  return parsed.ok ? importPublicKey(parsed.jwk, algorithm) : null;
}

/** Some providers leave `alg` out. For RSA the default of OpenID Connect holds (Core 1.0, 2: RS256). */
function algorithmOf({ kty, crv, alg }: JsonObject): PublicKeyAlgorithm | null {
  if (kty === 'EC' && crv === 'P-256') return 'ES256';
  if (kty === 'OKP' && crv === 'Ed25519') return 'EdDSA';
  if (kty === 'RSA') return alg === 'PS256' ? 'PS256' : 'RS256';
  return null;
}
