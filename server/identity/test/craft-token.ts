import { constants, createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { SiteId } from '../../../protocol/ids.ts';
import { limits } from '../../../protocol/limits.ts';
import type { SiteKey } from '../../domain/site.ts';
import type { Jwks } from '../jwks.ts';
import type { PublicKeyAlgorithm } from '../public-key.ts';
import { createTokenVerifier, type TokenContext } from '../verify-token.ts';

/** Half a second past a whole one, so that no bound is met by rounding. */
export const now = 1_800_000_000_500;
export const nowSeconds = Math.floor(now / 1000);
export const siteId = 'site_a' as SiteId;
export const secret = 'a-secret-of-256-bits-made-for-tests-alone';

export const encode = (part: unknown): string =>
  Buffer.from(typeof part === 'string' || part instanceof Uint8Array ? part : JSON.stringify(part)).toString(
    'base64url',
  );

export const header = { alg: 'HS256', kid: 'k1', typ: 'visitor+jwt' };
export const claims = {
  iss: siteId,
  aud: siteId,
  sub: 'C-1001',
  iat: nowSeconds,
  exp: nowSeconds + 600,
  variables: { name: 'Ada', plan: 'gold' },
};

/** Signs whatever it is given, by Node's crypto alone: no library that would refuse to make a bad token. */
export function craft(
  parts: { header?: unknown; payload?: unknown; key?: KeyObject | string | Uint8Array } = {},
): string {
  const { header: head = header, payload = claims, key = secret } = parts;
  const input = `${encode(head)}.${encode(payload)}`;
  return `${input}.${signInput(input, key).toString('base64url')}`;
}

function signInput(input: string, key: KeyObject | string | Uint8Array): Buffer {
  if (typeof key === 'string' || key instanceof Uint8Array) return createHmac('sha256', key).update(input).digest();
  const data = Buffer.from(input);
  if (key.asymmetricKeyType === 'ed25519') return sign(null, data, key);
  return sign('sha256', data, key.asymmetricKeyType === 'ec' ? { key, dsaEncoding: 'ieee-p1363' } : key);
}

export const signPss = (input: string, key: KeyObject): Buffer =>
  sign('sha256', Buffer.from(input), { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 });

/** Key pairs are slow to make, so each kind is made once a test file. */
export const pairs = {
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  EdDSA: generateKeyPairSync('ed25519'),
};

export const jwkOf = (key: KeyObject) => key.export({ format: 'jwk' }) as Record<string, unknown>;

export const secretKey = (change: Partial<SiteKey> = {}): SiteKey =>
  ({ kid: 'k1', createdAt: 0, revokedAt: null, kind: 'secret', algorithm: 'HS256', secret, ...change }) as SiteKey;
export const publicKey = (algorithm: PublicKeyAlgorithm, key: KeyObject, kid = 'k1'): SiteKey => ({
  kid,
  createdAt: 0,
  revokedAt: null,
  kind: 'public',
  algorithm,
  jwk: jwkOf(key),
});
export const publishedKeys = (change: Partial<SiteKey> = {}): SiteKey =>
  ({
    kid: 'provider',
    createdAt: 0,
    revokedAt: null,
    kind: 'jwks',
    url: 'https://login.example/keys',
    issuer: 'https://login.example',
    audience: 'client-1',
    ...change,
  }) as SiteKey;

/** Fails whichever test makes the server ask anybody. */
export const noJwks: Jwks = {
  find: () => Promise.reject(new Error('A JWKS address was asked for.')),
};

interface Setting {
  readonly keys?: readonly SiteKey[];
  readonly jwks?: Jwks;
  readonly at?: number;
  readonly tokenLifetimeMs?: number;
  readonly thumbprint?: string;
}

/** A site with one secret, asked at `now`, unless the setting says otherwise. */
export function verifyAt(token: string, { keys = [secretKey()], jwks = noJwks, at = now, ...rest }: Setting = {}) {
  const { tokenLifetimeMs = limits.tokenLifetimeMs, thumbprint } = rest;
  const context: TokenContext = { site: { id: siteId, keys, tokenLifetimeMs }, thumbprint };
  return createTokenVerifier({ now: () => at, jwks }).verify(token, context);
}

/** The check that a token fails, or `accepted`. */
export async function checkOf(token: string, setting?: Setting): Promise<string> {
  const verdict = await verifyAt(token, setting);
  return verdict.ok ? 'accepted' : verdict.check;
}

/** One of a published set. */
export const jwk = (kid: string, change: object = {}) => ({ ...jwkOf(pairs.RS256.publicKey), kid, ...change });
/** A document as it comes over the wire. */
export const bytes = (document: unknown) =>
  Buffer.from(typeof document === 'string' ? document : JSON.stringify(document));
