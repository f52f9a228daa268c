import { SignJWT } from 'jose';
import { SignError } from './sign-error.ts';
import { importSigningKey, type SigningKey } from './signing-key.ts';
import { checkVisitor, type Visitor } from './visitor.ts';

export type { SignErrorCode } from './sign-error.ts';
export type { SigningKey, Visitor };
export { SignError };

/** The token would be refused if it were larger: 8 KiB. */
const tokenBytes = 8 * 1024;
const defaultLifetimeSeconds = 900;
const longestLifetimeSeconds = 24 * 3600;

/**
 * Signs who the visitor is, as a JWT (RFC 7519) in the profile that Balie's server takes. For your site's backend:
 * Node, Deno, Bun, or a worker. Hand the result to the page, best through the `identify` callback.
 *
 * @throws {SignError} with a `code` that says what is wrong, before anything is signed; see `SignErrorCode`.
 */
export async function signVisitor(visitor: Visitor, key: SigningKey): Promise<string> {
  if ('window' in globalThis && 'document' in globalThis)
    throw new SignError('browser', 'This runs in a page, where every visitor could read the key. Sign on your server.');
  checkVisitor(visitor);
  const { algorithm, material } = await importSigningKey(key);

  const { subject, variables = {}, thumbprint } = visitor;
  const issuedAt = Math.floor(Date.now() / 1000);
  const token = await new SignJWT({ variables, ...(thumbprint === undefined ? {} : { cnf: { jkt: thumbprint } }) })
    .setProtectedHeader({ alg: algorithm, kid: key.kid, typ: 'visitor+jwt' })
    .setIssuer(key.site)
    .setAudience(key.site)
    .setSubject(subject)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifetimeOf(key))
    .sign(material);
  if (token.length > tokenBytes)
    throw new SignError('token_too_large', `The token has ${token.length} bytes; at most ${tokenBytes} are taken.`);
  return token;
}

function lifetimeOf({ lifetimeSeconds = defaultLifetimeSeconds }: SigningKey): number {
  if (Number.isInteger(lifetimeSeconds) && lifetimeSeconds > 0 && lifetimeSeconds <= longestLifetimeSeconds)
    return lifetimeSeconds;
  throw new SignError('lifetime', `\`lifetimeSeconds\` is a whole number of seconds up to ${longestLifetimeSeconds}.`);
}
