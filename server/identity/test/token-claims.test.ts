import { describe, expect, it } from 'vitest';
import { limits } from '../../../protocol/limits.ts';
import { checkOf, claims, craft, now, nowSeconds, siteId, verifyAt } from './craft-token.ts';

const withClaims = (change: object) => checkOf(craft({ payload: { ...claims, ...change } }));
const without = (object: object, ...names: string[]) =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));

describe('claims', () => {
  it.each([
    ['exp', 'soon', 'expired'],
    ['exp', `${nowSeconds + 600}`, 'expired'],
    ['exp', null, 'expired'],
    ['exp', -1, 'expired'],
    ['exp', 0, 'expired'],
    ['exp', [nowSeconds + 600], 'expired'],
    ['exp', now + 600_000, 'lifetime'],
    ['exp', nowSeconds - 1, 'lifetime'],
    ['iat', 'now', 'issued_at'],
    ['iat', null, 'issued_at'],
    ['iat', -1, 'issued_at'],
    ['iat', now, 'issued_at'],
    ['nbf', `${nowSeconds}`, 'not_yet_valid'],
    ['nbf', null, 'not_yet_valid'],
    ['nbf', nowSeconds + 62, 'not_yet_valid'],
  ])('J056 refuses %s = %j', async (name, value, check) => expect(await withClaims({ [name]: value })).toBe(check));

  it('J056 refuses a token without exp or iat, or with numbers beyond all numbers', async () => {
    expect(await checkOf(craft({ payload: without(claims, 'exp') }))).toBe('expired');
    expect(await checkOf(craft({ payload: without(claims, 'iat') }))).toBe('issued_at');
    const endless = JSON.stringify(without(claims, 'exp')).replace('{', '{"exp":1e400,');
    expect(await checkOf(craft({ payload: endless }))).toBe('expired');
  });

  it('J056 grants clocks exactly a minute', async () => {
    const short = { iat: nowSeconds - 600 };
    const at = nowSeconds * 1000;
    const check = (change: object) => checkOf(craft({ payload: { ...claims, ...change } }), { at });
    expect(await check({ ...short, exp: nowSeconds - 59 })).toBe('accepted');
    expect(await check({ ...short, exp: nowSeconds - 60 })).toBe('expired');
    expect(await check({ ...short, exp: nowSeconds - 61 })).toBe('expired');
    expect(await check({ iat: nowSeconds + 60 })).toBe('accepted');
    expect(await check({ iat: nowSeconds + 61 })).toBe('clock_skew');
    expect(await check({ nbf: nowSeconds + 60 })).toBe('accepted');
    expect(await check({ nbf: nowSeconds + 61 })).toBe('not_yet_valid');
  });

  it('J058 takes a lifetime of the longest allowed, and not a second more', async () => {
    const lasting = (seconds: number) => craft({ payload: { ...claims, exp: nowSeconds + seconds } });
    expect(await checkOf(lasting(3600))).toBe('accepted');
    expect(await checkOf(lasting(3601))).toBe('lifetime');
    const day = { tokenLifetimeMs: limits.tokenLifetimeMaxMs };
    expect(await checkOf(lasting(86_400), day)).toBe('accepted');
    expect(await checkOf(lasting(86_401), day)).toBe('lifetime');
    expect(await checkOf(lasting(301), { tokenLifetimeMs: 300_000 })).toBe('lifetime');
  });

  it('J059 takes the site as a text or as the only one of a list', async () => {
    expect(await withClaims({ aud: [siteId] })).toBe('accepted');
    for (const aud of [
      'site_b',
      'SITE_A',
      '',
      null,
      [],
      [[siteId]],
      ['site_b'],
      [siteId, siteId],
      [siteId, 'site_b'],
      { 0: siteId },
    ])
      expect(await withClaims({ aud })).toBe('audience');
    expect(await checkOf(craft({ payload: without(claims, 'aud') }))).toBe('audience');
  });

  it('J059 takes the site alone as issuer', async () => {
    for (const iss of ['site_b', 'SITE_A', `${siteId}\0`, '', null, 1, [siteId], { toString: siteId }])
      expect(await withClaims({ iss })).toBe('issuer');
    expect(await checkOf(craft({ payload: without(claims, 'iss') }))).toBe('issuer');
  });

  it('J059 takes a subject that names somebody', async () => {
    for (const sub of ['', null, 1001, ['C-1001'], 'C\u0000', 'C\n', 's'.repeat(256)])
      expect(await withClaims({ sub })).toBe('subject');
    expect(
      await checkOf(craft({ payload: `{"sub":"\\ud800",${JSON.stringify(without(claims, 'sub')).slice(1)}` })),
    ).toBe('subject');
    expect(await checkOf(craft({ payload: without(claims, 'sub') }))).toBe('subject');
    expect(await withClaims({ sub: 's'.repeat(255) })).toBe('accepted');
  });

  it('J074 tells a clock that is ahead from a token that is old', async () => {
    const minutes = 10 * 60_000;
    const fresh = craft({ payload: { ...claims, exp: nowSeconds + 300 } });
    expect(await checkOf(fresh, { at: now - minutes })).toBe('clock_skew');
    expect(await checkOf(fresh, { at: now + minutes })).toBe('expired');
  });

  it('J075 takes a token that names a browser from that browser alone', async () => {
    const thumbprint = 'T'.repeat(43);
    const token = craft({ payload: { ...claims, cnf: { jkt: thumbprint } } });
    expect(await verifyAt(token, { thumbprint })).toMatchObject({ ok: true, bound: true });
    expect(await checkOf(token, { thumbprint: 'U'.repeat(43) })).toBe('bound_elsewhere');
    expect(await checkOf(token)).toBe('bound_elsewhere');
    expect(await withClaims({ cnf: {} })).toBe('bound_elsewhere');
    expect(await verifyAt(craft(), { thumbprint })).toMatchObject({ ok: true, bound: false });
    for (const cnf of [
      null,
      {},
      thumbprint,
      [thumbprint],
      { jkt: [thumbprint] },
      { kid: 'k1' },
      { 'x5t#S256': thumbprint },
    ])
      expect(await checkOf(craft({ payload: { ...claims, cnf } }), { thumbprint })).toBe('bound_elsewhere');
  });
});

