import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenChecks } from '../../../protocol/codes.ts';
import { limits } from '../../../protocol/limits.ts';
import { checkOf, claims, craft, encode, header, jwkOf, pairs, publicKey } from './craft-token.ts';

const withClaims = (change: object) => checkOf(craft({ payload: { ...claims, ...change } }));
const withHeader = (change: object) => checkOf(craft({ header: { ...header, ...change } }));
const without = (object: object, ...names: string[]) =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));

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
