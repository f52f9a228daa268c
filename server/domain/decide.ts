import type { Actor } from '../../protocol/entities.ts';
import type { Command, CommandContext } from './command.ts';
import type { Conversation } from './conversation.ts';
import { type Decision, notFound, type Rule, type Rules } from './decision.ts';
import { endingRules } from './ending-rules.ts';
import { identityRules } from './identity-rules.ts';
import { invitationRules } from './invitation-rules.ts';
import { messageRules } from './message-rules.ts';
import { offerRules } from './offer-rules.ts';
import { oversightRules } from './oversight-rules.ts';
import { ratingRules } from './rating-rules.ts';
import { requestRules } from './request-rules.ts';
import { transcriptRules } from './transcript-rules.ts';

export type { Decision } from './decision.ts';

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
  offer: ['agent'],
  answer: ['visitor'],
  withdraw: ['agent'],
  invite: ['agent'],
  uninvite: ['agent'],
  leave: ['agent'],
  join: ['agent'],
  move: ['agent'],
  end: ['visitor', 'agent'],
  classify: ['agent'],
  rate: ['visitor'],
  transcript: ['visitor', 'system'],
  confirm: ['system'],
  accept: ['agent'],
  decline: ['agent'],
  visit: ['visitor'],
  claim: ['visitor'],
  identify: ['visitor'],
  sign_out: ['visitor'],
  revoke: ['system'],
  present: ['system'],
  ask: ['system'],
  give_up: ['system'],
  lapse: ['system'],
  return: ['system'],
  lose: ['system'],
  abandon: ['system'],
};

const rules: Rules<Command['type']> = {
  ...requestRules,
  ...messageRules,
  ...offerRules,
  ...invitationRules,
  ...oversightRules,
  ...identityRules,
  ...endingRules,
  ...ratingRules,
  ...transcriptRules,
};
