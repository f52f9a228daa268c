import { type ParsedVariables, parseVariables } from '../domain/variables.ts';
import { isJsonObject, type JsonObject } from './strict-json.ts';

/** Beside `variables`, where other JWTs have them. Any further claim is none of our business (RFC 7519, 4). */
const topLevel = ['name', 'email', 'phone', 'locale'];

/** The standard claims (OpenID Connect Core 1.0, 5.1) that are short texts about a person, and their names here. */
const openIdClaims = {
  name: 'name',
  given_name: 'given name',
  family_name: 'family name',
  nickname: 'nickname',
  preferred_username: 'username',
  email: 'email',
  phone_number: 'phone',
  locale: 'locale',
  zoneinfo: 'time zone',
} as const;

const hostile = ['__proto__', 'constructor', 'prototype'];

/** Of a token that the site itself made: the members of `variables`, and the four that may stand beside it. */
export function siteVariables(claims: JsonObject): ParsedVariables {
  return merge(
    claims,
    topLevel.filter((name) => Object.hasOwn(claims, name)).map((name) => [name, claims[name]]),
  );
}

/**
 * Of an ID token. What the provider itself says it has not verified gets no lock. Providers send null or an empty text
 * for what they do not know.
 */
export function openIdVariables(claims: JsonObject): ParsedVariables {
  const known = Object.entries(openIdClaims).filter(([claim]) => {
    const isKnown = Object.hasOwn(claims, claim) && claims[claim] !== null && claims[claim] !== '';
    // Some providers send the text "false".
    return isKnown && String(claims[`${claim}_verified`]) !== 'false';
  });
  return merge(
    claims,
    known.map(([claim, name]) => [name, claims[claim]]),
  );
}

function merge(claims: JsonObject, beside: readonly (readonly [string, unknown])[]): ParsedVariables {
  const [name] = hostile.filter((claim) => Object.hasOwn(claims, claim));
  if (name) return { ok: false, field: 'claims', reason: 'A claim has the name of a part of every JavaScript object.' };
  const { variables = {} } = claims;
  if (!isJsonObject(variables)) return parseVariables(variables);
  const twice = beside.find(([claim]) => Object.hasOwn(variables, claim));
  if (twice) return { ok: false, field: `variables.${twice[0]}`, reason: 'It stands beside "variables" as well.' };
  return parseVariables(Object.assign(Object.create(null), variables, Object.fromEntries(beside)));
}
