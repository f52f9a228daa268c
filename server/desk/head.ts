import type { AgentId } from '../../protocol/ids.ts';
import type { Conversation } from '../domain/conversation.ts';
import { invitationOf } from '../domain/invitation-rules.ts';
import type { ConversationHead } from '../store/store.ts';
import type { Anchor } from './anchor.ts';

/** The row that stands for a conversation in this state. */
export function headOf({ id, organization, site, session }: Anchor, state: Conversation): ConversationHead {
  if (state.phase === 'absent') throw new Error('A conversation without events has no head.');
  const { request, phase, seq, visitorSeq } = state;
  const invitation = invitationOf(state);
  return {
    id,
    organization,
    site,
    session,
    queue: request.queue.id,
    phase,
    agent: agentOf(state),
    guests: 'guests' in state ? state.guests.map(({ id: guest }) => guest) : [],
    asked: invitation?.asked?.agent.id ?? null,
    invitedQueue: invitation?.to.kind === 'queue' && !invitation.asked ? invitation.to.queue.id : null,
    subject: request.subject,
    keyId: request.keyId,
    requestedAt: request.requestedAt,
    since: request.since,
    endedAt: phase === 'ended' ? state.endedAt : null,
    dueAt: phase === 'presented' ? state.until : (invitation?.asked?.until ?? invitation?.until ?? null),
    seq,
    visitorSeq,
  };
}

const agentOf = (state: Conversation): AgentId | null => ('agent' in state ? (state.agent?.id ?? null) : null);
