import type { Actor, AgentRef, EventBody } from '../../protocol/entities.ts';
import type { Command, CommandContext, IdentityClaim } from './command.ts';
import type { Conversation } from './conversation.ts';
import { claimsMark, identityMark } from './known.ts';
import { parseMessageText } from './message-text.ts';
import { type Refusal, refuse } from './refusal.ts';

export type Decision =
  | { readonly ok: true; readonly events: readonly EventBody[] }
  | { readonly ok: false; readonly refusal: Refusal };

type Of<Type extends Command['type']> = Extract<Command, { type: Type }>;
type Rule<Type extends Command['type']> = (state: Conversation, command: Of<Type>, context: CommandContext) => Decision;

/**
 * Every rule of the product: what a command does to a conversation in this state, or why it is refused. Pure; whoever
 * calls it has established who `context.by` is.
 */
export function decide(state: Conversation, command: Command, context: CommandContext): Decision {
  if (!senders[command.type].includes(context.by.kind)) return notFound();
  const rule = rules[command.type] as Rule<typeof command.type>;
  return rule(state, command, context);
}

/** Whose each command is to give; from anybody else it is as if the conversation were not there. */
const senders: { readonly [Type in Command['type']]: readonly Actor['kind'][] } = {
  request: ['visitor'],
  message: ['visitor', 'agent'],
  end: ['visitor', 'agent'],
  accept: ['agent'],
  decline: ['agent'],
  visit: ['visitor'],
  claim: ['visitor'],
  identify: ['visitor'],
  sign_out: ['visitor'],
  revoke: ['system'],
  present: ['system'],
  lapse: ['system'],
  return: ['system'],
  lose: ['system'],
  abandon: ['system'],
};

const rules: { readonly [Type in Command['type']]: Rule<Type> } = {
  request(state, command) {
    if (state.phase !== 'absent') return no('already_open', 'This conversation was requested before.');
    const { queue, page, locale, claims, identity } = command;
    return yes(
      { type: 'requested', queue, page, locale },
      ...(claims.length > 0 ? [{ type: 'claimed' as const, variables: [...claims] }] : []),
      ...(identity ? [identityEvent(identity)] : []),
    );
  },

  message(state, command, { by }) {
    if (state.phase === 'absent') return notFound();
    const text = parseMessageText(command.text);
    if (!text.ok) return { ok: false, refusal: text.refusal };
    if (by.kind === 'agent') {
      if (!isWith(state, by.agent)) return notYours(state);
    } else if (command.audience !== 'everyone') {
      return notFound();
    } else if (state.phase === 'ended') {
      return ended();
    }
    return yes({ type: 'message', text: text.text, audience: command.audience });
  },

  end(state, _command, { by }) {
    if (state.phase === 'absent') return notFound();
    if (state.phase === 'ended') return ended();
    if (by.kind === 'agent' && !isWith(state, by.agent)) return notYours(state);
    return yes({ type: 'ended', reason: by.kind === 'agent' ? 'agent' : 'visitor' });
  },

  accept(state, _command, { by, now }) {
    if (by.kind !== 'agent') return notFound();
    if (state.phase !== 'presented' || state.agent.id !== by.agent.id) return notPresented(state, by.agent);
    if (now >= state.until) return no('not_presented', 'The time to accept this request has run out.');
    return yes({ type: 'accepted', agent: by.agent });
  },

  decline(state, _command, { by }) {
    if (by.kind !== 'agent') return notFound();
    if (state.phase !== 'presented' || state.agent.id !== by.agent.id) return notPresented(state, by.agent);
    return yes({ type: 'declined', agent: by.agent });
  },

  visit(state, { page }) {
    if (state.phase === 'absent') return notFound();
    if (state.phase === 'ended' || state.request.page.url === page.url) return yes();
    return yes({ type: 'visited', page });
  },

  claim(state, { variables }) {
    if (state.phase === 'absent') return notFound();
    if (state.phase === 'ended' || state.request.claimed === claimsMark(variables)) return yes();
    return yes({ type: 'claimed', variables: [...variables] });
  },

  identify(state, { identity }) {
    if (state.phase === 'absent') return notFound();
    if (state.phase === 'ended' || state.request.identity === identityMark(identity)) return yes();
    const { subject } = state.request;
    if (identity.state === 'verified' && subject !== null && subject !== identity.verification.subject)
      return no('not_allowed', 'This conversation belongs to another visitor.');
    return yes(identityEvent(identity));
  },

  revoke(state, { keyId }) {
    if (state.phase === 'absent' || state.phase === 'ended' || state.request.keyId !== keyId) return yes();
    return yes({ type: 'unverified', check: 'key_revoked' });
  },

  present(state, { agent, until }) {
    if (state.phase !== 'waiting') return no('wrong_state', 'Only a waiting request can be presented.');
    return yes({ type: 'presented', agent, until });
  },

  lapse(state, _command, { now }) {
    if (state.phase !== 'presented') return no('wrong_state', 'Nobody is being asked.');
    if (now < state.until) return no('wrong_state', 'The agent still has time.');
    return yes({ type: 'lapsed', agent: state.agent });
  },

  return(state, { agent }) {
    if (state.phase !== 'presented' || state.agent.id !== agent.id) return yes();
    return yes({ type: 'returned', agent: state.agent });
  },

  lose(state, { agent }) {
    if (!isWith(state, agent)) return yes();
    return yes({ type: 'left', agent, reason: 'lost' });
  },

  abandon(state) {
    if (state.phase !== 'waiting' && state.phase !== 'presented') return yes();
    return yes({ type: 'ended', reason: 'abandoned' });
  },

  sign_out(state) {
    if (state.phase === 'absent' || state.phase === 'ended') return yes();
    return yes({ type: 'ended', reason: 'signed_out' });
  },
};

const yes = (...events: EventBody[]): Decision => ({ ok: true, events });
const no = (...refusal: Parameters<typeof refuse>): Decision => ({ ok: false, refusal: refuse(...refusal) });

/** Also the answer to whoever may not know that it exists. */
const notFound = () => no('not_found', 'There is no such conversation.');
const ended = () => no('already_ended', 'This conversation has ended; start another.');

const isWith = (state: Conversation, agent: AgentRef): boolean =>
  state.phase === 'active' && state.agent.id === agent.id;

/** An agent's view of a conversation that is not with them: what they had part in may be named, nothing else. */
function notYours(state: Conversation): Decision {
  if (state.phase === 'ended') return ended();
  return no('not_allowed', 'This conversation is not with you (any more).');
}

function notPresented(state: Conversation, agent: AgentRef): Decision {
  if (state.phase === 'absent') return notFound();
  if (state.phase === 'ended') return ended();
  if (state.phase === 'active' && state.agent.id !== agent.id)
    return no('already_taken', 'Somebody else has accepted this request.');
  return no('not_presented', 'This request is not presented to you (any more).');
}

const identityEvent = (identity: IdentityClaim): EventBody =>
  identity.state === 'verified'
    ? { type: 'verified', verification: identity.verification, variables: [...identity.variables] }
    : { type: 'unverified', check: identity.check };
