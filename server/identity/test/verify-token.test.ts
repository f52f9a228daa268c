import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenChecks } from '../../../protocol/codes.ts';
import type { SiteId } from '../../../protocol/ids.ts';
import { limits } from '../../../protocol/limits.ts';
import {
  checkOf,
  claims,
  craft,
  encode,
  header,
  jwkOf,
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

const withClaims = (change: object) => checkOf(craft({ payload: { ...claims, ...change } }));
const withHeader = (change: object) => checkOf(craft({ header: { ...header, ...change } }));
const without = (object: object, ...names: string[]) =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));

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

describe('form', () => {
  it('J068 refuses more than 8 KB before it decodes anything', async () => {
    const padded = (length: number) => {
      const short = craft({ payload: { ...claims, padding: '' } }).length;
      return craft({ payload: { ...claims, padding: 'x'.repeat(Math.floor(((length - short) * 3) / 4)) } });
    };
    expect(padded(limits.tokenBytes).length).toBeGreaterThan(limits.tokenBytes - 4);
    expect(padded(limits.tokenBytes).length).toBeLessThanOrEqual(limits.tokenBytes);
    expect(await checkOf(padded(limits.tokenBytes))).toBe('accepted');
    for (const length of [limits.tokenBytes + 4, 2 ** 20, 2 ** 23])
      expect(await checkOf(padded(length))).toBe('too_large');
    expect(await checkOf('x'.repeat(2 ** 23))).toBe('too_large');
  });

  it('J053 refuses whatever has not exactly three parts', async () => {
    const [head = '', body = '', signature = ''] = craft().split('.');
    for (const token of [
      ...['', '.', '..', '...', head, `${head}.${body}`, `${head}.${body}.`, `.${body}.${signature}`],
      ...[`${head}..${body}.${signature}.x`, `${head}.${body}.${signature}.`, JSON.stringify({ payload: body })],
    ])
      expect(await checkOf(token)).toBe('malformed');
  });

  it('J046 knows one spelling of a token', async () => {
    const token = craft();
    const [head = '', body = '', signature = ''] = token.split('.');
    const lastOf = (text: string) => {
      const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
      return text.slice(0, -1) + alphabet[alphabet.indexOf(text.at(-1) ?? '') ^ 1];
    };
    for (const other of [
      ...[`${token}=`, ` ${token}`, `${token}\n`, `${head}=.${body}.${signature}`, `${head}. ${body}.${signature}`],
      ...[token.replace(/[-_]/g, (letter) => (letter === '-' ? '+' : '/')), `${token}\0`, `${token}é`],
      `${head}.${body}.${lastOf(signature)}`,
    ].filter((other) => other !== token))
      expect(await checkOf(other)).toBe('malformed');
  });

  it('J062 refuses members that are named twice, at any depth and however they are escaped', async () => {
    const raw = (text: string) => craft({ payload: text });
    const body = JSON.stringify(claims).slice(1);
    expect(await checkOf(raw(`{"sub":"C-2",${body}`))).toBe('malformed');
    expect(await checkOf(raw(`{"\\u0073ub":"C-2",${body}`))).toBe('malformed');
    expect(await checkOf(raw(`{"x":[{"a":{"b":1,"b":2}}],${body}`))).toBe('malformed');
    expect(await checkOf(raw(`{"x":{"sub":"C-2"},"y":"\\"sub\\":{",${body}`))).toBe('accepted');
    const text = JSON.stringify(header).slice(1);
    expect(await checkOf(craft({ header: `{"alg":"none",${text}` }))).toBe('malformed');
    expect(await checkOf(craft({ header: `{"kid":"k1",${text}` }))).toBe('malformed');
  });

  it('J062 refuses what is no JSON object in UTF-8 of few levels', async () => {
    for (const payload of ['', 'null', '[]', '"x"', '1', '{', '\ufeff{}', new Uint8Array([0x7b, 0xff, 0x7d])])
      expect(await checkOf(craft({ payload }))).toBe('malformed');
    const [start = '', end = ''] = JSON.stringify(claims).split('C-1001');
    const broken = Buffer.concat([Buffer.from(start), Buffer.from([0xff]), Buffer.from(end)]);
    expect(await checkOf(craft({ payload: broken }))).toBe('malformed');
    const deep = `{"x":${'['.repeat(2500)}${']'.repeat(2500)},${JSON.stringify(claims).slice(1)}`;
    expect(await checkOf(craft({ payload: deep }))).toBe('malformed');
    for (const head of ['', 'null', '[]', '{"alg":"HS256"', new Uint8Array([0x22, 0xc0, 0x80, 0x22])])
      expect(await checkOf(craft({ header: head }))).toBe('malformed');
  });

  it('J068 answers whatever it is given with a code of the list', async () => {
    const alike = fc.constantFrom(...craft().split('.'), encode(header), encode(claims), '.', '..', '=', 'e30', '\0');
    const anything = fc.oneof(
      fc.string(),
      fc.array(fc.oneof(alike, fc.string())).map((parts) => parts.join('.')),
    );
    await fc.assert(
      fc.asyncProperty(anything, fc.jsonValue(), fc.jsonValue(), async (text, head, body) => {
        expect([...tokenChecks, 'accepted']).toContain(await checkOf(text));
        expect(tokenChecks).toContain(
          await checkOf(craft({ header: JSON.stringify(head), payload: JSON.stringify(body) })),
        );
        expect([...tokenChecks, 'accepted']).toContain(await withClaims({ variables: body }));
        expect(tokenChecks).toContain(await withClaims({ sub: [body], aud: head }));
      }),
    );
  });
});

