import { createHash, createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { calculateJwkThumbprint } from 'jose';
import { describe, expect, it } from 'vitest';
import { limits } from '../../../protocol/limits.ts';
import { type ProofContext, verifyProof } from '../proof.ts';
import {
  craft,
  craft as craftToken,
  encode,
  jwkOf,
  now,
  pairs,
  siteId,
  claims as tokenClaims,
  verifyAt,
} from './craft-token.ts';

const browser = pairs.ES256;
const jwk = jwkOf(browser.publicKey);
const nonce = 'n'.repeat(22);
const hash = (text: string) => createHash('sha256').update(text).digest('base64url');
const context: ProofContext = { site: siteId, nonce, challengedAt: now, now };
const header = { alg: 'ES256', typ: 'balie-proof+jwt', jwk };
const claims = { aud: siteId, nonce, iat: Math.floor(now / 1000) };

const prove = (parts: { header?: unknown; payload?: unknown; key?: KeyObject } = {}) =>
  craft({ header, payload: claims, key: browser.privateKey, ...parts });
const checkOf = async (proof: string, change: Partial<ProofContext> = {}) => {
  const verdict = await verifyProof(proof, { ...context, ...change });
  return verdict.ok ? 'accepted' : verdict.check;
};
const withClaims = (change: object, circumstances: Partial<ProofContext> = {}) =>
  checkOf(prove({ payload: { ...claims, ...change } }), circumstances);

describe('what is accepted', () => {
  it('J076 takes the proof of this socket, and names the key by its thumbprint', async () => {
    expect(await verifyProof(prove(), context)).toEqual({
      ok: true,
      thumbprint: await calculateJwkThumbprint(jwk),
      variables: null,
    });
  });

  it('V078 tells a page that set nothing from one that says nothing of it', async () => {
    const proof = prove({ payload: { ...claims, vars: {} } });
    expect(await verifyProof(proof, context)).toMatchObject({ variables: { ok: true, variables: new Map() } });
  });

  it('V078 hands on what the page set, and is not put out by what breaks the rules', async () => {
    const verdictOf = async (vars: unknown) => verifyProof(prove({ payload: { ...claims, vars } }), context);
    expect(await verdictOf({ plan: 'gold' })).toMatchObject({
      ok: true,
      variables: { ok: true, variables: new Map([['plan', 'gold']]) },
    });
    for (const vars of [{ isAgent: true }, [], null, { plan: {} }])
      expect(await verdictOf(vars)).toMatchObject({ ok: true, variables: { ok: false } });
  });

  it('J076 takes a proof over token and session only where they are the ones of the frame', async () => {
    const [token, session] = ['a.b.c', 's'.repeat(43)];
    const both = { ath: hash(token), sth: hash(session) };
    expect(await withClaims(both, { token, session })).toBe('accepted');
    expect(await withClaims({ ath: both.ath }, { token })).toBe('accepted');
    expect(await withClaims({ ...both, ath: hash('a.b.d') }, { token, session })).toBe('token');
    expect(await withClaims({ sth: both.sth }, { token, session })).toBe('token');
    expect(await withClaims(both, { token: null, session })).toBe('token');
    expect(await withClaims(both, { session })).toBe('token');
    expect(await withClaims({ ...both, sth: hash('other') }, { token, session })).toBe('session');
    expect(await withClaims({ ath: both.ath }, { token, session })).toBe('session');
    expect(await withClaims(both, { token })).toBe('session');
    expect(await withClaims({ ath: null }, {})).toBe('token');
    expect(await withClaims({}, { token: '' })).toBe('accepted');
  });
});

describe('what is refused', () => {
  it.each([
    ['another algorithm', { ...header, alg: 'HS256' }],
    ['no algorithm', { ...header, alg: 'none' }],
    ['another type', { ...header, typ: 'dpop+jwt' }],
    ['the type of a token', { ...header, typ: 'visitor+jwt' }],
    ['no type', { alg: 'ES256', jwk }],
    ['no key', { alg: 'ES256', typ: header.typ }],
    ['a key id', { ...header, kid: 'k1' }],
    ['critical members', { ...header, crit: ['b64'], b64: false }],
    ['a private key', { ...header, jwk: jwkOf(browser.privateKey) }],
    ['further members of the key', { ...header, jwk: { ...jwk, ext: true, key_ops: ['verify'] } }],
    ['another curve', { ...header, jwk: jwkOf(generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey) }],
    ['another kind of key', { ...header, jwk: jwkOf(pairs.EdDSA.publicKey) }],
    ['a secret', { ...header, jwk: { kty: 'oct', k: 'AAAA' } }],
    ['a key that is text', { ...header, jwk: JSON.stringify(jwk) }],
    ['no key at all', { ...header, jwk: null }],
    ['padded numbers', { ...header, jwk: { ...jwk, x: `${jwk.x}=` } }],
    ['short numbers', { ...header, jwk: { ...jwk, x: 'AA' } }],
    ['long numbers', { ...header, jwk: { ...jwk, y: `AAAA${jwk.y}` } }],
  ])('J076 a header with %s', async (_what, head) => expect(await checkOf(prove({ header: head }))).toBe('header'));

  it('J076 a point that is not on the curve', async () => {
    expect(await checkOf(prove({ header: { ...header, jwk: { ...jwk, x: jwk.y, y: jwk.x } } }))).toBe('key');
    const zero = Buffer.alloc(32).toString('base64url');
    expect(await checkOf(prove({ header: { ...header, jwk: { ...jwk, x: zero, y: zero } } }))).toBe('key');
  });

  it('J076 the key of one browser with the signature of another', async () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(await checkOf(prove({ key: other.privateKey }))).toBe('signature');
    const [head, , signature] = prove().split('.');
    expect(await checkOf(`${head}.${encode({ ...claims, vars: { plan: 'gold' } })}.${signature}`)).toBe('signature');
  });

  it('J076 HMAC that is keyed with the public key', async () => {
    const input = `${encode({ ...header, alg: 'HS256' })}.${encode(claims)}`;
    const mac = createHmac('sha256', JSON.stringify(jwk)).update(input).digest('base64url');
    expect(await checkOf(`${input}.${mac}`)).toBe('header');
    const es256 = `${encode(header)}.${encode(claims)}`;
    expect(
      await checkOf(`${es256}.${createHmac('sha256', JSON.stringify(jwk)).update(es256).digest('base64url')}`),
    ).toBe('signature');
  });

  it('J065 zeros, the order, and DER in place of r and s', async () => {
    const input = prove().split('.').slice(0, 2).join('.');
    for (const bytes of [
      Buffer.alloc(64),
      Buffer.alloc(63),
      Buffer.alloc(64, 0xff),
      Buffer.from('3006020100020100', 'hex'),
    ])
      expect(await checkOf(`${input}.${bytes.toString('base64url')}`)).toBe('signature');
  });

  it.each([
    ['site_b', 'audience'],
    [[siteId], 'audience'],
    [undefined, 'audience'],
  ])('J076 a proof for %j', async (aud, check) => expect(await withClaims({ aud })).toBe(check));

  it('J076 the nonce of another socket, which is what a proof that is shown twice has', async () => {
    for (const other of ['m'.repeat(22), '', null, undefined, [nonce]])
      expect(await withClaims({ nonce: other })).toBe('nonce');
    expect(await checkOf(prove(), { nonce: 'm'.repeat(22) })).toBe('nonce');
  });

  it('J076 a time that is not between the challenge and now, give or take a minute', async () => {
    const second = Math.floor(now / 1000);
    for (const iat of [second - 61, second + 61, `${second}`, null, undefined, now, -1])
      expect(await withClaims({ iat })).toBe('issued_at');
    for (const iat of [second - 59, second + 60]) expect(await withClaims({ iat })).toBe('accepted');
    const hourLater = { now: now + 3_600_000 };
    expect(await withClaims({ iat: second }, hourLater)).toBe('accepted');
    expect(await withClaims({ iat: second + 3600 }, hourLater)).toBe('accepted');
    expect(await withClaims({ iat: second + 3661 }, hourLater)).toBe('issued_at');
  });

  it('J076 further claims, repeated ones, and what is too large', async () => {
    expect(await withClaims({ exp: 1 })).toBe('malformed');
    expect(await checkOf(prove({ payload: `{"nonce":"x",${JSON.stringify(claims).slice(1)}` }))).toBe('malformed');
    expect(await withClaims({ vars: { plan: 'x'.repeat(limits.proofBytes) } })).toBe('too_large');
    for (const proof of ['', '..', 'a.b.c', prove().slice(0, -1), `${prove()} `])
      expect(await checkOf(proof)).toBe('malformed');
  });

  it('J076 answers whatever it is given', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.jsonValue(), fc.jsonValue(), async (text, head, body) => {
        expect(await checkOf(text)).toBe('malformed');
        expect(await checkOf(prove({ header: JSON.stringify(head) }))).not.toBe('accepted');
        expect(await checkOf(prove({ payload: JSON.stringify(body) }))).not.toBe('accepted');
      }),
    );
  });
});

it('J075 a token that names this browser is taken with its proof, and from no other', async () => {
  const own = await verifyProof(prove(), context);
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const stolen = await verifyProof(
    prove({ header: { ...header, jwk: jwkOf(other.publicKey) }, key: other.privateKey }),
    context,
  );
  if (!own.ok || !stolen.ok) throw new Error('refused');
  const token = craftToken({ payload: { ...tokenClaims, cnf: { jkt: own.thumbprint } } });
  expect(await verifyAt(token, own)).toMatchObject({ ok: true, bound: true });
  expect(await verifyAt(token, stolen)).toEqual({ ok: false, check: 'bound_elsewhere' });
});
