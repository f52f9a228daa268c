import { createPublicKey, type KeyObject } from 'node:crypto';
import type { KeyAlgorithm } from '../../protocol/http.ts';
import type { PublicJwk } from '../domain/site.ts';
import { isJsonObject, type JsonObject } from './strict-json.ts';
import { hasRocaFingerprint, isSmallOrderEd25519 } from './weak-key.ts';

export type PublicKeyAlgorithm = Exclude<KeyAlgorithm, 'HS256'>;
export type PublicKeyProblem = 'key_malformed' | 'private_key' | 'use_mismatch' | 'algorithm_mismatch' | 'key_weak';

export type ParsedPublicKey =
  /** With the members that make the key, and no others. */
  | { readonly ok: true; readonly jwk: PublicJwk }
  | { readonly ok: false; readonly code: PublicKeyProblem; readonly message: string };

const kinds = {
  ES256: { kty: 'EC', crv: 'P-256', members: ['x', 'y'] },
  RS256: { kty: 'RSA', crv: undefined, members: ['n', 'e'] },
  PS256: { kty: 'RSA', crv: undefined, members: ['n', 'e'] },
  EdDSA: { kty: 'OKP', crv: 'Ed25519', members: ['x'] },
} as const;

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'];

/** A larger modulus makes every verification slow, and the key owner no safer. */
const mostModulusBits = 8192;
const leastModulusBits = 2048;

/** A public key for one algorithm, from a JWK or a PEM (SubjectPublicKeyInfo), if it may and can verify signatures. */
export function parsePublicKey(input: unknown, algorithm: PublicKeyAlgorithm): ParsedPublicKey {
  if (typeof input === 'string') return fromPem(input.trim(), algorithm);
  if (isJsonObject(input)) return fromJwk(input, algorithm);
  return refused('key_malformed', 'The key is neither a JWK (an object) nor a PEM (a text).');
}

function fromPem(pem: string, algorithm: PublicKeyAlgorithm): ParsedPublicKey {
  if (/PRIVATE KEY/.test(pem)) return isPrivate();
  if (!pem.startsWith('-----BEGIN PUBLIC KEY-----'))
    return refused('key_malformed', 'A PEM key begins with "-----BEGIN PUBLIC KEY-----".');
  try {
    const jwk = createPublicKey({ key: pem, format: 'pem', type: 'spki' }).export({ format: 'jwk' });
    return fromJwk(jwk as JsonObject, algorithm);
  } catch {
    return refused('key_malformed', 'The PEM holds no public key of a kind that Balie knows.');
  }
}

function fromJwk(jwk: JsonObject, algorithm: PublicKeyAlgorithm): ParsedPublicKey {
  if (privateMembers.some((member) => Object.hasOwn(jwk, member))) return isPrivate();
  const { kty, crv, alg, use, key_ops: operations } = jwk;
  if (use !== undefined && use !== 'sig') return refused('use_mismatch', 'The key is not for signatures ("use").');
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes('verify')))
    return refused('use_mismatch', 'The key is not for verifying signatures ("key_ops").');
  const kind = kinds[algorithm];
  if (kty !== kind.kty || crv !== kind.crv || (alg !== undefined && alg !== algorithm))
    return refused('algorithm_mismatch', `The key is not for ${algorithm}.`);

  const essence: Record<string, string> = { kty: kind.kty, ...(kind.crv && { crv: kind.crv }) };
  for (const member of kind.members) {
    const value = jwk[member];
    if (typeof value !== 'string' || Buffer.from(value, 'base64url').toString('base64url') !== value)
      return refused('key_malformed', `"${member}" is not in base64url.`);
    essence[member] = value;
  }
  return checkStrength(essence);
}

function checkStrength(jwk: Record<string, string>): ParsedPublicKey {
  const key = importJwk(jwk);
  if (!key) return refused('key_malformed', 'The numbers of the key do not make one, or lie off its curve.');
  const problem = jwk.kty === 'RSA' ? rsaProblem(key, jwk) : pointProblem(jwk);
  return problem ? refused('key_weak', problem) : { ok: true, jwk };
}

function importJwk(jwk: Record<string, string>): KeyObject | null {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    return null;
  }
}

function rsaProblem(key: KeyObject, { n = '' }: Record<string, string>): string | null {
  const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {};
  if (modulusLength < leastModulusBits) return `An RSA key has at least ${leastModulusBits} bits.`;
  if (modulusLength > mostModulusBits) return `An RSA key has at most ${mostModulusBits} bits.`;
  // With e = 1 every number is its own signature. The upper bound is what the slowest verifiers refuse.
  if (publicExponent < 3n || publicExponent % 2n === 0n || publicExponent > 0xffffffffn)
    return 'The public exponent is not an odd number from 3 to 2^32 - 1; 65537 is usual.';
  const modulus = BigInt(`0x${Buffer.from(n, 'base64url').toString('hex')}`);
  if (modulus % 2n === 0n) return 'The modulus is even.';
  return hasRocaFingerprint(modulus)
    ? 'The key was made by a chip whose keys can be broken (ROCA, CVE-2017-15361).'
    : null;
}

const pointProblem = ({ crv, x = '' }: Record<string, string>): string | null =>
  crv === 'Ed25519' && isSmallOrderEd25519(Buffer.from(x, 'base64url')) ? 'The key is a point of small order.' : null;

const isPrivate = () =>
  refused('private_key', 'This is a private key or a secret. Keep it where it signs; register its public half.');
const refused = (code: PublicKeyProblem, message: string) => ({ ok: false, code, message }) as const;
