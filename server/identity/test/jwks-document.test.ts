import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseJwksDocument } from '../jwks-document.ts';
import { bytes, jwk, jwkOf, pairs } from './craft-token.ts';

describe('the document', () => {
  const kidsOf = async (document: unknown) => {
    const keys = await parseJwksDocument(bytes(document));
    return keys && [...keys].map(([kid, { algorithm }]) => `${kid} ${algorithm}`);
  };

  it('J047 takes the keys that can verify, each for one algorithm, and passes over the rest', async () => {
    const ec = jwkOf(pairs.ES256.publicKey);
    expect(
      await kidsOf({
        keys: [
          jwk('rsa'),
          jwk('pss', { alg: 'PS256', use: 'sig', key_ops: ['verify'], x5c: ['MIIB'], x5t: 'AA' }),
          { ...ec, kid: 'ec' },
          { ...jwkOf(pairs.EdDSA.publicKey), kid: 'ed' },
          jwk('enc', { use: 'enc' }),
          jwk('rs512', { alg: 'RS512' }),
          jwk('oaep', { alg: 'RSA-OAEP' }),
          { ...jwkOf(pairs.RS256.privateKey), kid: 'private' },
          { ...jwkOf(generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey), kid: 'p384' },
          { ...jwkOf(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey), kid: 'short' },
          { kty: 'oct', kid: 'oct', k: 'AAAA', alg: 'HS256' },
          jwkOf(pairs.RS256.publicKey),
          jwk('twice'),
          { ...ec, kid: 'twice' },
          ...[null, 'key', 1, [jwk('nested')], { kid: 'empty' }],
        ],
      }),
    ).toEqual(['rsa RS256', 'pss PS256', 'ec ES256', 'ed EdDSA']);
  });

  it('J047 is a JWK set or nothing', async () => {
    for (const document of [
      {},
      [],
      null,
      '',
      'x',
      '{"keys":[],"keys":[]}',
      { keys: {} },
      { keys: Array(101).fill(jwk('a')) },
    ])
      expect(await kidsOf(document)).toBe(null);
    expect(await kidsOf({ keys: [] })).toEqual([]);
  });
});
