import type { EventBody } from '../../protocol/entities.ts';
import { audienceOf } from './audience.ts';
import type { CommandContext } from './command.ts';
import type { Conversation, LogEvent } from './conversation.ts';

/**
 * Gives decided events their place after `state`: numbered without a gap, and once more, on its own, for the visitor.
 * The sender's command id goes on one of them, since an outcome is found again by one position: the first, and for a
 * visitor the first that they can see. They would learn from a number of theirs that is missing what else happened.
 */
export function record(state: Conversation, bodies: readonly EventBody[], context: CommandContext): LogEvent[] {
  let { seq, visitorSeq } = state;
  const isTold = (body: EventBody) => context.by.kind !== 'visitor' || audienceOf(body) === 'everyone';
  const outcome = Math.max(0, bodies.findIndex(isTold));
  return bodies.map((body, index) => ({
    seq: ++seq,
    visitorSeq: audienceOf(body) === 'everyone' ? ++visitorSeq : null,
    at: context.now,
    by: context.by,
    command: index === outcome ? context.command : null,
    body,
  }));
}
