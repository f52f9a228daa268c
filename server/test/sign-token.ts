import { SignJWT } from 'jose';
import { secret } from './furnish.ts';

interface TokenParts {
  readonly subject?: string;
  readonly variables?: Record<string, unknown>;
  readonly now?: number;
  readonly lifetimeSeconds?: number;
  readonly site?: string;
  readonly jkt?: string;
}

/** What a site's backend signs. */
export function signToken(parts: TokenParts = {}): Promise<string> {
  const {
    subject = 'C-1',
    variables = { name: 'Ada', email: 'ada@shop.example' },
    now = Date.now(),
    site = 'site-a',
  } = parts;
  const issuedAt = Math.floor(now / 1000);
  return new SignJWT({ variables, ...(parts.jkt && { cnf: { jkt: parts.jkt } }) })
    .setProtectedHeader({ alg: 'HS256', kid: 'k1', typ: 'visitor+jwt' })
    .setIssuer(site)
    .setAudience(site)
    .setSubject(subject)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + (parts.lifetimeSeconds ?? 600))
    .sign(new TextEncoder().encode(secret));
}
