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
import type { Reception } from './reception.ts';

type RequestCommand = Extract<VisitorCommand, { type: 'request' }>;
type Parsed<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly refusal: Refusal };

export type Request = (visitor: VisitorContext, id: CommandId, command: RequestCommand) => Promise<Answer>;

interface RequestOptions {
  readonly store: Pick<Store, 'conversations' | 'sessions' | 'sites' | 'queues'>;
  readonly execute: Execute;
  readonly current: CurrentConversation;
  readonly reception: Reception;
  /** Called once the request is committed. */
  readonly onBegun: (session: Session) => Promise<void>;
}

/** Begins a conversation, and with the first one keeps the session. */
export function createRequest({ store, execute, current, reception, onBegun }: RequestOptions): Request {
  return async (visitor, id, command) => {
    const { session, identity } = visitor;
    const claims = claimsOf(command, visitor);
    if (!claims.ok) return refusal(claims.refusal);
    const conversation = requestId(session.id, id);
    const queue = await queueOf(visitor, command, conversation);
    if (!queue.ok) return refusal(queue.refusal);
    if (!(await keep(visitor)))
      return refusal(refuse('not_allowed', 'This session belongs to another visitor; say hello anew, without it.'));

    const { page, locale, text } = command;
    const outcome = await execute(conversation, {
      command: {
        type: 'request',
        queue: queue.value,
        page,
        locale,
        claims: claims.value,
        identity,
        ...(text !== undefined && { text }),
      },
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

  /** Where it waits, or where the message is left. One that is sent again is answered as it was the first time. */
  async function queueOf(
    { session, identity }: VisitorContext,
    command: RequestCommand,
    conversation: ConversationId,
  ): Promise<Parsed<QueueRef>> {
    const no = (...refusal: Parameters<typeof refuse>) => ({ ok: false, refusal: refuse(...refusal) }) as const;
    const begun = await store.conversations.find(conversation);
    const known = begun && (await store.queues.find(begun.queue));
    if (known) return { ok: true, value: { id: known.id, name: known.name } };
    const site = await store.sites.find(session.site);
    if (!site) return no('not_found', 'There is no such site.');
    const isVerified = identity?.state === 'verified';
    const admission = await reception({ site, queue: command.queue, url: command.page.url, isVerified });
    const queue = admission && (await store.queues.find(admission.queue));
    if (!queue) return no('invalid_field', 'The site has no such queue.', 'queue');
    if (admission.kind === 'closed' && !(admission.form && command.text !== undefined))
      return no('desk_closed', `Nobody can be waited for here now (${admission.reason}).`);
    return { ok: true, value: { id: queue.id, name: queue.name } };
  }

  /** False where the session is somebody else's, or was erased. */
  async function keep({ session, kept, identity }: VisitorContext): Promise<boolean> {
    if (!kept) {
      const subject = identity?.state === 'verified' ? identity.verification.subject : null;
      const made = await create({ ...session, subject: session.subject ?? subject });
      if (made !== 'known') return made === 'created';
    }
    return linkSession(store.sessions, session, identity);
  }

  /** `known` where it was kept before: by another request of the page, or by a first try of this one. */
  async function create(session: Session): Promise<'created' | 'known' | 'erased'> {
    try {
      return (await store.sessions.create(session)) ? 'created' : 'erased';
    } catch (error) {
      const known = await store.sessions.findByTokenHash(session.site, session.tokenHash);
      if (known?.id !== session.id) throw error;
      return 'known';
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
