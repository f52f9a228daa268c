import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { FetchPublic } from '../../outbound/fetch-public.ts';
import { createJwks } from '../jwks.ts';
import {
  bytes,
  checkOf,
  claims,
  craft,
  jwk,
  now,
  nowSeconds,
  pairs,
  publishedKeys,
  secretKey,
  siteId,
  verifyAt,
} from './craft-token.ts';

const address = 'https://login.example/keys';
const minute = 60_000;

/** A provider whose document and mood the test sets, on a clock that the test moves. */
function openProvider(keys: unknown[] = [jwk('p1')]) {
  const state = { at: now, asked: 0, failures: [] as string[], document: { keys } as unknown, down: false };
  const fetch: FetchPublic = async (url) => {
    expect(url.href).toBe(address);
    state.asked += 1;
    if (state.down) throw new Error('down');
    return bytes(state.document);
  };
  const jwks = createJwks({
    now: () => state.at,
    allowPrivate: false,
    fetch,
    onFailure: ({ host, reason }) => state.failures.push(`${host}: ${reason}`),
  });
  const find = async (kid: string) => {
    const answer = await jwks.find(address, kid);
    return answer.ok ? answer.key.algorithm : answer.check;
  };
  return { state, jwks, find };
}

describe('the cache', () => {
  it('J069 asks once, however many look for a key at the same time and after', async () => {
    const { state, find } = openProvider();
    expect(await Promise.all([find('p1'), find('p1'), find('p1')])).toEqual(['RS256', 'RS256', 'RS256']);
    state.at += 9 * minute;
    expect(await find('p1')).toBe('RS256');
    expect(state.asked).toBe(1);
  });

  it('J069 asks again for a key that it does not know, and finds the new one', async () => {
    const { state, find } = openProvider();
    await find('p1');
    state.document = { keys: [jwk('p1'), jwk('p2')] };
    state.at += 30_000;
    expect(await find('p2')).toBe('RS256');
    expect(state.asked).toBe(2);
  });

  it('J050 lets unknown keys cost the provider one request in half a minute', async () => {
    const { state, find } = openProvider();
    for (let attempt = 0; attempt < 100; attempt++) {
      expect(await find(`unknown-${attempt}`)).toBe('unknown_key');
      state.at += 100;
    }
    expect(state.asked).toBe(1);
    state.at += 20_000;
    await find('unknown');
    expect(state.asked).toBe(2);
  });

  it('J069 forgets a withdrawn key within ten minutes', async () => {
    const { state, find } = openProvider();
    await find('p1');
    state.document = { keys: [jwk('p2')] };
    state.at += 10 * minute;
    expect(await find('p1')).toBe('unknown_key');
  });

  it('J069 goes on with what it has while the provider is down, for an hour', async () => {
    const { state, find } = openProvider();
    await find('p1');
    state.down = true;
    state.at += 59 * minute;
    expect(await find('p1')).toBe('RS256');
    expect(await find('p2')).toBe('keys_unavailable');
    state.at += minute;
    expect(await find('p1')).toBe('keys_unavailable');
    expect(state.asked).toBe(3);
    expect(state.failures).toEqual(['login.example: down', 'login.example: down']);
    state.down = false;
    state.at += minute;
    expect(await find('p1')).toBe('RS256');
  });

  it('J069 says that keys are unavailable when there never were any, and asks rarely', async () => {
    const { state, find } = openProvider();
    state.down = true;
    expect(await Promise.all([find('p1'), find('p1')])).toEqual(['keys_unavailable', 'keys_unavailable']);
    expect(await find('p1')).toBe('keys_unavailable');
    expect(state.asked).toBe(1);
    state.down = false;
    state.at += 30_000;
    expect(await find('p1')).toBe('RS256');
  });

  it('E170 asks no address that would not be registered today', async () => {
    const { state, jwks } = openProvider();
    for (const url of ['http://login.example/keys', 'https://10.0.0.1/', 'file:///etc/passwd', ''])
      expect(await jwks.find(url, 'p1')).toEqual({ ok: false, check: 'keys_unavailable' });
    expect(state.asked).toBe(0);
  });

  it('E170 keeps the documents of a thousand addresses, and not of more', async () => {
    let asked = 0;
    const fetch: FetchPublic = async () => {
      asked += 1;
      return bytes({ keys: [] });
    };
    const jwks = createJwks({ now: () => now, allowPrivate: false, fetch });
    for (let index = 0; index <= 1000; index++) await jwks.find(`https://login.example/${index}`, 'p1');
    await jwks.find('https://login.example/1000', 'p1');
    expect(asked).toBe(1001);
    await jwks.find('https://login.example/0', 'p1');
    expect(asked).toBe(1002);
  });
});

