import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SiteId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { SiteKey } from '../../server/domain/site.ts';
import { createJwks } from '../../server/identity/jwks.ts';
import { parseSiteKey } from '../../server/identity/site-key.ts';
import { createTokenVerifier } from '../../server/identity/verify-token.ts';
import { SignError, type SigningKey, signVisitor, type Visitor } from '../../widget/sign/sign-visitor.ts';

// The two ends share no code on purpose: one is in the site's backend, in any version. Here they meet.
const site = 'site_1' as SiteId;
const jwks = createJwks({ now: Date.now, allowPrivate: false, fetch: () => Promise.reject(new Error('offline')) });
const verifier = createTokenVerifier({ now: Date.now, jwks });

const registered = (input: Parameters<typeof parseSiteKey>[0]): SiteKey => {
  const parsed = parseSiteKey(input, { existing: [], now: 0, allowPrivate: false });
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.key;
};
const secretKey = registered({ kind: 'secret', kid: 'k1' });
const secret = secretKey.kind === 'secret' ? secretKey.secret : '';

async function roundTrip(visitor: Visitor, key: SigningKey, registeredKey: SiteKey, thumbprint?: string) {
  const context = { site: { id: site, keys: [registeredKey], tokenLifetimeMs: limits.tokenLifetimeMs }, thumbprint };
  return verifier.verify(await signVisitor(visitor, key), context);
}

describe('what a site signs', () => {
  it('J059 is what the server verifies, with a secret', async () => {
    const verdict = await roundTrip(
      { subject: 'C-1001', variables: { name: 'Ada', orders: 3, vip: true } },
      { kid: 'k1', site, secret },
      secretKey,
    );
    expect(verdict).toMatchObject({
      ok: true,
      subject: 'C-1001',
      variables: new Map<string, unknown>([
        ['name', 'Ada'],
        ['orders', 3],
        ['vip', true],
      ]),
      bound: false,
    });
  });

  it.each([
    ['ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
    ['RS256', generateKeyPairSync('rsa', { modulusLength: 2048 })],
    ['PS256', generateKeyPairSync('rsa', { modulusLength: 2048 })],
    ['EdDSA', generateKeyPairSync('ed25519')],
  ] as const)(
    'J049 is what the server verifies, with %s from PEM to PEM',
    async (algorithm, { privateKey, publicKey }) => {
      const pem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
      const key = String(publicKey.export({ type: 'spki', format: 'pem' }));
      const registeredKey = registered({ kind: 'public', kid: 'k2', algorithm, key });
      const signingKey = { kid: 'k2', site, algorithm, privateKey: pem };
      expect(await roundTrip({ subject: 'C-1001' }, signingKey, registeredKey)).toMatchObject({ ok: true, algorithm });
    },
  );

  it('J075 is for one browser when it names that browser', async () => {
    const thumbprint = 'T'.repeat(43);
    const visitor = { subject: 'C-1001', thumbprint };
    const key = { kid: 'k1', site, secret };
    expect(await roundTrip(visitor, key, secretKey, thumbprint)).toMatchObject({ ok: true, bound: true });
    expect(await roundTrip(visitor, key, secretKey, 'U'.repeat(43))).toEqual({ ok: false, check: 'bound_elsewhere' });
  });

  it('J058 is refused for a lifetime that only other sites allow', async () => {
    const key = { kid: 'k1', site, secret, lifetimeSeconds: 3601 };
    expect(await roundTrip({ subject: 'C-1001' }, key, secretKey)).toEqual({ ok: false, check: 'lifetime' });
  });

  it('J062 is refused by the server for nothing but names that it reserves or that look alike', async () => {
    const visitors = fc.record({
      subject: fc.string({ unit: 'grapheme', maxLength: 300 }),
      variables: fc.dictionary(
        fc.string({ unit: 'grapheme', maxLength: 70 }),
        fc.oneof(fc.string(), fc.float(), fc.boolean()),
      ),
    });
    await fc.assert(
      fc.asyncProperty(visitors, async (visitor) => {
        try {
          const verdict = await roundTrip(visitor, { kid: 'k1', site, secret }, secretKey);
          if (!verdict.ok)
            expect(verdict.detail).toMatch(/reserved|looks the same|one alphabet|letters and digits|at most 64/);
        } catch (error) {
          expect(error).toBeInstanceOf(SignError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
