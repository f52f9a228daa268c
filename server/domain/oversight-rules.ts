import type { AgentRef, EventBody, QueueRef } from '../../protocol/entities.ts';
import type { InvitationId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Command, CommandContext } from './command.ts';
import type { Conversation } from './conversation.ts';
import {
  agentsIn,
  type Decision,
  ended,
  isOverseen,
  isWith,
  no,
  notFound,
  notYours,
  type Rules,
  yes,
} from './decision.ts';
import { askedOf, endOfInvitation, invitationOf, join, obstacles } from './invitation-rules.ts';

type Move = Extract<Command, { type: 'move' }>;

/**
 * What somebody may do who oversees a conversation, in it or not. The visitor is never in limbo: a chat that is moved to
 * a colleague stays with who has it until that colleague is there, and one that is moved to a queue waits at once.
 */
export const oversightRules: Rules<'join' | 'move'> = {
  join(state, _command, context) {
    const refused = unlessOverseen(state, context);
    if (refused || context.by.kind !== 'agent') return refused ?? notFound();
    const { agent } = context.by;
    if (isWith(state, agent)) return no('already_joined', 'You are in it already.');
    if (state.phase !== 'active') return no('wrong_state', 'Nobody is in it yet; move it to yourself to be asked.');
    if (agentsIn(state).length >= limits.agentsPerConversation)
      return no('too_many', `At most ${limits.agentsPerConversation} agents are in a conversation.`);
    const invitation = askedOf(state, agent);
    return invitation ? join(state, invitation, agent) : yes({ type: 'joined', agent });
  },

  move(state, command, context) {
    const refused = unlessOverseen(state, context);
    if (refused) return refused;
    const { to } = command;
    return to.kind === 'queue' ? toQueue(state, to.queue, command) : toAgent(state, to.agent, command, context);
  },
};

function unlessOverseen(state: Conversation, context: CommandContext): Decision | null {
  if (state.phase === 'absent') return notFound();
  if (!isOverseen(state, context)) return notYours(state);
  return state.phase === 'ended' ? ended() : null;
}

function toQueue(state: Conversation, queue: QueueRef, { obstacle }: Move): Decision {
  if (state.phase === 'waiting' && state.request.queue.id === queue.id)
    return no('wrong_state', 'It waits in that queue already.', 'to');
  if (obstacle) return no(obstacle, obstacles[obstacle], 'to');
  return yes(...endOfInvitation(state), { type: 'moved', queue });
}

function toAgent(state: Conversation, agent: AgentRef, command: Move, context: CommandContext): Decision {
  const { obstacle, askUntil } = command;
  if (isWith(state, agent)) return leaveTo(state, agent);
  const isBefore = state.phase === 'presented' && state.agent.id === agent.id;
  if (isBefore || askedOf(state, agent)) return no('wrong_state', 'They are being asked already.', 'to');
  if (obstacle) return no(obstacle, obstacles[obstacle], 'to');
  if (state.phase === 'active') return handOver(state, agent, command, context);
  const back: EventBody[] = state.phase === 'presented' ? [{ type: 'returned', agent: state.agent }] : [];
  return yes(...back, { type: 'presented', agent, until: askUntil });
}

/** To somebody who is in it already: the others go. */
function leaveTo(state: Conversation, agent: AgentRef): Decision {
  const others = agentsIn(state).filter(({ id }) => id !== agent.id);
  if (others.length === 0) return no('wrong_state', 'It is with them already.', 'to');
  return yes(...others.map((one) => ({ type: 'left', agent: one, reason: 'moved' }) as const));
}

/** Asked like a guest, in place of whoever was asked before; then all others leave. */
function handOver(state: Conversation, agent: AgentRef, command: Move, { by, command: id }: CommandContext): Decision {
  if (by.kind !== 'agent') return notFound();
  if (!id) return no('invalid_field', 'An invitation is named by the id of its command.', 'id');
  if (agentsIn(state).length >= limits.agentsPerConversation)
    return no('too_many', `At most ${limits.agentsPerConversation} agents are in a conversation.`);
  const { note, askUntil: until } = command;
  const invitation = id as string as InvitationId;
  const to = { kind: 'agent', agent } as const;
  return yes(
    ...(invitationOf(state) ? [{ type: 'uninvited', reason: 'withdrawn' } as const] : []),
    { type: 'invited', invitation, by: by.agent, to, note: note.toWellFormed(), plan: 'move', until },
    { type: 'asked', agent, until },
  );
}
