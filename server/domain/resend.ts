import type { Actor, EventBody, FileRef, InvitationTarget } from '../../protocol/entities.ts';
import type { Command } from './command.ts';
import type { LogEvent } from './conversation.ts';
import { isSameEmail } from './emails.ts';
import { wellFormed } from './offer-rules.ts';
import { commentOf } from './rating-rules.ts';

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
      return (
        body.type === 'message' &&
        body.text === command.text.toWellFormed() &&
        body.audience === command.audience &&
        isSameList(idsOf(body.files), idsOf(command.files))
      );
    case 'offer':
      return body.type === 'offered' && JSON.stringify(body.content) === JSON.stringify(wellFormed(command.content));
    case 'answer':
      return body.type === 'answered' && body.offer === command.offer && isSameList(body.values, command.values);
    case 'withdraw':
      return body.type === 'withdrawn' && body.offer === command.offer;
    case 'invite':
      return (
        body.type === 'invited' &&
        body.plan === command.plan &&
        body.note === command.note.toWellFormed() &&
        targetOf(body.to) === targetOf(command.to)
      );
    case 'uninvite':
      return body.type === 'uninvited' && body.reason === 'withdrawn';
    case 'join':
      return body.type === 'joined';
    case 'move':
      return isMove(body, command);
    case 'leave':
      return body.type === 'left' && body.reason === 'left';
    case 'classify':
      return (
        body.type === 'classified' &&
        body.category === command.category?.toWellFormed() &&
        body.note === command.note?.toWellFormed()
      );
    case 'rate':
      return body.type === 'rated' && body.score === command.score && body.comment === commentOf(command);
    case 'end':
      // What ends a conversation ends the invitation to it, and that comes first.
      return body.type === 'ended' || (body.type === 'uninvited' && body.reason === 'ended');
    case 'transcript':
      // A verified address takes the place of the one that was sent.
      return body.type === 'transcript' && (body.verified || isSameEmail(body.email, command.email?.trim() ?? ''));
    case 'accept':
      return body.type === 'accepted' || body.type === 'joined';
    case 'decline':
      return body.type === 'declined' || (body.type === 'unanswered' && body.reason === 'declined');
    default:
      return false;
  }
}

/** What a move leaves first in the log: it depends on where the conversation stood. */
function isMove(body: EventBody, { to, note }: Extract<Command, { type: 'move' }>): boolean {
  switch (body.type) {
    case 'moved':
      return to.kind === 'queue' && body.queue.id === to.queue.id;
    case 'uninvited':
      return body.reason === (to.kind === 'queue' ? 'ended' : 'withdrawn');
    case 'presented':
      return to.kind === 'agent' && body.agent.id === to.agent.id;
    case 'invited':
      return body.plan === 'move' && body.note === note.toWellFormed() && targetOf(body.to) === targetOf(to);
    case 'returned':
      return to.kind === 'agent';
    case 'left':
      return to.kind === 'agent' && body.reason === 'moved';
    default:
      return false;
  }
}

const idsOf = (files: readonly FileRef[] = []): string[] => files.map(({ id }) => id);
const isSameList = (one: readonly string[], other: readonly string[]): boolean => one.join('\n') === other.join('\n');
const targetOf = (to: InvitationTarget): string => (to.kind === 'agent' ? to.agent.id : to.queue.id);

/** By id: a name may have changed between the two. */
const isSame = (one: Actor, other: Actor): boolean =>
  one.kind === 'agent' ? other.kind === 'agent' && one.agent.id === other.agent.id : one.kind === other.kind;
