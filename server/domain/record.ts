import type { EventBody } from '../../protocol/entities.ts';
import { audienceOf } from './audience.ts';
import type { CommandContext } from './command.ts';
import type { Conversation, LogEvent } from './conversation.ts';

/**
 * Gives decided events their place after `state`: numbered without a gap, and once more, on its own, for the visitor.
 * The sender's command id goes on the first of them, since an outcome is found again by one position.
 */
export function record(state: Conversation, bodies: readonly EventBody[], context: CommandContext): LogEvent[] {
  let { seq, visitorSeq } = state;
  return bodies.map((body, index) => ({
    seq: ++seq,
    visitorSeq: audienceOf(body) === 'everyone' ? ++visitorSeq : null,
    at: context.now,
    by: context.by,
    command: index === 0 ? context.command : null,
    body,
  }));
}
