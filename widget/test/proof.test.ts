import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, decodeProtectedHeader, type JWK, jwtVerify } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { type ProofClaims, signProof, thumbprint } from '../proof.ts';

const challenge = { nonce: 'n'.repeat(22), at: 1_800_000_000_999 };
const claims: ProofClaims = { site: 'gloed', challenge, session: undefined, token: undefined, variables: {} };
const hashOf = (text: string) => createHash('sha256').update(text).digest('base64url');

let key: CryptoKeyPair;
beforeAll(async () => {
  key = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
});

describe('signProof', () => {
  test('13 is a JWT that its own public key verifies, and names nothing else', async () => {
    const proof = await signProof(key, { ...claims, variables: { plan: 'gold', name: 'Zoë 💡' } });
    const { jwk, ...header } = decodeProtectedHeader(proof);
    expect(header).toEqual({ alg: 'ES256', typ: 'balie-proof+jwt' });
    expect(Object.keys(jwk ?? {}).sort()).toEqual(['crv', 'kty', 'x', 'y']);
    const { payload } = await jwtVerify(proof, jwk as JWK, { audience: 'gloed', currentDate: new Date(challenge.at) });
    expect(payload).toEqual({
      aud: 'gloed',
      nonce: challenge.nonce,
      iat: 1_800_000_000,
      vars: { plan: 'gold', name: 'Zoë 💡' },
    });
  });

  test('13 hashes the token and the session where there are any', async () => {
    const proof = await signProof(key, { ...claims, session: 's'.repeat(43), token: 'a.b.c' });
    const payload = JSON.parse(Buffer.from(proof.split('.')[1] ?? '', 'base64url').toString());
    expect(payload).toMatchObject({ ath: hashOf('a.b.c'), sth: hashOf('s'.repeat(43)) });
  });

  test('13 says nothing of a token that is null: nobody is signed in', async () => {
    const proof = await signProof(key, { ...claims, token: null });
    expect(Buffer.from(proof.split('.')[1] ?? '', 'base64url').toString()).not.toContain('ath');
  });

  test('13 is written in base64url without padding, whatever the bytes', async () => {
    for (let index = 0; index < 50; index++) {
      expect(await signProof(key, { ...claims, variables: { index } })).toMatch(/^[\w-]+\.[\w-]+\.[\w-]{86}$/);
    }
  });

  test('13 tells the thumbprint of RFC 7638', async () => {
    const jwk = await crypto.subtle.exportKey('jwk', key.publicKey);
    expect(await thumbprint(key)).toBe(await calculateJwkThumbprint(jwk as JWK));
  });

  test('13 no script can export the private key', async () => {
    await expect(crypto.subtle.exportKey('jwk', key.privateKey)).rejects.toThrow();
  });
});
