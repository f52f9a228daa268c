import type { TokenCheck } from '../../protocol/codes.ts';
import { limits } from '../../protocol/limits.ts';
import { isJsonObject, type JsonObject } from './strict-json.ts';

/** What a token must say to be for this site, from this issuer, now. */
export interface ExpectedClaims {
  readonly issuer: string;
  readonly audience: string;
  readonly now: number;
  /** The longest that `exp` may be after `iat`. */
  readonly lifetimeMs: number;
  /** Of the browser that shows the token. */
  readonly thumbprint: string | undefined;
}

export type CheckedClaims =
  | {
      readonly ok: true;
      readonly subject: string;
      readonly issuedAt: number;
      readonly expiresAt: number;
      readonly bound: boolean;
    }
  | { readonly ok: false; readonly check: TokenCheck };

const { tokenLeewayMs } = limits;
/** `iat` further ahead than this is no clock that goes wrong, but milliseconds where seconds belong. */
const plausibleSkewMs = 24 * 3_600_000;
const subjectLength = 255;

export function checkClaims(claims: JsonObject, expected: ExpectedClaims): CheckedClaims {
  const { iss, aud, sub, cnf } = claims;
  if (iss !== expected.issuer) return refused('issuer');
  if (!isFor(aud, expected.audience)) return refused('audience');
  if (!isSubject(sub)) return refused('subject');
  const times = checkTimes(claims, expected);
  if (!times.ok) return times;
  const bound = cnf !== undefined;
  if (bound && !confirms(cnf, expected.thumbprint)) return refused('bound_elsewhere');
  return { ...times, subject: sub, bound };
}

function checkTimes({ iat, nbf = 0, exp }: JsonObject, { now, lifetimeMs }: ExpectedClaims) {
  const issuedAt = epochMs(iat);
  const startsAt = epochMs(nbf);
  const expiresAt = epochMs(exp);
  if (issuedAt === null || issuedAt > now + plausibleSkewMs) return refused('issued_at');
  if (issuedAt > now + tokenLeewayMs) return refused('clock_skew');
  if (startsAt === null || startsAt > now + tokenLeewayMs) return refused('not_yet_valid');
  if (expiresAt === null || expiresAt <= now - tokenLeewayMs) return refused('expired');
  if (expiresAt <= issuedAt || expiresAt - issuedAt > lifetimeMs) return refused('lifetime');
  return { ok: true, issuedAt, expiresAt } as const;
}

/** A NumericDate (RFC 7519, 2) is in seconds, perhaps with a fraction. */
const epochMs = (value: unknown): number | null =>
  typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER ? Math.floor(value * 1000) : null;

const isFor = (audience: unknown, expected: string): boolean =>
  Array.isArray(audience) ? audience.length === 1 && audience[0] === expected : audience === expected;

const isSubject = (subject: unknown): subject is string =>
  typeof subject === 'string' &&
  subject !== '' &&
  subject.length <= subjectLength &&
  subject.isWellFormed() &&
  !/\p{Cc}/u.test(subject);

/** RFC 7800 knows other ways to name a key; a token that uses one cannot be confirmed, so it is not taken. */
const confirms = (confirmation: unknown, thumbprint: string | undefined): boolean =>
  isJsonObject(confirmation) && thumbprint !== undefined && confirmation.jkt === thumbprint;

const refused = (check: TokenCheck) => ({ ok: false, check }) as const;
