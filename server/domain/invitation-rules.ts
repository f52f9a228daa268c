import type { AgentRef, EventBody } from '../../protocol/entities.ts';
import type { InvitationId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Conversation, Invitation } from './conversation.ts';
import { agentsIn, type Decision, isOverseen, isWith, no, notFound, type Rules, unlessWith, yes } from './decision.ts';

/**
 * Agents who come to a conversation and go out of it. Somebody is always in it: who invites and means to leave does so
 * in the same breath as the other joins, and not before.
 */
export const invitationRules: Rules<'invite' | 'uninvite' | 'leave' | 'ask' | 'give_up' | 'lose'> = {
  invite(state, { to, obstacle, note, plan, until, askUntil }, context) {
    const refused = unlessWith(state, context);
    if (refused || state.phase !== 'active' || context.by.kind !== 'agent') return refused ?? notFound();
    if (state.invitation) return no('already_invited', 'Somebody is invited already; withdraw that first.');
    if (agentsIn(state).length >= limits.agentsPerConversation)
      return no('too_many', `At most ${limits.agentsPerConversation} agents are in a conversation.`);
    if (to.kind === 'agent' && isWith(state, to.agent)) return no('already_joined', 'They are in it already.', 'to');
    if (obstacle) return no(obstacle, obstacles[obstacle], 'to');
    if (!context.command) return no('invalid_field', 'An invitation is named by the id of its command.', 'id');
    const invitation = context.command as string as InvitationId;
    return yes(
      { type: 'invited', invitation, by: context.by.agent, to, note: note.toWellFormed(), plan, until },
      ...(to.kind === 'agent' ? [{ type: 'asked' as const, agent: to.agent, until: askUntil }] : []),
    );
  },

  uninvite(state, _command, context) {
    const overseen = isOverseen(state, context);
    const refused = overseen ? null : unlessWith(state, context);
    if (refused) return refused;
    const invitation = invitationOf(state);
    if (!invitation) return no('wrong_state', 'Nobody is invited (any more).');
    if (invitation.plan === 'move' && !overseen)
      return no('not_allowed', 'It is being moved by who oversees it; that is theirs to withdraw.');
    return yes({ type: 'uninvited', reason: 'withdrawn' });
  },

  leave(state, _command, context) {
    const refused = unlessWith(state, context);
    if (refused || context.by.kind !== 'agent') return refused ?? notFound();
    if (agentsIn(state).length === 1)
      return no('wrong_state', 'The visitor would be alone: invite somebody first, or end the conversation.');
    return yes({ type: 'left', agent: context.by.agent, reason: 'left' });
  },

  ask(state, { invitation: id, agent, until }, { now }) {
    const invitation = openOf(state, id);
    if (invitation?.to.kind !== 'queue' || isWith(state, agent) || now >= invitation.until)
      return no('wrong_state', 'There is no invitation to put before this agent.');
    return yes({ type: 'asked', agent, until });
  },

  give_up(state, { invitation: id }) {
    return openOf(state, id) ? yes({ type: 'uninvited', reason: 'nobody' }) : yes();
  },

  lose(state, { agent }) {
    if (!isWith(state, agent)) return yes();
    const isLast = agentsIn(state).length === 1;
    return yes(...(isLast ? endOfInvitation(state) : []), { type: 'left', agent, reason: 'lost' });
  },
};

/** Why who was named can't be asked. */
export const obstacles = {
  agent_away: 'They are not there now.',
  no_room: 'They have as many conversations as they have room for.',
  desk_closed: 'That queue is closed now: nobody would come.',
} as const;

/** That very one, if it stands before nobody: another may have been made since the desk looked. */
function openOf(state: Conversation, id: InvitationId): Invitation | null {
  const invitation = invitationOf(state);
  return invitation?.id === id && !invitation.asked ? invitation : null;
}

export const invitationOf = (state: Conversation): Invitation | null =>
  state.phase === 'active' ? state.invitation : null;

/** The open invitation, where it stands before this agent. */
export function askedOf(state: Conversation, agent: AgentRef): Invitation | null {
  const invitation = invitationOf(state);
  return invitation?.asked?.agent.id === agent.id ? invitation : null;
}

/** The invited one comes; then go whose going was the plan, if they are still there. */
export function join(state: Conversation, { plan, by }: Invitation, agent: AgentRef): Decision {
  const reason = plan === 'move' ? 'moved' : 'left';
  const going = agentsIn(state).filter(({ id }) => plan === 'move' || (plan === 'leave' && id === by.id));
  return yes(
    { type: 'joined', agent },
    ...going.map((one) => ({ type: 'left' as const, agent: one, reason }) as const),
  );
}

/** Who was asked does not come. A colleague who was named is the only one; of a queue, the next is asked. */
export function pass(invitation: Invitation, agent: AgentRef, reason: 'declined' | 'lapsed' | 'returned'): Decision {
  return yes(
    { type: 'unanswered', agent, reason },
    ...(invitation.to.kind === 'agent' ? [{ type: 'uninvited' as const, reason }] : []),
  );
}

/** What ends the conversation, or leaves it to nobody, ends the invitation to it. */
export const endOfInvitation = (state: Conversation): EventBody[] =>
  invitationOf(state) ? [{ type: 'uninvited', reason: 'ended' }] : [];
