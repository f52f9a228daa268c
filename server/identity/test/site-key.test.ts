import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parsePublicKey } from '../public-key.ts';
import { createSecret } from '../site-key.ts';
import { hasRocaFingerprint } from '../weak-key.ts';
import { checkOf, craft, header, jwkOf, pairs, secretKey } from './craft-token.ts';
import { codeOf, register } from './register-key.ts';

const publicCode = (key: unknown, algorithm: 'ES256' | 'RS256' | 'PS256' | 'EdDSA') => {
  const parsed = parsePublicKey(key, algorithm);
  return parsed.ok ? 'accepted' : parsed.code;
};
const pem = (key: ReturnType<typeof generateKeyPairSync>['publicKey']) =>
  String(key.export({ type: 'spki', format: 'pem' }));

describe('secrets', () => {
  it('J066 J067 makes 256 bits of chance when none is given, different every time', () => {
    const made = Array.from({ length: 100 }, () => register({ kind: 'secret' }));
    const secrets = made.map((parsed) => (parsed.ok && parsed.key.kind === 'secret' ? parsed.key.secret : ''));
    expect(secrets.every((secret) => Buffer.from(secret, 'base64url').length === 32)).toBe(true);
    expect(new Set(secrets).size).toBe(100);
    expect(new Set(made.map((parsed) => parsed.ok && parsed.key.kid)).size).toBe(100);
  });

  it('J066 refuses secrets under 32 bytes, and those that nobody chose at random', () => {
    const random = createSecret();
    for (const length of [0, 1, 16, 31])
      expect(codeOf({ kind: 'secret', secret: random.slice(0, length) })).toBe('secret_too_short secret');
    expect(codeOf({ kind: 'secret', secret: random.slice(0, 32) })).toBe('accepted');
    for (const secret of ['x'.repeat(32), 'secret'.repeat(8), '1234567'.repeat(5), `${createSecret()}\ud800`])
      expect(codeOf({ kind: 'secret', secret })).toBe('secret_guessable secret');
  });

  it('J066 verifies what any library signs with the text of the secret', async () => {
    const parsed = register({ kind: 'secret', kid: 'k1' });
    if (!parsed.ok || parsed.key.kind !== 'secret') throw new Error('refused');
    expect(parsed.key).toMatchObject({ kid: 'k1', algorithm: 'HS256', createdAt: 5, revokedAt: null });
    expect(await checkOf(craft({ key: parsed.key.secret }), { keys: [parsed.key] })).toBe('accepted');
  });
});

describe('names and numbers', () => {
  it('J047 refuses an id that the site has had, even on a revoked key', () => {
    expect(codeOf({ kind: 'secret', kid: 'k1' }, [secretKey()])).toBe('kid_taken kid');
    expect(codeOf({ kind: 'secret', kid: 'k1' }, [secretKey({ revokedAt: 1 })])).toBe('kid_taken kid');
    for (const kid of ['a b', 'a/b', 'k'.repeat(65), 'k\0'])
      expect(codeOf({ kind: 'secret', kid })).toBe('kid_malformed kid');
  });

  it('J069 refuses a key that the site has had, so that no revoked one comes back under another name', () => {
    const revoked = secretKey({ revokedAt: 1 });
    expect(codeOf({ kind: 'secret', secret: 'a-secret-of-256-bits-made-for-tests-alone' }, [revoked])).toBe(
      'key_taken key',
    );
  });

  it('J049 refuses one key for two algorithms', () => {
    const first = register({ kind: 'public', algorithm: 'RS256', key: jwkOf(pairs.RS256.publicKey) });
    if (!first.ok) throw new Error(first.message);
    expect(codeOf({ kind: 'public', algorithm: 'PS256', key: pem(pairs.RS256.publicKey) }, [first.key])).toBe(
      'key_taken key',
    );
  });

  it('J047 holds ten keys a site; revoked ones do not count', () => {
    const nine = Array.from({ length: 9 }, (_, index) => secretKey({ kid: `k${index}` }));
    expect(codeOf({ kind: 'secret' }, [...nine, secretKey({ kid: 'old', revokedAt: 1 })])).toBe('accepted');
    expect(codeOf({ kind: 'secret' }, [...nine, secretKey({ kid: 'k9' })])).toBe('too_many_keys kid');
  });
});

