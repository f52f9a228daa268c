import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { KeyAlgorithm, NewSiteKey } from '../../../protocol/http.ts';
import { limits } from '../../../protocol/limits.ts';
import type { SiteKey } from '../../domain/site.ts';
import { parseCompactToken } from '../compact-token.ts';
import { parseJwksDocument } from '../jwks-document.ts';
import { parsePublicKey } from '../public-key.ts';
import { importPublicKey, importSecret, isSignedBy, type VerificationKey } from '../signature.ts';
import { parseSiteKey } from '../site-key.ts';
import { parseTokenHeader } from '../token-header.ts';

interface Vector {
  readonly tcId: number;
  readonly comment: string;
  readonly jws: string;
  readonly result: 'valid' | 'invalid';
}
type Jwk = Readonly<Record<string, unknown>>;
interface Group<Keys> {
  readonly comment: string;
  readonly public?: Keys;
  readonly private: Keys;
  readonly tests: readonly Vector[];
}

const read = <Keys>(file: string): { numberOfTests: number; testGroups: readonly Group<Keys>[] } =>
  JSON.parse(readFileSync(new URL(`vectors/${file}`, import.meta.url), 'utf8'));

/** The JWS part of the product's verification: form, header, algorithm of the key, signature. */
async function accepts(jws: string, key: VerificationKey | null): Promise<boolean> {
  if (!key) return false;
  const form = parseCompactToken(jws, limits.tokenBytes);
  if (!form.ok) return false;
  const parsed = parseTokenHeader(form.header);
  return parsed.ok && parsed.header.algorithm === key.algorithm && isSignedBy(jws, key);
}

const secretOf = (jwk: Jwk) => Buffer.from(String(jwk.k), 'base64url');

/** Registers the key for the algorithm that it names, else for that of the vector. */
async function register(jwk: Jwk, jws: string): Promise<VerificationKey | null> {
  const algorithm = (jwk.alg ??
    JSON.parse(Buffer.from(jws.split('.')[0] ?? '', 'base64url').toString()).alg) as KeyAlgorithm;
  if (algorithm === 'HS256') return importSecret(secretOf(jwk));
  if (!['ES256', 'RS256', 'PS256', 'EdDSA'].includes(algorithm)) return null;
  const parsed = parsePublicKey(jwk, algorithm);
  return parsed.ok ? importPublicKey(parsed.jwk, algorithm) : null;
}

describe('J046 Wycheproof json_web_signature_test', () => {
  const { numberOfTests, testGroups } = read<Jwk>('json_web_signature_test.json');
  const vectors = testGroups.flatMap((group) =>
    group.tests.map((vector) => ({ ...vector, key: group.public ?? group.private })),
  );
  const outcomes = Promise.all(
    vectors.map(async (vector) => ({
      ...vector,
      accepted: await accepts(vector.jws, await register(vector.key, vector.jws)),
    })),
  );
  /** As a valid vector, byte for byte and under the same key: nobody can tell them apart (C2SP/wycheproof#236). */
  const isTwinOfValid = ({ jws, key }: { jws: string; key: Jwk }) =>
    vectors.some(
      (other) => other.result === 'valid' && other.jws === jws && JSON.stringify(other.key) === JSON.stringify(key),
    );

  it('J046 accepts none of the invalid vectors', async () => {
    const invalid = (await outcomes).filter(({ result }) => result === 'invalid');
    const twins = invalid.filter(isTwinOfValid);
    const accepted = invalid.filter((vector) => vector.accepted && !twins.includes(vector));
    console.info(
      `J046 ${numberOfTests} vectors: of ${invalid.length} invalid ${accepted.length} accepted, beside ` +
        `${twins.length} that repeat a valid one byte for byte (${twins.map(({ tcId }) => tcId).join(', ')})`,
    );
    expect(invalid).toHaveLength(355);
    expect(accepted.map(({ tcId, comment }) => `${tcId} ${comment}`)).toEqual([]);
    expect(twins.map(({ tcId }) => tcId)).toEqual([367, 370]);
  });

  it('J046 accepts every valid vector that keeps to RFC 7515 and an algorithm that a site can register', async () => {
    const valid = (await outcomes).filter(({ result }) => result === 'valid');
    const refused = valid.filter(({ accepted }) => !accepted).map(({ tcId }) => tcId);
    const otherAlgorithms = valid
      .filter(({ key, jws }) => {
        const { alg } = JSON.parse(Buffer.from(jws.split('.')[0] ?? '', 'base64url').toString());
        return alg !== key.alg || !['HS256', 'ES256', 'RS256', 'PS256', 'EdDSA'].includes(alg);
      })
      .map(({ tcId }) => tcId);
    // Labelled valid, though a question mark stands among their base64url (RFC 7515, 2 allows no other character).
    const otherCharacters = valid.filter(({ jws }) => !/^[\w-]+\.[\w-]*\.[\w-]+$/.test(jws)).map(({ tcId }) => tcId);
    console.info(
      `J046 of ${valid.length} valid ${valid.length - refused.length} accepted; refused: ${otherAlgorithms.length} of other ` +
        `algorithms, ${otherCharacters.length} with characters outside base64url (${otherCharacters.join(', ')})`,
    );
    expect(otherCharacters).toEqual([372, 373]);
    expect(refused.sort()).toEqual([...otherAlgorithms, ...otherCharacters].sort());
  });
});

describe('J047 Wycheproof json_web_key_test', () => {
  const { testGroups } = read<{ keys: readonly Jwk[] }>('json_web_key_test.json');
  const cases = testGroups.flatMap(({ tests, comment, ...group }) =>
    tests.map((vector) => ({ ...vector, set: comment, keys: (group.public ?? group.private).keys })),
  );

  /** As an administrator would register the set, one key after the other; the vector is refused with the set. */
  async function registerSecrets(keys: readonly Jwk[]): Promise<ReadonlyMap<string, VerificationKey> | null> {
    const existing: SiteKey[] = [];
    const imported = new Map<string, VerificationKey>();
    for (const jwk of keys) {
      const kid = String(jwk.kid);
      // A secret is text here, and the vectors' are bytes: one byte, one character.
      const input: NewSiteKey = {
        kind: 'secret',
        kid,
        secret: secretOf(jwk)
          .toString('latin1')
          .replace(/[\x80-\xff]/g, '?'),
      };
      const parsed = parseSiteKey(input, { existing, now: 0, allowPrivate: false });
      if (jwk.alg !== 'HS256' || !parsed.ok) return null;
      existing.push(parsed.key);
      imported.set(kid, await importSecret(secretOf(jwk)));
    }
    return imported;
  }

  it.each(cases)('J047 tcId $tcId $set: $comment', async ({ jws, keys, result }) => {
    const isSecret = keys.every(({ kty }) => kty === 'oct');
    const set = isSecret ? await registerSecrets(keys) : await parseJwksDocument(Buffer.from(JSON.stringify({ keys })));
    const [head = ''] = jws.split('.');
    const key = set?.get(JSON.parse(Buffer.from(head, 'base64url').toString()).kid) ?? null;
    const isRegistrable = !/HS384|HS512/.test(Buffer.from(head, 'base64url').toString());
    expect(await accepts(jws, key)).toBe(result === 'valid' && isRegistrable);
  });
});
