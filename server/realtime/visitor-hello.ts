import { randomBytes } from 'node:crypto';
import type { FaultCode } from '../../protocol/codes.ts';
import type { ClaimedVariable, VerifiedVariable } from '../../protocol/entities.ts';
import type { SessionId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Identity } from '../../protocol/visitor-frames.ts';
import type { Desk } from '../desk/desk.ts';
import type { IdentityClaim } from '../domain/command.ts';
import { maskVariables } from '../domain/masking-variables.ts';
import type { Site } from '../domain/site.ts';
import type { ParsedVariables } from '../domain/variables.ts';
import { verifyProof } from '../identity/proof.ts';
import { createSecretToken, hashToken } from '../identity/secret-token.ts';
import type { TokenVerdict, TokenVerifier } from '../identity/verify-token.ts';
import type { Session, Store } from '../store/store.ts';

/** Who a visitor has shown to be. */
export interface Shown {
  readonly thumbprint: string;
  readonly identity: IdentityClaim | null;
  /** Null where the page says nothing: what another tab said stands. */
  readonly claims: readonly ClaimedVariable[] | null;
}

/** The session a socket goes by; `token` is what its later proofs are signed over. */
export interface KnownSession {
  readonly session: Session;
  readonly token: string;
  readonly kept: boolean;
  /** Made by this hello, so the client does not know it yet. */
  readonly minted: boolean;
}

export type Attempt<Value> =
  | ({ readonly ok: true } & Value)
  | { readonly ok: false; readonly code: FaultCode; readonly message: string };

/** The part of `hello` and `identify` that says who is there. */
export interface Shows {
  readonly proof: string;
  readonly token?: string | null;
  readonly session?: string;
}

interface Challenge {
  readonly nonce: string;
  readonly challengedAt: number;
}

interface IdentifierOptions {
  readonly store: Pick<Store, 'sessions'>;
  readonly desk: Pick<Desk, 'signOutVisitor'>;
  readonly tokens: TokenVerifier;
  readonly now: () => number;
  /** Hears what a site's developers got wrong: which check failed, which variable. Never a value. */
  readonly onVerdict: (site: Site, verdict: TokenVerdict) => void;
  readonly notice: (details: Readonly<Record<string, unknown>>, message: string) => void;
}

/**
 * Establishes who a visitor is. A proof or a session that fails ends the socket, since it can only be another browser's; a
 * token that fails never does: the chat goes on, without locks.
 */
