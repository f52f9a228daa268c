import type { AgentRef, EventBody } from '../../protocol/entities.ts';
import type { Command, CommandContext } from './command.ts';
import type { Conversation } from './conversation.ts';
import { type Refusal, refuse } from './refusal.ts';

export type Decision =
  | { readonly ok: true; readonly events: readonly EventBody[] }
  | { readonly ok: false; readonly refusal: Refusal };

type Of<Type extends Command['type']> = Extract<Command, { type: Type }>;
/** What one command does to a conversation in this state, or why it is refused. */
export type Rule<Type extends Command['type']> = (
  state: Conversation,
  command: Of<Type>,
  context: CommandContext,
) => Decision;
export type Rules<Types extends Command['type']> = { readonly [Type in Types]: Rule<Type> };

export const yes = (...events: EventBody[]): Decision => ({ ok: true, events });
export const no = (...refusal: Parameters<typeof refuse>): Decision => ({ ok: false, refusal: refuse(...refusal) });

/** Also the answer to whoever may not know that it exists. */
export const notFound = () => no('not_found', 'There is no such conversation.');
export const ended = () => no('already_ended', 'This conversation has ended; start another.');

/** Everybody who is in the conversation, who has been longest first. */
export const agentsIn = (state: Conversation): readonly AgentRef[] =>
  state.phase === 'active' ? [state.agent, ...state.guests] : [];

export const isWith = (state: Conversation, agent: AgentRef): boolean =>
  agentsIn(state).some(({ id }) => id === agent.id);

/** Whether who asks watches over the queue that it is in, and so may do there what others may not. */
export function isOverseen(state: Conversation, { by, oversees = [] }: CommandContext): boolean {
  if (state.phase === 'absent' || by.kind !== 'agent') return false;
  return oversees === null || oversees.includes(state.request.queue.id);
}

/** An agent's view of a conversation that is not with them: what they had part in may be named, nothing else. */
export function notYours(state: Conversation): Decision {
  if (state.phase === 'ended') return ended();
  return no('not_allowed', 'This conversation is not with you (any more).');
}

/** In which of their conversations an agent may do something; everybody else hears why not. */
export function unlessWith(state: Conversation, { by }: CommandContext): Decision | null {
  if (state.phase === 'absent' || by.kind !== 'agent') return notFound();
  return isWith(state, by.agent) ? null : notYours(state);
}