describe('variables', () => {
  it('J062 refuses the whole token for one variable that breaks the rules, and says which', async () => {
    for (const variables of [
      ...[
        { role: 'admin' },
        { 'a.b': 1 },
        { 'a\0': 1 },
        { '\u202ename': 1 },
        { plan: null },
        { plan: { deep: 1 } },
        [],
        'x',
        null,
      ],
      ...[{ plan: 'x'.repeat(1025) }, { plan: 1, Plan: 2 }, { ['n'.repeat(65)]: 1 }],
      Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`v${index}`, index])),
    ])
      expect(await withClaims({ variables })).toBe('variables');
    expect(await verifyAt(craft({ payload: { ...claims, variables: { plan: [] } } }))).toEqual({
      ok: false,
      check: 'variables',
      detail: 'variables.plan: A value is a text, a number, true or false.',
    });
  });

  it('J062 refuses names of prototypes among the claims as among the variables', async () => {
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      const member = `${JSON.stringify(name)}:{"isAgent":true}`;
      expect(await checkOf(craft({ payload: `{${member},${JSON.stringify(claims).slice(1)}` }))).toBe('variables');
      const inside = JSON.stringify(claims).replace('"variables":{', `"variables":{${member},`);
      expect(await checkOf(craft({ payload: inside }))).toBe('variables');
    }
    expect(Object.prototype).not.toHaveProperty('isAgent');
  });

  it('J062 refuses 5,000 variables, and a value of 100 KB', async () => {
    const many = Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`v${index}`, 1]));
    expect(await withClaims({ variables: many })).toBe('variables');
    const most = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`v${index}`, 1]));
    expect(await withClaims({ variables: most })).toBe('too_large');
    expect(await withClaims({ variables: { plan: 'x'.repeat(100_000) } })).toBe('too_large');
  });

  it('V088 takes name, email, phone and locale beside the variables, and no other claim', async () => {
    const verdict = await verifyAt(
      craft({
        payload: { ...claims, variables: { plan: 'gold' }, email: 'ada@shop.example', role: 'admin', id: 7, jti: 'x' },
      }),
    );
    expect(verdict).toMatchObject({
      ok: true,
      variables: new Map([
        ['plan', 'gold'],
        ['email', 'ada@shop.example'],
      ]),
    });
    expect(await withClaims({ name: 'Eve' })).toBe('variables');
    expect(await withClaims({ email: ['ada@shop.example'] })).toBe('variables');
  });

  it('J062 takes a token without variables', async () => {
    expect(await verifyAt(craft({ payload: without(claims, 'variables') }))).toMatchObject({
      ok: true,
      variables: new Map(),
    });
  });
});