describe('header', () => {
  it.each([
    ...['none', 'None', 'NONE', 'nOnE', ' none', 'none ', 'none\0', '', 'null', 'hs256', 'HS256 ', 'HS384', 'HS512'],
    ...['ES384', 'ES256K', 'RS512', 'PS384', 'Ed25519', 'ES521', 'dir', 'RSA-OAEP', 'A256KW'],
  ])('J048 refuses the algorithm %j, signed or not', async (alg) => {
    expect(await withHeader({ alg })).toBe('algorithm');
    expect(await checkOf(`${encode({ ...header, alg })}.${encode(claims)}.AAAA`)).toBe('algorithm');
    expect(await checkOf(`${encode({ ...header, alg })}.${encode(claims)}.`)).toBe('malformed');
  });

  it.each([null, true, 1, ['HS256'], { toString: 'HS256' }, ['none']])('J048 refuses the algorithm %j', async (alg) =>
    expect(await withHeader({ alg })).toBe('header'),
  );

  it('J048 refuses a header without an algorithm', async () => {
    expect(await checkOf(craft({ header: without(header, 'alg') }))).toBe('header');
  });

  it('J049 refuses HS256 that is keyed with any form of a public key', async () => {
    for (const alg of ['ES256', 'RS256', 'EdDSA'] as const) {
      const key = pairs[alg].publicKey;
      const pem = key.export({ type: 'spki', format: 'pem' }) as string;
      const forms = [
        ...[pem, pem.trim(), pem.replace(/-----[^-]+-----|\n/g, ''), JSON.stringify(jwkOf(key))],
        key.export({ type: 'spki', format: 'der' }),
        Buffer.from(String(jwkOf(key).x ?? jwkOf(key).n), 'base64url'),
      ];
      for (const form of forms)
        expect(await checkOf(craft({ key: form }), { keys: [publicKey(alg, key)] })).toBe('algorithm');
    }
  });

  it.each([...['', 'a b', 'k1\0', '\u00e9', 'k'.repeat(257), null, 1, true, ['k1'], { k1: 1 }, [['k1']]]])(
    'J050 refuses the malformed key id %j',
    async (kid) => expect(await withHeader({ kid })).toBe('header'),
  );

  it.each([
    ...[
      'K1',
      'k2',
      '../../etc/passwd',
      '/dev/null',
      "k1'--",
      "'OR'1'='1",
      'https://evil.example/key',
      'file:///etc/passwd',
    ],
    ...['__proto__', 'constructor', 'toString', '0', 'length', '*'],
  ])('J050 knows no key by the id %j, and asks nobody for it', async (kid) =>
    expect(await withHeader({ kid })).toBe('unknown_key'),
  );

  it('J050 refuses a header without a key id, and one of 100 KB', async () => {
    expect(await checkOf(craft({ header: without(header, 'kid') }))).toBe('header');
    expect(await withHeader({ kid: 'k'.repeat(100_000) })).toBe('too_large');
  });

  it.each([
    ['jku', 'https://evil.example/keys'],
    ['x5u', 'https://evil.example/cert'],
    ['jwk', { kty: 'oct', k: 'AA' }],
    ['x5c', ['MIIB']],
    ['x5t', 'AA'],
    ['x5t#S256', 'AA'],
    ['crit', ['exp']],
    ['crit', []],
    ['crit', 'b64'],
    ['b64', false],
    ['b64', true],
    ['zip', 'DEF'],
    ['cty', 'JWT'],
    ['enc', 'A256GCM'],
    ['__proto__', {}],
    ['anything', 1],
  ])('J052 J053 refuses %s in the header of an otherwise valid token', async (name, value) => {
    const text = JSON.stringify(header).slice(0, -1);
    expect(await checkOf(craft({ header: `${text},${JSON.stringify(name)}:${JSON.stringify(value)}}` }))).toBe(
      'header',
    );
  });

  it('J053 refuses b64 with crit, an encrypted token, and one token in another', async () => {
    expect(await withHeader({ b64: false, crit: ['b64'] })).toBe('header');
    expect(await checkOf(`${encode({ alg: 'dir', enc: 'A256GCM' })}..AAAA.AAAA.AAAA`)).toBe('malformed');
    expect(await checkOf(craft({ payload: craft() }))).toBe('malformed');
  });

  it.each(['JWT', 'at+jwt', 'application/visitor+jwt', 'Visitor+JWT', 'visitor+jwt ', '', 'balie-proof+jwt', null, 1])(
    'J055 refuses the type %j',
    async (typ) => expect(await withHeader({ typ })).toBe('type'),
  );

  it('J055 refuses a token without a type', async () => {
    expect(await checkOf(craft({ header: without(header, 'typ') }))).toBe('type');
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
