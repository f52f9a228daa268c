import { createHash, randomBytes } from 'node:crypto';
import type { NewSiteKey } from '../../protocol/http.ts';
import { limits } from '../../protocol/limits.ts';
import type { SiteKey } from '../domain/site.ts';
import { parseOutboundAddress } from '../outbound/outbound-address.ts';
import { type PublicKeyProblem, parsePublicKey } from './public-key.ts';
import { createSecretToken } from './secret-token.ts';

export type SiteKeyProblem =
  | PublicKeyProblem
  | 'too_many_keys'
  | 'kid_malformed'
  | 'kid_taken'
  | 'key_taken'
  | 'secret_too_short'
  | 'secret_guessable'
  | 'address_malformed'
  | 'address_refused'
  | 'issuer_malformed'
  | 'audience_malformed';

export type ParsedSiteKey =
  | { readonly ok: true; readonly key: SiteKey }
  | { readonly ok: false; readonly code: SiteKeyProblem; readonly field: string; readonly message: string };

export interface SiteKeyContext {
  /** Every key that the site ever had: neither a name nor a key comes back once it was revoked. */
  readonly existing: readonly SiteKey[];
  readonly now: number;
  /** BALIE_ALLOW_PRIVATE_JWKS. */
  readonly allowPrivate: boolean;
}

const kidForm = /^[A-Za-z0-9._-]{1,64}$/;
const visibleAscii = /^[\x21-\x7e]+$/;
/** 32 random bytes in any usual spelling have more; a repeated word or digit has fewer. */
const leastDistinctCharacters = 8;

/** 256 bits. The text itself is the key (its UTF-8 bytes), since that is how every JWT library takes a secret. */
export const createSecret = createSecretToken;

/** A key that an administrator registers. What is wrong with it is said before any token depends on it. */
export function parseSiteKey(input: NewSiteKey, { existing, now, allowPrivate }: SiteKeyContext): ParsedSiteKey {
  if (existing.filter(({ revokedAt }) => revokedAt === null).length >= limits.keysPerSite)
    return refused(
      'too_many_keys',
      'kid',
      `A site has at most ${limits.keysPerSite} keys at a time; revoke one first.`,
    );
  const kid = ('kid' in input && input.kid) || randomBytes(9).toString('base64url');
  if (!kidForm.test(kid)) return refused('kid_malformed', 'kid', 'A key id has 1 to 64 of A-Z a-z 0-9 . _ -');
  if (existing.some((key) => key.kid === kid)) return refused('kid_taken', 'kid', 'The site has a key of this id.');

  const parsed = parseMaterial(input, { kid, createdAt: now, revokedAt: null }, allowPrivate);
  if (parsed.ok && existing.some((key) => digest(key) === digest(parsed.key)))
    return refused('key_taken', 'key', 'The site has this key under another id.');
  return parsed;
}

type Naming = Pick<SiteKey, 'kid' | 'createdAt' | 'revokedAt'>;

function parseMaterial(input: NewSiteKey, naming: Naming, allowPrivate: boolean): ParsedSiteKey {
  switch (input.kind) {
    case 'secret':
      return parseSecret(input.secret ?? createSecret(), naming);
    case 'public': {
      const { algorithm } = input;
      const parsed = parsePublicKey(input.key, algorithm);
      if (!parsed.ok) return { ...parsed, field: 'key' };
      return { ok: true, key: { ...naming, kind: 'public', algorithm, jwk: parsed.jwk } };
    }
    case 'jwks':
      return parseJwksSource(input, naming, allowPrivate);
    default:
      return input satisfies never;
  }
}

function parseSecret(secret: string, naming: Naming): ParsedSiteKey {
  const bytes = Buffer.byteLength(secret);
  if (bytes < limits.secretBytes)
    return refused(
      'secret_too_short',
      'secret',
      `The secret has ${bytes} bytes; HS256 needs ${limits.secretBytes} or more.`,
    );
  if (new Set(secret).size < leastDistinctCharacters || !secret.isWellFormed())
    return refused('secret_guessable', 'secret', 'The secret is not random. Leave it out to have one made.');
  return { ok: true, key: { ...naming, kind: 'secret', algorithm: 'HS256', secret } };
}

function parseJwksSource(
  { url, issuer, audience }: Extract<NewSiteKey, { kind: 'jwks' }>,
  naming: Naming,
  allowPrivate: boolean,
): ParsedSiteKey {
  const address = parseOutboundAddress(url, allowPrivate);
  if (!address.ok) return { ...address, field: 'url' };
  if (!visibleAscii.test(issuer))
    return refused('issuer_malformed', 'issuer', 'The issuer is what the tokens carry as "iss", usually an address.');
  if (!visibleAscii.test(audience))
    return refused('audience_malformed', 'audience', 'The audience is what the tokens carry as "aud": your client id.');
  return { ok: true, key: { ...naming, kind: 'jwks', url: address.url.href, issuer, audience } };
}

/** Equal for equal keys, whatever they are called and whichever algorithm they serve: a key has one algorithm. */
function digest(key: SiteKey): string {
  switch (key.kind) {
    case 'secret':
      return hash(['secret', key.secret]);
    case 'public':
      return hash(['public', ...['kty', 'crv', 'n', 'e', 'x', 'y'].map((member) => key.jwk[member] ?? '')]);
    case 'jwks':
      return hash(['jwks', key.url, key.issuer, key.audience]);
    default:
      return key satisfies never;
  }
}

const hash = (parts: readonly unknown[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex');
const refused = (code: SiteKeyProblem, field: string, message: string) =>
  ({ ok: false, code, field, message }) as const;
