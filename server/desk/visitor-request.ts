import { createHash } from 'node:crypto';
import type { VisitorCommand } from '../../protocol/commands.ts';
import type { ClaimedVariable, QueueRef } from '../../protocol/entities.ts';
import type { CommandId, ConversationId, SessionId } from '../../protocol/ids.ts';
import { parseEmail, parseName } from '../domain/contact.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import { withoutVerified } from '../domain/variables.ts';
import type { Session, Store } from '../store/store.ts';
import { answerOf, refusal } from './answer.ts';
import type { CurrentConversation } from './current-conversation.ts';
import type { Answer, VisitorContext } from './desk.ts';
import type { Execute } from './execute.ts';
import { linkSession } from './link-session.ts';

type RequestCommand = Extract<VisitorCommand, { type: 'request' }>;
type Parsed<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly refusal: Refusal };

export type Request = (visitor: VisitorContext, id: CommandId, command: RequestCommand) => Promise<Answer>;

interface RequestOptions {
  readonly store: Pick<Store, 'sessions' | 'sites' | 'queues'>;
  readonly execute: Execute;
  readonly current: CurrentConversation;
  /** Called once the request is committed. */
  readonly onBegun: (session: Session) => Promise<void>;
}

/** Begins a conversation, and with the first one keeps the session. */
export function createRequest({ store, execute, current, onBegun }: RequestOptions): Request {
  return async (visitor, id, command) => {
    const { session, identity } = visitor;
    const claims = claimsOf(command, visitor);
    if (!claims.ok) return refusal(claims.refusal);
    const queue = await queueOf(session, command);
    if (!queue.ok) return refusal(queue.refusal);
    if (!(await keep(visitor)))
      return refusal(refuse('not_allowed', 'This session belongs to another visitor; say hello anew, without it.'));

    const conversation = requestId(session.id, id);
    const { page, locale } = command;
    const outcome = await execute(conversation, {
      command: { type: 'request', queue: queue.value, page, locale, claims: claims.value, identity },
      by: { kind: 'visitor' },
      id,
      mayReach: (anchor) => anchor.session === session.id,
      begins: { id: conversation, organization: session.organization, site: session.site, session: session.id },
    });
    // A request that was sent again may be an older one than the session's latest.
    if (outcome.kind === 'done' && !outcome.again) {
      current.began(session.id, conversation);
      await onBegun(session);
    }
    return answerOf(conversation, outcome);
  };

  async function queueOf(session: Session, command: RequestCommand): Promise<Parsed<QueueRef>> {
    const site = await store.sites.find(session.site);
    if (!site) return { ok: false, refusal: refuse('not_found', 'There is no such site.') };
    const wanted = command.queue ?? site.queue;
    const allowed = wanted === site.queue || site.queues.includes(wanted);
    const queue = allowed ? await store.queues.find(wanted) : null;
    if (!queue) return { ok: false, refusal: refuse('invalid_field', 'The site has no such queue.', 'queue') };
    return { ok: true, value: { id: queue.id, name: queue.name } };
  }

  /** False where the session is somebody else's. */
  async function keep({ session, kept, identity }: VisitorContext): Promise<boolean> {
    if (!kept) {
      const subject = identity?.state === 'verified' ? identity.verification.subject : null;
      const known = await create({ ...session, subject: session.subject ?? subject });
      if (!known) return true;
    }
    return linkSession(store.sessions, session, identity);
  }

  /** The session where it was kept before: by another request of the page, or by a first try of this one. */
  async function create(session: Session): Promise<Session | null> {
    try {
      await store.sessions.create(session);
      return null;
    } catch (error) {
      const known = await store.sessions.findByTokenHash(session.site, session.tokenHash);
      if (known?.id !== session.id) throw error;
      return known;
    }
  }
}

/** Given by the session and the sender's id alone, so that a request that is sent again finds its own log. */
export const requestId = (session: SessionId, command: CommandId): ConversationId =>
  createHash('sha256').update(`${session} ${command}`).digest('base64url').slice(0, 22) as ConversationId;

/** What was typed and what the page said; never a name that the token vouches for. */
function claimsOf(command: RequestCommand, { claims, identity }: VisitorContext): Parsed<ClaimedVariable[]> {
  const typed: ClaimedVariable[] = [];
  for (const [name, parse] of [
    ['name', parseName],
    ['email', parseEmail],
  ] as const) {
    const input = command[name];
    if (input === undefined) continue;
    const parsed = parse(input);
    if (!parsed.ok) return parsed;
    typed.push({ name, value: parsed.value, verified: false, source: 'form' });
  }
  const verified = identity?.state === 'verified' ? identity.variables : [];
  return { ok: true, value: withoutVerified([...typed, ...claims], verified) };
}
