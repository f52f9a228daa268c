import { compactVerify, errors } from 'jose';
import type { KeyAlgorithm } from '../../protocol/http.ts';
import type { PublicJwk } from '../domain/site.ts';
import { createAtMost } from './at-most.ts';
import type { PublicKeyAlgorithm } from './public-key.ts';

/** A key with the one algorithm that it verifies. */
export interface VerificationKey {
  readonly algorithm: KeyAlgorithm;
  readonly key: CryptoKey;
}

/**
 * Enough to keep every core at it. Of thousands who say hello at once the others wait here, so that what each of them
 * makes the main thread do is spread over its turns, and messages are carried out in between.
 */
const atMost = createAtMost(16);

const parameters = {
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  PS256: { name: 'RSA-PSS', hash: 'SHA-256' },
  EdDSA: { name: 'Ed25519' },
} as const;

export async function importPublicKey(jwk: PublicJwk, algorithm: PublicKeyAlgorithm): Promise<VerificationKey> {
  const key = await atMost(() => crypto.subtle.importKey('jwk', jwk, parameters[algorithm], false, ['verify']));
  return { algorithm, key };
}

export async function importSecret(secret: Uint8Array<ArrayBuffer>): Promise<VerificationKey> {
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  return { algorithm: 'HS256', key: await crypto.subtle.importKey('raw', secret, hmac, false, ['verify']) };
}

/** Off the main thread. Whatever the token's header says, the algorithm is the key's. */
export async function isSignedBy(token: string, { algorithm, key }: VerificationKey): Promise<boolean> {
  try {
    await atMost(() => compactVerify(token, key, { algorithms: [algorithm] }));
    return true;
  } catch (error) {
    if (error instanceof errors.JOSEError) return false;
    throw error;
  }
}
