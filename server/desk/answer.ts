import type { ConversationId } from '../../protocol/ids.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import type { Answer } from './desk.ts';
import type { Outcome } from './execute.ts';

/** What the sender hears. */
export function answerOf(conversation: ConversationId, outcome: Outcome): Answer {
  if (outcome.kind === 'refused') return refusal(outcome.refusal);
  return {
    ok: true,
    conversation,
    seq: outcome.event?.seq ?? 0,
    visitorSeq: outcome.event?.visitorSeq ?? 0,
  };
}

/** Nothing is known of what became of it; whoever sends it again under the same id learns that, or has it done now. */
export const unavailable: Refusal = {
  ...refuse('unavailable', 'Send it again under the same id; it is done once.'),
  retryAfterMs: 1000,
};

export const refusal = (why: Refusal): Answer => ({ ok: false, refusal: why });
export const noConversation = (): Answer => refusal(refuse('not_found', 'There is no such conversation.'));
