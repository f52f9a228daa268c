import type { AgentRef, EventBody } from '../../protocol/entities.ts';
import type { Conversation } from './conversation.ts';
import { type Decision, ended, isWith, no, notFound, type Rules, yes } from './decision.ts';
import { identityEvent } from './identity-rules.ts';
import { askedOf, invitationOf, join, pass } from './invitation-rules.ts';
import { isBlank, parseMessageText } from './message-text.ts';

/** From the visitor's request to the agent who accepts it; an invitation is accepted and turned down the same way. */
export const requestRules: Rules<'request' | 'present' | 'accept' | 'decline' | 'lapse' | 'return'> = {
  request(state, { queue, page, locale, claims, identity, text: written }) {
    if (state.phase !== 'absent') return no('already_open', 'This conversation was requested before.');
    const left = written === undefined ? null : parseMessageText(written);
    if (left?.ok === false) return no(left.refusal.code, left.refusal.message, left.refusal.field);
    return yes(
      { type: 'requested', queue, page, locale },
      ...(claims.length > 0 ? [{ type: 'claimed' as const, variables: [...claims] }] : []),
      ...(identity ? [identityEvent(identity)] : []),
      ...(left ? leftMessage(left.text) : []),
    );
  },

  present(state, { agent, until }) {
    if (state.phase !== 'waiting') return no('wrong_state', 'Only a waiting request can be presented.');
    return yes({ type: 'presented', agent, until });
  },

  accept(state, { welcome = '' }, { by, now }) {
    if (by.kind !== 'agent') return notFound();
    const invitation = askedOf(state, by.agent);
    const until = invitation?.asked?.until ?? presentedUntil(state, by.agent);
    if (until === null) return notPresented(state, by.agent);
    if (now >= until) return no('not_presented', 'The time to accept this has run out.');
    if (invitation) return join(state, invitation, by.agent);
    const greeting = isBlank(welcome) ? [] : [{ type: 'message', text: welcome, audience: 'everyone' } as const];
    return yes({ type: 'accepted', agent: by.agent }, ...greeting);
  },

  decline(state, _command, { by }) {
    if (by.kind !== 'agent') return notFound();
    const invitation = askedOf(state, by.agent);
    if (invitation) return pass(invitation, by.agent, 'declined');
    if (presentedUntil(state, by.agent) === null) return notPresented(state, by.agent);
    return yes({ type: 'declined', agent: by.agent });
  },

  lapse(state, _command, { now }) {
    const invitation = invitationOf(state);
    if (invitation?.asked) {
      if (now < invitation.asked.until) return stillTime();
      return pass(invitation, invitation.asked.agent, 'lapsed');
    }
    if (invitation) return now < invitation.until ? stillTime() : yes({ type: 'uninvited', reason: 'nobody' });
    if (state.phase !== 'presented') return no('wrong_state', 'Nobody is being asked.');
    return now < state.until ? stillTime() : yes({ type: 'lapsed', agent: state.agent });
  },

  return(state, { agent, mayComeBack }) {
    const invitation = askedOf(state, agent);
    // Nobody else could answer, and a console that is loaded again is back long before their time is up.
    if (invitation?.to.kind === 'agent' && mayComeBack) return yes();
    if (invitation?.asked) return pass(invitation, invitation.asked.agent, 'returned');
    return presentedUntil(state, agent) === null ? yes() : yes({ type: 'returned', agent: nameOf(state, agent) });
  },
};

const leftMessage = (text: string): EventBody[] => [
  { type: 'message', text, audience: 'everyone' },
  { type: 'ended', reason: 'message' },
];

const presentedUntil = (state: Conversation, agent: AgentRef): number | null =>
  state.phase === 'presented' && state.agent.id === agent.id ? state.until : null;

/** As the log has it: whoever asks may know no more than the id. */
const nameOf = (state: Conversation, agent: AgentRef): AgentRef => (state.phase === 'presented' ? state.agent : agent);

const stillTime = () => no('wrong_state', 'The agent still has time.');

function notPresented(state: Conversation, agent: AgentRef): Decision {
  if (state.phase === 'absent') return notFound();
  if (state.phase === 'ended') return ended();
  if (state.phase === 'active' && !isWith(state, agent)) return no('already_taken', 'Somebody else has accepted this.');
  return no('not_presented', 'This is not presented to you (any more).');
}
