import type { TokenCheck } from '../../protocol/codes.ts';
import type { KeyAlgorithm } from '../../protocol/http.ts';
import { limits } from '../../protocol/limits.ts';
import type { Site, SiteKey } from '../domain/site.ts';
import type { Variables } from '../domain/variables.ts';
import { checkClaims } from './claims.ts';
import { parseCompactToken } from './compact-token.ts';
import type { Jwks } from './jwks.ts';
import { importPublicKey, importSecret, isSignedBy, type VerificationKey } from './signature.ts';
import { type JsonObject, parseJsonObject } from './strict-json.ts';
import { parseTokenHeader, type TokenHeader } from './token-header.ts';
import { openIdVariables, siteVariables } from './token-variables.ts';

export type TokenVerdict =
  | {
      readonly ok: true;
      /** Names a person within the site for good: `sub`, preceded by the issuer where that is not the site. */
      readonly subject: string;
      readonly variables: Variables;
      /** The site's name for its key; for a JWKS address the name of that, since that is what can be revoked. */
      readonly keyId: string;
      readonly issuer: string;
      readonly algorithm: KeyAlgorithm;
      readonly issuedAt: number;
      /** May be up to a minute ago: that much is granted to clocks. */
      readonly expiresAt: number;
      /** The token names the key of the browser that shows it. */
      readonly bound: boolean;
    }
  | {
      readonly ok: false;
      readonly check: TokenCheck;
      /** For the site's developers: which variable, and why. Never part of the token but a variable's name. */
      readonly detail?: string;
    };

export interface TokenContext {
  readonly site: Pick<Site, 'id' | 'tokenLifetimeMs' | 'keys'>;
  /** Of the key that signed the widget's proof (RFC 7638). */
  readonly thumbprint?: string | undefined;
}

export interface TokenVerifier {
  /** Total: whatever the token is, the answer is a verdict. */
  verify(token: string, context: TokenContext): Promise<TokenVerdict>;
}

type OwnKey = Exclude<SiteKey, { kind: 'jwks' }>;
type PublishedKeys = Extract<SiteKey, { kind: 'jwks' }>;
type Refused = Extract<TokenVerdict, { ok: false }>;
type FoundKey = { readonly ok: true; readonly source: SiteKey; readonly key: VerificationKey } | Refused;

/**
 * Verifies that a site knows its visitor: form, header, key, signature, claims, variables, in this order, so that
 * nothing is computed over what an earlier check refuses. The key decides on algorithm, type, issuer and audience.
 */
export function createTokenVerifier({ now, jwks }: { readonly now: () => number; readonly jwks: Jwks }): TokenVerifier {
  const imported = new WeakMap<SiteKey, Promise<VerificationKey>>();

  function importOwn(source: OwnKey): Promise<VerificationKey> {
    const known = imported.get(source) ?? importKey(source);
    imported.set(source, known);
    return known;
  }

  async function findKey(header: TokenHeader, claims: JsonObject | null, keys: readonly SiteKey[]): Promise<FoundKey> {
    const own = keys.find((key): key is OwnKey => key.kind !== 'jwks' && key.kid === header.keyId);
    const source = own ?? publisherOf(claims, keys);
    if (!source) return refused('unknown_key');
    if (source.revokedAt !== null) return refused('key_revoked');
    if (source.kind !== 'jwks') return { ok: true, source, key: await importOwn(source) };
    const found = await jwks.find(source.url, header.keyId);
    return found.ok ? { ok: true, source, key: found.key } : found;
  }

  return {
    async verify(token, { site, thumbprint }) {
      const form = parseCompactToken(token, limits.tokenBytes);
      if (!form.ok) return form;
      const parsed = parseTokenHeader(form.header);
      if (!parsed.ok) return parsed;
      const { header } = parsed;
      const claims = parseJsonObject(form.payload);

      const found = await findKey(header, claims, site.keys);
      if (!found.ok) return found;
      const { source, key } = found;
      if (header.algorithm !== key.algorithm) return refused('algorithm');
      if (!isTypeOf(source, header.type)) return refused('type');
      if (!(await isSignedBy(token, key))) return refused('signature');

      if (!claims) return refused('malformed');
      const { issuer, audience } = source.kind === 'jwks' ? source : { issuer: site.id, audience: site.id };
      const times = { now: now(), lifetimeMs: site.tokenLifetimeMs };
      const checked = checkClaims(claims, { issuer, audience, thumbprint, ...times });
      if (!checked.ok) return checked;
      const parsedVariables = source.kind === 'jwks' ? openIdVariables(claims) : siteVariables(claims);
      if (!parsedVariables.ok)
        return { ...refused('variables'), detail: `${parsedVariables.field}: ${parsedVariables.reason}` };
      return {
        ...checked,
        subject: source.kind === 'jwks' ? `${issuer}#${checked.subject}` : checked.subject,
        variables: parsedVariables.variables,
        keyId: source.kid,
        issuer,
        algorithm: key.algorithm,
      };
    },
  };
}

const importKey = (source: OwnKey): Promise<VerificationKey> =>
  source.kind === 'secret' ? importSecret(Buffer.from(source.secret)) : importPublicKey(source.jwk, source.algorithm);

/**
 * Whose published keys to ask. `iss` is not verified yet and only chooses among the site's own providers; with it a
 * stranger's `kid` makes the server fetch nothing.
 */
function publisherOf(claims: JsonObject | null, keys: readonly SiteKey[]): PublishedKeys | undefined {
  const publishers = keys
    .filter((key): key is PublishedKeys => key.kind === 'jwks' && key.issuer === claims?.iss)
    .sort((one, other) => Number(one.revokedAt !== null) - Number(other.revokedAt !== null));
  return publishers.find(({ audience }) => [claims?.aud].flat().includes(audience)) ?? publishers[0];
}

/** RFC 8725, 3.11: no other kind of token that is signed with the same key can be passed off as this one. */
const isTypeOf = (source: SiteKey, type: string | undefined): boolean =>
  source.kind === 'jwks' ? type === undefined || type === 'JWT' : type === 'visitor+jwt';

const refused = (check: TokenCheck) => ({ ok: false, check }) as const;
