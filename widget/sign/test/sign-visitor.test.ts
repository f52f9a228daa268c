import { compactVerify, decodeJwt, exportJWK, exportPKCS8, generateKeyPair, jwtVerify } from 'jose';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { SignError, type SigningKey, signVisitor, type Visitor } from '../sign-visitor.ts';

const secret = `${'k'.repeat(16)}0123456789abcdef`;
const key = { kid: 'k1', site: 'site_1', secret };
const ada = { subject: 'C-1001', variables: { name: 'Ada', vip: true, orders: 3 } };

const codeOf = async (visitor: unknown, signingKey: unknown = key): Promise<string | null> => {
  try {
    await signVisitor(visitor as Visitor, signingKey as SigningKey);
    return null;
  } catch (error) {
    if (!(error instanceof SignError)) throw error;
    expect(error.message).not.toContain(secret);
    return error.code;
  }
};

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('what is signed', () => {
  it('carries the exact header and claims of the profile', async () => {
    vi.useFakeTimers({ now: 1_800_000_000_900 });
    const token = await signVisitor(ada, key);
    const { protectedHeader } = await compactVerify(token, new TextEncoder().encode(secret), { algorithms: ['HS256'] });
    expect(protectedHeader).toEqual({ alg: 'HS256', kid: 'k1', typ: 'visitor+jwt' });
    expect(decodeJwt(token)).toEqual({
      iss: 'site_1',
      aud: 'site_1',
      sub: 'C-1001',
      iat: 1_800_000_000,
      exp: 1_800_000_900,
      variables: { name: 'Ada', vip: true, orders: 3 },
    });
  });

  it('names the key of the browser when its thumbprint is given', async () => {
    const thumbprint = 'A'.repeat(43);
    expect(decodeJwt(await signVisitor({ ...ada, thumbprint }, key)).cnf).toEqual({ jkt: thumbprint });
  });

  it('lasts as long as the key says', async () => {
    const { iat = 0, exp = 0 } = decodeJwt(await signVisitor(ada, { ...key, lifetimeSeconds: 300 }));
    expect(exp - iat).toBe(300);
  });

  it('may say who it is and nothing more', async () => {
    expect(decodeJwt(await signVisitor({ subject: 'C-1001' }, key)).variables).toEqual({});
  });

  it.each(['ES256', 'RS256', 'PS256', 'EdDSA'] as const)(
    'signs with %s from a JWK, a PEM and a CryptoKey',
    async (algorithm) => {
      const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
      for (const form of [await exportJWK(privateKey), `\n${await exportPKCS8(privateKey)}`, privateKey]) {
        const token = await signVisitor(ada, { kid: 'k2', site: 'site_1', algorithm, privateKey: form });
        const { protectedHeader } = await jwtVerify(token, publicKey, { algorithms: [algorithm], audience: 'site_1' });
        expect(protectedHeader).toEqual({ alg: algorithm, kid: 'k2', typ: 'visitor+jwt' });
      }
    },
  );
});

describe('what is refused before it is signed', () => {
  it('a page, where everybody could read the key', async () => {
    vi.stubGlobal('window', {});
    vi.stubGlobal('document', {});
    expect(await codeOf(ada)).toBe('browser');
  });

  it('J066 a secret under 256 bits', async () => {
    for (const short of ['', 'x', 'x'.repeat(16), 'x'.repeat(31), undefined])
      expect(await codeOf(ada, { ...key, secret: short })).toBe('secret_too_short');
  });

  it('a key that cannot sign, or is of another kind', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const asymmetric = { kid: 'k2', site: 'site_1', algorithm: 'ES256' };
    for (const wrong of [
      publicKey,
      await exportJWK(publicKey),
      'PEM',
      '-----BEGIN EC PRIVATE KEY-----',
      { kty: 'oct', k: 'AA' },
    ])
      expect(await codeOf(ada, { ...asymmetric, privateKey: wrong })).toBe('private_key');
    expect(await codeOf(ada, { ...asymmetric, algorithm: 'RS256', privateKey: await exportJWK(privateKey) })).toBe(
      'private_key',
    );
    expect(await codeOf(ada, { ...asymmetric, algorithm: 'none', privateKey })).toBe('algorithm');
  });

  it.each([
    ['kid', { ...key, kid: '' }],
    ['kid', { ...key, kid: 'a b' }],
    ['site', { ...key, site: undefined }],
    ['site', { ...key, site: 'https://shop.example' }],
    ['lifetime', { ...key, lifetimeSeconds: 0 }],
    ['lifetime', { ...key, lifetimeSeconds: 0.5 }],
    ['lifetime', { ...key, lifetimeSeconds: 86_401 }],
  ])('a key with a wrong %s', async (code, wrong) => expect(await codeOf(ada, wrong)).toBe(code));

  it.each([
    ['subject', {}],
    ['subject', { subject: '' }],
    ['subject', { subject: 1001 }],
    ['subject', { subject: 'a\0b' }],
    ['subject', { subject: 's'.repeat(256) }],
    ['thumbprint', { subject: 'a', thumbprint: 'short' }],
    ['variables', { subject: 'a', variables: null }],
    ['variables', { subject: 'a', variables: ['plan'] }],
    ['variables', { subject: 'a', variables: { plan: null } }],
    ['variables', { subject: 'a', variables: { plan: { name: 'gold' } } }],
    ['variables', { subject: 'a', variables: { plan: Number.NaN } }],
    ['variables', { subject: 'a', variables: { plan: 2 ** 53 } }],
    ['variables', { subject: 'a', variables: { plan: 'x'.repeat(1025) } }],
    ['variables', { subject: 'a', variables: { 'a.b': 1 } }],
    ['variables', { subject: 'a', variables: JSON.parse('{"__proto__":1}') }],
    ['variables', { subject: 'a', variables: { ['n'.repeat(65)]: 1 } }],
    ['variables', { subject: 'a', variables: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`v${i}`, i])) }],
    [
      'token_too_large',
      { subject: 'a', variables: Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`v${i}`, 'x'.repeat(1000)])) },
    ],
  ])('a visitor with wrong or too many %s', async (code, visitor) => expect(await codeOf(visitor)).toBe(code));
});
