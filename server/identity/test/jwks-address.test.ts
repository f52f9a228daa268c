import { describe, expect, it } from 'vitest';
import type { NewSiteKey } from '../../../protocol/http.ts';
import { secretKey } from './craft-token.ts';
import { codeOf, register } from './register-key.ts';

describe('JWKS addresses', () => {
  const jwks = (url: string, change: object = {}): NewSiteKey =>
    ({ kind: 'jwks', url, issuer: 'https://login.example', audience: 'client-1', ...change }) as NewSiteKey;

  it('J047 takes an https address with issuer and audience', () => {
    expect(register(jwks('https://login.example/keys?tenant=1'))).toMatchObject({
      ok: true,
      key: {
        kind: 'jwks',
        url: 'https://login.example/keys?tenant=1',
        issuer: 'https://login.example',
        audience: 'client-1',
      },
    });
    expect(codeOf(jwks('https://login.example:8443/keys'))).toBe('accepted');
    expect(codeOf(jwks('https://login.example/keys'), [secretKey({ kid: 'other' })])).toBe('accepted');
  });

  it.each([
    'ftp://login.example/',
    'file:///etc/passwd',
    'gopher://login.example/',
    'data:,x',
    'javascript:1',
    '',
    'login.example',
    'https://',
  ])('E170 refuses %j', (url) => expect(codeOf(jwks(url))).toBe('address_malformed url'));

  it.each([
    'https://a:b@login.example/',
    'https://x@127.0.0.1/',
    'https://:b@login.example/',
    'https://login.example/#keys',
  ])('E170 refuses %j', (url) => expect(codeOf(jwks(url))).toBe('address_malformed url'));

  it.each([
    ...[
      'http://login.example/keys',
      'https://127.0.0.1/',
      'https://localhost/',
      'https://LOCALHOST./',
      'https://[::1]/',
    ],
    ...[
      'https://[::ffff:127.0.0.1]/',
      'https://0.0.0.0/',
      'https://2130706433/',
      'https://0x7f.1/',
      'https://127.1/',
      'https://017700000001/',
    ],
    ...[
      'https://169.254.169.254/latest',
      'https://10.0.0.1/',
      'https://100.64.1.1/',
      'https://192.168.1.1/',
      'https://172.16.0.1/',
    ],
    ...[
      'https://[fd00::1]/',
      'https://[fe80::1]/',
      'https://[64:ff9b::7f00:1]/',
      'https://metadata.google.internal/',
      'https://intranet/',
    ],
    ...[
      'https://login.example:22/',
      'https://login.example:25/',
      'https://login.example:6379/',
      'https://printer.local/',
    ],
  ])('E170 refuses %j', (url) => expect(codeOf(jwks(url))).toBe('address_refused url'));

  it('E170 lets the operator allow private networks, yet no plain http beyond the machine', () => {
    for (const url of [
      'http://127.0.0.1:8090/keys',
      'http://localhost/keys',
      'https://10.0.0.1:9000/keys',
      'https://login.internal/',
    ])
      expect(codeOf(jwks(url), [], true)).toBe('accepted');
    for (const url of ['http://10.0.0.1/keys', 'http://login.example/keys', 'http://127.0.0.1.evil.example/'])
      expect(codeOf(jwks(url), [], true)).toBe('address_refused url');
  });

  it('J059 refuses an issuer or audience that no token can carry', () => {
    for (const text of ['', 'a b', 'a\0', 'é']) {
      expect(codeOf(jwks('https://login.example/', { issuer: text }))).toBe('issuer_malformed issuer');
      expect(codeOf(jwks('https://login.example/', { audience: text }))).toBe('audience_malformed audience');
    }
  });
});
