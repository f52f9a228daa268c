import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { SiteId } from '../../../protocol/ids.ts';
import {
  checkOf,
  claims,
  craft,
  encode,
  header,
  now,
  nowSeconds,
  pairs,
  publicKey,
  secret,
  secretKey,
  signPss,
  siteId,
  verifyAt,
} from './craft-token.ts';

describe('what is accepted', () => {
  it('J059 takes a token of the site as it should be', async () => {
    expect(await verifyAt(craft())).toEqual({
      ok: true,
      subject: 'C-1001',
      variables: new Map([
        ['name', 'Ada'],
        ['plan', 'gold'],
      ]),
      keyId: 'k1',
      issuer: siteId,
      algorithm: 'HS256',
      issuedAt: nowSeconds * 1000,
      expiresAt: (nowSeconds + 600) * 1000,
      bound: false,
    });
  });

  it.each(['ES256', 'RS256', 'EdDSA'] as const)('J049 takes %s by a key that is registered for it', async (alg) => {
    const keys = [publicKey(alg, pairs[alg].publicKey)];
    expect(await checkOf(craft({ header: { ...header, alg }, key: pairs[alg].privateKey }), { keys })).toBe('accepted');
  });

  it('J049 takes PS256 by an RSA key that is registered for it, and not for RS256', async () => {
    const input = `${encode({ ...header, alg: 'PS256' })}.${encode(claims)}`;
    const token = `${input}.${signPss(input, pairs.RS256.privateKey).toString('base64url')}`;
    const { publicKey: key } = pairs.RS256;
    expect(await checkOf(token, { keys: [publicKey('PS256', key)] })).toBe('accepted');
    expect(await checkOf(token, { keys: [publicKey('RS256', key)] })).toBe('algorithm');
    const rs256 = craft({ header: { ...header, alg: 'RS256' }, key: pairs.RS256.privateKey });
    expect(await checkOf(rs256, { keys: [publicKey('PS256', key)] })).toBe('algorithm');
  });
});

describe('signature', () => {
  it('J060 refuses what another key signed, another site as well as chance', async () => {
    const siteB = 'site_b' as SiteId;
    const ofB = { ...claims, iss: siteB, aud: siteB };
    const keyOfB = 'the-secret-of-site-b-which-is-not-the-one-of-a';
    expect(await checkOf(craft({ header: { ...header, kid: 'b1' }, payload: ofB, key: keyOfB }))).toBe('unknown_key');
    expect(await checkOf(craft({ header: { ...header, kid: 'b1' }, key: keyOfB }))).toBe('unknown_key');
    expect(await checkOf(craft({ header: { ...header, kid: 'zz' }, key: 'random'.repeat(8) }))).toBe('unknown_key');
    expect(await checkOf(craft({ key: keyOfB }))).toBe('signature');
    expect(await checkOf(craft({ key: 'random'.repeat(8) }))).toBe('signature');
    // The same secret at both sites, by mistake: the token still says for whom it is.
    expect(await checkOf(craft({ payload: ofB }))).toBe('issuer');
  });

  it('J060 refuses a token that was changed after it was signed', async () => {
    const [head = '', , signature = ''] = craft().split('.');
    expect(await checkOf(`${head}.${encode({ ...claims, sub: 'C-2' })}.${signature}`)).toBe('signature');
    const [, body = ''] = craft().split('.');
    expect(await checkOf(`${encode({ typ: 'visitor+jwt', kid: 'k1', alg: 'HS256' })}.${body}.${signature}`)).toBe(
      'signature',
    );
  });

  it('J065 refuses ECDSA of zeros, of the order, and in DER; the twin with n - s is the same token', async () => {
    const order = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');
    const keys = [publicKey('ES256', pairs.ES256.publicKey)];
    const token = craft({ header: { ...header, alg: 'ES256' }, key: pairs.ES256.privateKey });
    const [head, body, signature = ''] = token.split('.');
    const bytes = Buffer.from(signature, 'base64url');
    const check = (raw: Buffer) => verifyAt(`${head}.${body}.${raw.toString('base64url')}`, { keys });
    const number = (value: bigint) => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
    for (const [r, s] of [
      [0n, 0n],
      [order, order],
      [0n, 1n],
      [1n, 0n],
    ] as const)
      expect(await check(Buffer.concat([number(r), number(s)]))).toEqual({ ok: false, check: 'signature' });

    const integer = (part: Buffer) => Buffer.concat([Buffer.from([2, 33, 0]), part]);
    const der = Buffer.concat([integer(bytes.subarray(0, 32)), integer(bytes.subarray(32))]);
    expect(await check(Buffer.concat([Buffer.from([0x30, der.length]), der]))).toEqual({
      ok: false,
      check: 'signature',
    });
    expect(await check(Buffer.concat([bytes, Buffer.alloc(1)]))).toEqual({ ok: false, check: 'signature' });

    const s = BigInt(`0x${bytes.subarray(32).toString('hex')}`);
    const twin = Buffer.concat([bytes.subarray(0, 32), number(order - s)]);
    expect(await check(twin)).toEqual(await check(bytes));
  });

  it('J069 takes two keys at once, and none that is revoked', async () => {
    const second = 'another-secret-of-256-bits-made-for-tests';
    const old = craft();
    const young = craft({ header: { ...header, kid: 'k2' }, key: second });
    const k2 = secretKey({ kid: 'k2', secret: second });
    const both = { keys: [secretKey(), k2] };
    const later = { keys: [secretKey({ revokedAt: now }), k2] };
    expect([await checkOf(old, both), await checkOf(young, both)]).toEqual(['accepted', 'accepted']);
    expect([await checkOf(old, later), await checkOf(young, later)]).toEqual(['key_revoked', 'accepted']);
  });
});

describe('secrets', () => {
  it('J049 never takes the key of one algorithm for another, whatever the pair', async () => {
    const p384: KeyObject = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
    for (const alg of ['ES256', 'RS256', 'EdDSA'] as const)
      for (const registered of ['ES256', 'RS256', 'EdDSA'] as const) {
        const keys = [publicKey(registered, pairs[registered].publicKey)];
        const token = craft({ header: { ...header, alg }, key: pairs[alg].privateKey });
        expect(await checkOf(token, { keys })).toBe(alg === registered ? 'accepted' : 'algorithm');
      }
    const keys = [publicKey('ES256', pairs.ES256.publicKey)];
    expect(await checkOf(craft({ header: { ...header, alg: 'ES256' }, key: p384 }), { keys })).toBe('signature');
    expect(await checkOf(craft({ key: secret }), { keys })).toBe('algorithm');
  });
});
