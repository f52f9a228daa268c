import type { AgentState } from '../../protocol/entities.ts';
import type { EarlierConversation } from '../../protocol/http.ts';
import type { CommandId, ConversationId, ProfileId } from '../../protocol/ids.ts';

/** Everything that a person can ask of the desk. */
export type Action =
  | { readonly type: 'sign-in'; readonly email: string; readonly password: string }
  | { readonly type: 'sign-out' }
  | { readonly type: 'choose-profile'; readonly profile: ProfileId }
  | { readonly type: 'set-status'; readonly state: AgentState; readonly reason?: string }
  | { readonly type: 'select'; readonly conversation: ConversationId | null }
  | { readonly type: 'walk'; readonly step: 1 | -1 }
  | { readonly type: 'accept'; readonly conversation: ConversationId }
  | { readonly type: 'decline'; readonly conversation: ConversationId }
  | { readonly type: 'write'; readonly conversation: ConversationId; readonly text: string }
  | { readonly type: 'say'; readonly conversation: ConversationId; readonly text: string }
  | { readonly type: 'retry'; readonly id: CommandId }
  | { readonly type: 'discard'; readonly id: CommandId }
  /** The x of a tab: asks first where the visitor is still there. */
  | { readonly type: 'close'; readonly conversation: ConversationId }
  | { readonly type: 'confirm-close' }
  | { readonly type: 'keep-open' }
  | { readonly type: 'read-earlier'; readonly conversation: EarlierConversation }
  | { readonly type: 'more-earlier' }
  | { readonly type: 'leave-earlier' }
  | { readonly type: 'dismiss-notice' };
