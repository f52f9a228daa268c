import type { AgentId } from '../../protocol/ids.ts';
import type { Conversation } from '../domain/conversation.ts';
import type { ConversationHead } from '../store/store.ts';
import type { Anchor } from './anchor.ts';

/** The row that stands for a conversation in this state. */
export function headOf({ id, organization, site, session }: Anchor, state: Conversation): ConversationHead {
  if (state.phase === 'absent') throw new Error('A conversation without events has no head.');
  const { request, phase, seq, visitorSeq } = state;
  return {
    id,
    organization,
    site,
    session,
    queue: request.queue.id,
    phase,
    agent: agentOf(state),
    subject: request.subject,
    keyId: request.keyId,
    requestedAt: request.requestedAt,
    endedAt: phase === 'ended' ? state.endedAt : null,
    dueAt: phase === 'presented' ? state.until : null,
    seq,
    visitorSeq,
  };
}

const agentOf = (state: Conversation): AgentId | null => ('agent' in state ? (state.agent?.id ?? null) : null);