export function createIdentifier({ store, desk, tokens, now, onVerdict, notice }: IdentifierOptions) {
  async function show(site: Site, challenge: Challenge, shows: Shows): Promise<Attempt<Shown>> {
    const proof = await verifyProof(shows.proof, {
      site: site.id,
      nonce: challenge.nonce,
      challengedAt: challenge.challengedAt,
      now: now(),
      token: shows.token,
      session: shows.session,
    });
    if (!proof.ok) return { ok: false, code: 'proof_refused', message: `The proof failed its check "${proof.check}".` };
    const { thumbprint } = proof;
    const verdict = typeof shows.token === 'string' ? await tokens.verify(shows.token, { site, thumbprint }) : null;
    if (verdict) onVerdict(site, verdict);
    if (verdict && !verdict.ok)
      notice({ site: site.id, check: verdict.check, detail: verdict.detail }, 'a visitor’s token was refused');
    if (proof.variables?.ok === false)
      notice(
        { site: site.id, field: proof.variables.field, reason: proof.variables.reason },
        'page variables were refused',
      );
    return {
      ok: true,
      thumbprint,
      identity: verdict && masked(identityOf(verdict, now()), site),
      claims: proof.variables && maskVariables(claimsOf(proof.variables), site.settings),
    };
  }

  /** Another person than the session's, or nobody any more, never sees what was said before. */
  const isAnother = ({ subject }: Session, identity: IdentityClaim | null, token: string | null | undefined): boolean =>
    subject !== null &&
    (token === null || (identity?.state === 'verified' && identity.verification.subject !== subject));

  function mint(site: Site, { thumbprint, identity }: Shown): KnownSession {
    const token = createSecretToken();
    const session: Session = {
      id: randomBytes(16).toString('base64url') as SessionId,
      organization: site.organization,
      site: site.id,
      tokenHash: hashToken(token),
      thumbprint,
      subject: identity?.state === 'verified' ? identity.verification.subject : null,
      createdAt: now(),
      lostAt: null,
      revokedAt: null,
    };
    return { session, token, kept: false, minted: true };
  }

  async function sessionFor(site: Site, shows: Shows, shown: Shown): Promise<Attempt<KnownSession>> {
    if (shows.session === undefined) return { ok: true, ...mint(site, shown) };
    const session = await store.sessions.findByTokenHash(site.id, hashToken(shows.session));
    if (!session || session.revokedAt !== null || session.thumbprint !== shown.thumbprint)
      return { ok: false, code: 'session_refused', message: 'This session is over, or belongs to another browser.' };
    if (!isAnother(session, shown.identity, shows.token))
      return { ok: true, session, token: shows.session, kept: true, minted: false };
    await desk.signOutVisitor(session);
    return { ok: true, ...mint(site, shown) };
  }

  return {
    isAnother,
    show,
    /** As it is in the store now; null where it is over. */
    async sessionNow({ session: { site }, token }: { session: Session; token: string }): Promise<Session | null> {
      const session = await store.sessions.findByTokenHash(site, hashToken(token));
      return session?.revokedAt === null ? session : null;
    },
    async hello(site: Site, challenge: Challenge, shows: Shows): Promise<Attempt<Shown & KnownSession>> {
      const shown = await show(site, challenge, shows);
      if (!shown.ok) return shown;
      const known = await sessionFor(site, shows, shown);
      return known.ok ? { ...shown, ...known } : known;
    },
  };
}

export type Identifier = ReturnType<typeof createIdentifier>;

const masked = (identity: IdentityClaim, { settings }: Site): IdentityClaim =>
  identity.state === 'verified' ? { ...identity, variables: maskVariables(identity.variables, settings) } : identity;

function identityOf(verdict: TokenVerdict, now: number): IdentityClaim {
  if (!verdict.ok) return { state: 'refused', check: verdict.check };
  const { subject, issuer, keyId, expiresAt, bound } = verdict;
  const variables: VerifiedVariable[] = Array.from(verdict.variables, ([name, value]) => ({
    name,
    value,
    verified: true,
  }));
  return { state: 'verified', verification: { subject, issuer, keyId, verifiedAt: now, expiresAt, bound }, variables };
}

/** A lock must stand when it is made: its key may have been revoked since the token was looked at, be it just now. */
export function standing(identity: IdentityClaim | null, site: Site, now: number): IdentityClaim | null {
  if (identity?.state !== 'verified') return identity;
  const { expiresAt, keyId } = identity.verification;
  if (now > expiresAt + limits.tokenLeewayMs) return { state: 'refused', check: 'expired' };
  const key = site.keys.find(({ kid }) => kid === keyId);
  return key?.revokedAt === null ? identity : { state: 'refused', check: 'key_revoked' };
}

/** Variables that break the rules are the page's mistake; the visitor still gets to chat. */
const claimsOf = (parsed: ParsedVariables): ClaimedVariable[] =>
  parsed.ok ? Array.from(parsed.variables, ([name, value]) => ({ name, value, verified: false, source: 'page' })) : [];

/** What the visitor's own page may know of it. */
export function identityFrame(identity: IdentityClaim | null): Identity {
  if (!identity) return { state: 'anonymous' };
  if (identity.state === 'refused') return { state: 'refused', check: identity.check };
  const names = new Set(identity.variables.map(({ name }) => name));
  const known = (['name', 'email'] as const).filter((name) => names.has(name));
  return { state: 'verified', expiresAt: identity.verification.expiresAt, known };
}

export const isVersionKnown = (version: number): boolean => version === limits.protocolVersion;