describe('ID tokens', () => {
  const issuer = 'https://login.example';
  const header = { alg: 'RS256', kid: 'p1', typ: 'JWT' };
  const idClaims = {
    ...{
      iss: issuer,
      aud: 'client-1',
      sub: 'u-7',
      iat: nowSeconds,
      exp: nowSeconds + 600,
      nonce: 'x',
      at_hash: 'y',
      sid: 'z',
    },
    ...{
      name: 'Ada',
      email: 'ada@shop.example',
      email_verified: true,
      locale: 'nl',
      roles: ['admin'],
      picture: 'https://x',
    },
  };
  const idToken = (change: object = {}, head: object = header) =>
    craft({ header: head, payload: { ...idClaims, ...change }, key: pairs.RS256.privateKey });
  const check = (token: string, keys = [publishedKeys()]) => checkOf(token, { keys, jwks: openProvider().jwks });

  it('J055 is enough of a token when it comes from the registered provider, for the registered client', async () => {
    expect(await verifyAt(idToken(), { keys: [secretKey(), publishedKeys()], jwks: openProvider().jwks })).toEqual({
      ok: true,
      subject: 'https://login.example#u-7',
      variables: new Map([
        ['name', 'Ada'],
        ['email', 'ada@shop.example'],
        ['locale', 'nl'],
      ]),
      keyId: 'provider',
      issuer,
      algorithm: 'RS256',
      issuedAt: nowSeconds * 1000,
      expiresAt: (nowSeconds + 600) * 1000,
      bound: false,
    });
    expect(await check(idToken({}, { alg: 'RS256', kid: 'p1' }))).toBe('accepted');
    expect(await check(idToken({ aud: ['client-1'] }))).toBe('accepted');
  });

  it('J059 is refused from others, for others, and as another kind of token', async () => {
    expect(await check(idToken({ iss: 'https://evil.example' }))).toBe('unknown_key');
    expect(await check(idToken({ aud: 'client-2' }))).toBe('audience');
    expect(await check(idToken({ aud: ['client-1', 'client-2'] }))).toBe('audience');
    expect(await check(idToken({ aud: siteId }))).toBe('audience');
    expect(await check(idToken({}, { ...header, typ: 'at+jwt' }))).toBe('type');
    expect(await check(idToken({}, { ...header, typ: 'visitor+jwt' }))).toBe('type');
    expect(await check(idToken({}, { ...header, alg: 'PS256' }))).toBe('algorithm');
    expect(await check(idToken({}, { ...header, jku: 'https://evil.example' }))).toBe('header');
    expect(await check(idToken({}, { ...header, kid: 'p2' }))).toBe('unknown_key');
    expect(
      await check(
        craft({ header, payload: idClaims, key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey }),
      ),
    ).toBe('signature');
    expect(await check(idToken({ exp: nowSeconds + 3601 }))).toBe('lifetime');
    expect(await check(idToken(), [publishedKeys({ revokedAt: now })])).toBe('key_revoked');
  });

  it('J060 cannot pose as a token that the site itself made, nor the other way round', async () => {
    const own = { ...claims, iss: siteId, aud: siteId };
    expect(
      await check(craft({ header: { ...header, typ: 'visitor+jwt' }, payload: own, key: pairs.RS256.privateKey })),
    ).toBe('unknown_key');
    const keys = [secretKey(), publishedKeys()];
    expect(await check(craft({ payload: idClaims }), keys)).toBe('issuer');
    expect(await check(craft({ header: { alg: 'HS256', kid: 'provider', typ: 'visitor+jwt' } }), keys)).toBe(
      'unknown_key',
    );
    expect(await check(craft({ header: { alg: 'HS256', kid: 'k1', typ: 'JWT' }, payload: idClaims }), keys)).toBe(
      'type',
    );
  });

  it('J069 finds the client among several of one provider, and passes over revoked ones', async () => {
    const keys = [
      publishedKeys({ kid: 'a', audience: 'client-9' } as object),
      publishedKeys({ kid: 'b', revokedAt: 1 }),
      publishedKeys({ kid: 'c' }),
    ];
    expect(await verifyAt(idToken(), { keys, jwks: openProvider().jwks })).toMatchObject({ ok: true, keyId: 'c' });
  });

  it('V088 locks no e-mail address or phone number that the provider has not verified itself', async () => {
    for (const email_verified of [false, 'false']) {
      const verdict = await verifyAt(idToken({ email_verified, phone_number: '+31', phone_number_verified: false }), {
        keys: [publishedKeys()],
        jwks: openProvider().jwks,
      });
      expect(verdict.ok && [...verdict.variables.keys()]).toEqual(['name', 'locale']);
    }
  });

  it('J062 leaves out what the provider does not know, and refuses what is no text', async () => {
    const verdict = await verifyAt(
      idToken({ name: null, nickname: '', given_name: 'Ada', variables: { plan: 'gold' } }),
      {
        keys: [publishedKeys()],
        jwks: openProvider().jwks,
      },
    );
    expect(verdict.ok && Object.fromEntries(verdict.variables)).toEqual({
      plan: 'gold',
      'given name': 'Ada',
      email: 'ada@shop.example',
      locale: 'nl',
    });
    expect(await check(idToken({ name: { first: 'Ada' } }))).toBe('variables');
  });

  it('J069 says that the keys are unavailable when they are', async () => {
    const { state, jwks } = openProvider();
    state.down = true;
    expect(await checkOf(idToken(), { keys: [publishedKeys()], jwks })).toBe('keys_unavailable');
  });

  it('J050 J052 makes no request for a token that names no registered issuer', async () => {
    const { state, jwks } = openProvider();
    for (const token of [
      idToken({ iss: 'https://evil.example' }),
      idToken({ iss: undefined }),
      craft({ header, payload: 'x' }),
    ])
      expect(await checkOf(token, { keys: [publishedKeys()], jwks })).toBe('unknown_key');
    expect(
      await checkOf(idToken({}, { ...header, jku: 'https://evil.example' }), { keys: [publishedKeys()], jwks }),
    ).toBe('header');
    expect(await checkOf(idToken({}, { ...header, alg: 'none' }), { keys: [publishedKeys()], jwks })).toBe('algorithm');
    expect(state.asked).toBe(0);
  });
});
