import type { Actor, EventBody } from '../../protocol/entities.ts';
import type { Command } from './command.ts';
import type { LogEvent } from './conversation.ts';

/**
 * Is this event what that command, from that sender, left in the log? Where the id of a command is met again, this
 * tells a resend, which is answered with the first outcome, from another command that took the same id.
 */
export const answersTo = (event: LogEvent, command: Command, by: Actor): boolean =>
  isSame(event.by, by) && outcomeMatches(event.body, command);

function outcomeMatches(body: EventBody, command: Command): boolean {
  switch (command.type) {
    case 'request':
      return (
        body.type === 'requested' &&
        body.queue.id === command.queue.id &&
        body.locale === command.locale &&
        body.page.url === command.page.url &&
        body.page.title === command.page.title
      );
    case 'message':
      return body.type === 'message' && body.text === command.text.toWellFormed() && body.audience === command.audience;
    case 'end':
      return body.type === 'ended';
    case 'accept':
      return body.type === 'accepted';
    case 'decline':
      return body.type === 'declined';
    default:
      return false;
  }
}

/** By id: a name may have changed between the two. */
const isSame = (one: Actor, other: Actor): boolean =>
  one.kind === 'agent' ? other.kind === 'agent' && one.agent.id === other.agent.id : one.kind === other.kind;