describe('public keys', () => {
  it.each(['ES256', 'RS256', 'EdDSA'] as const)(
    'J047 takes %s as JWK and as PEM, and keeps only what makes the key',
    (algorithm) => {
      const key = pairs[algorithm].publicKey;
      const jwk = jwkOf(key);
      const dressed = {
        ...jwk,
        kid: 'other',
        alg: algorithm,
        use: 'sig',
        key_ops: ['verify'],
        x5c: ['MIIB'],
        ext: true,
      };
      for (const form of [jwk, dressed, pem(key), `\n${pem(key)}\n`])
        expect(parsePublicKey(form, algorithm)).toEqual({ ok: true, jwk });
    },
  );

  it('J047 refuses private keys and secrets in every form', () => {
    for (const { privateKey } of Object.values(pairs)) {
      expect(publicCode(jwkOf(privateKey), 'ES256')).toBe('private_key');
      expect(publicCode(String(privateKey.export({ type: 'pkcs8', format: 'pem' })), 'ES256')).toBe('private_key');
    }
    expect(publicCode({ kty: 'oct', k: 'AAAA' }, 'ES256')).toBe('private_key');
    const ec = jwkOf(pairs.ES256.publicKey);
    for (const member of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'])
      expect(publicCode({ ...ec, [member]: null }, 'ES256')).toBe('private_key');
    expect(publicCode(String(pairs.RS256.privateKey.export({ type: 'pkcs1', format: 'pem' })), 'RS256')).toBe(
      'private_key',
    );
  });

  it('J047 refuses a key for another use', () => {
    const jwk = jwkOf(pairs.ES256.publicKey);
    for (const change of [
      { use: 'enc' },
      { use: 'SIG' },
      { key_ops: [] },
      { key_ops: ['encrypt'] },
      { key_ops: 'verify' },
    ])
      expect(publicCode({ ...jwk, ...change }, 'ES256')).toBe('use_mismatch');
  });

  it('J047 refuses a key for another algorithm', () => {
    const ec = jwkOf(pairs.ES256.publicKey);
    const rsa = jwkOf(pairs.RS256.publicKey);
    expect(publicCode({ ...ec, alg: 'ES384' }, 'ES256')).toBe('algorithm_mismatch');
    expect(publicCode({ ...rsa, alg: 'RS512' }, 'RS256')).toBe('algorithm_mismatch');
    expect(publicCode({ ...ec, kty: 'RSA' }, 'ES256')).toBe('algorithm_mismatch');
    expect(publicCode({ ...ec, crv: 'P-384' }, 'ES256')).toBe('algorithm_mismatch');
    expect(publicCode(ec, 'RS256')).toBe('algorithm_mismatch');
    expect(publicCode(pem(pairs.RS256.publicKey), 'ES256')).toBe('algorithm_mismatch');
    expect(publicCode(pem(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey), 'ES256')).toBe(
      'algorithm_mismatch',
    );
    expect(publicCode(pem(generateKeyPairSync('ed448').publicKey), 'EdDSA')).toBe('algorithm_mismatch');
    expect(publicCode(jwkOf(generateKeyPairSync('x25519').publicKey), 'EdDSA')).toBe('algorithm_mismatch');
  });

  it('J047 refuses a point off the curve, and what is no key', () => {
    const ec = jwkOf(pairs.ES256.publicKey);
    for (const change of [
      { x: ec.y, y: ec.x },
      { x: 'AA' },
      { y: undefined },
      { x: 1 },
      { x: `${ec.x}=` },
      { x: '', y: '' },
    ])
      expect(publicCode({ ...ec, ...change }, 'ES256')).toBe('key_malformed');
    const certificate = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';
    const pkcs1 = String(pairs.RS256.publicKey.export({ type: 'pkcs1', format: 'pem' }));
    for (const key of [
      '',
      'key',
      certificate,
      pkcs1,
      '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----',
      null,
      1,
      [],
    ])
      expect(publicCode(key, 'RS256')).toBe('key_malformed');
  });

  it('J047 refuses RSA under 2,048 bits or with an exponent that proves nothing', () => {
    expect(publicCode(pem(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey), 'RS256')).toBe('key_weak');
    const rsa = jwkOf(pairs.RS256.publicKey);
    for (const e of ['AQ', 'Ag', 'AQAA', 'AQAAAAE']) expect(publicCode({ ...rsa, e }, 'RS256')).toBe('key_weak');
    expect(publicCode({ ...rsa, e: 'AA' }, 'RS256')).not.toBe('accepted');
    expect(publicCode({ ...rsa, e: 'Aw' }, 'RS256')).toBe('accepted');
    const even = Buffer.from(String(rsa.n), 'base64url');
    even[even.length - 1] = 0;
    expect(publicCode({ ...rsa, n: even.toString('base64url') }, 'RS256')).toBe('key_weak');
    expect(publicCode({ ...rsa, n: Buffer.alloc(1100, 0xff).toString('base64url') }, 'RS256')).toBe('key_weak');
  });

  it('J047 knows the fingerprint of ROCA, and no ordinary key by it', () => {
    const primorial = [
      2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103,
    ]
      .concat([107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167])
      .reduce((product, prime) => product * BigInt(prime), 1n);
    const made = 12_345n * primorial + 65_537n ** 3n;
    expect(hasRocaFingerprint(made * (777n * primorial + 65_537n ** 5n))).toBe(true);
    const modulus = BigInt(`0x${Buffer.from(String(jwkOf(pairs.RS256.publicKey).n), 'base64url').toString('hex')}`);
    expect(hasRocaFingerprint(modulus)).toBe(false);
  });

  it('J047 refuses Ed25519 points of small order, under which one signature fits every message', async () => {
    for (const hex of [
      '0100000000000000000000000000000000000000000000000000000000000000',
      '0000000000000000000000000000000000000000000000000000000000000080',
      'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
      'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
    ])
      expect(
        publicCode({ kty: 'OKP', crv: 'Ed25519', x: Buffer.from(hex, 'hex').toString('base64url') }, 'EdDSA'),
      ).toBe('key_weak');
  });
});

it('J046 a key that was registered verifies what its pair signs', async () => {
  const parsed = register({ kind: 'public', kid: 'k1', algorithm: 'ES256', key: pem(pairs.ES256.publicKey) });
  if (!parsed.ok) throw new Error(parsed.message);
  const token = craft({ header: { ...header, alg: 'ES256' }, key: pairs.ES256.privateKey });
  expect(await checkOf(token, { keys: [parsed.key] })).toBe('accepted');
});
