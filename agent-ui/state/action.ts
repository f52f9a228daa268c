import type { AgentCommand } from '../../protocol/commands.ts';
import type { AgentState, FileRef, OfferContent } from '../../protocol/entities.ts';
import type { EarlierConversation } from '../../protocol/http.ts';
import type { CommandId, ConversationId, OfferId, ProfileId } from '../../protocol/ids.ts';
import type { ChatDialog } from './desk-state.ts';
import type { Place } from './places.ts';

export type InvitationDraft = Omit<Extract<AgentCommand, { type: 'invite' }>, 'type'>;

/** Everything that a person can ask of the desk. */
export type Action =
  | { readonly type: 'sign-in'; readonly email: string; readonly password: string; readonly code?: string }
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
  | { readonly type: 'set-private'; readonly conversation: ConversationId; readonly isPrivate: boolean }
  | { readonly type: 'attach'; readonly conversation: ConversationId; readonly files: readonly File[] }
  | { readonly type: 'unattach' | 'retry-upload'; readonly conversation: ConversationId; readonly key: number }
  /** For an option of an offer; null where it was not taken. */
  | {
      readonly type: 'upload-picture';
      readonly conversation: ConversationId;
      readonly file: File;
      readonly onDone: (picture: FileRef | null) => void;
    }
  | { readonly type: 'find-presets' }
  /** The closing form, which closes the tab of a chat that is over. */
  | {
      readonly type: 'classify';
      readonly conversation: ConversationId;
      readonly category: string;
      readonly note: string;
    }
  | { readonly type: 'show-dialog'; readonly kind: ChatDialog['kind']; readonly conversation: ConversationId }
  | { readonly type: 'hide-dialog' }
  /** `isKept`: for reuse, too. */
  | {
      readonly type: 'offer';
      readonly conversation: ConversationId;
      readonly content: OfferContent;
      readonly isKept: boolean;
    }
  | { readonly type: 'withdraw'; readonly conversation: ConversationId; readonly offer: OfferId }
  | { readonly type: 'invite'; readonly conversation: ConversationId; readonly invitation: InvitationDraft }
  | { readonly type: 'uninvite'; readonly conversation: ConversationId }
  /** Out of a chat that colleagues go on with. */
  | { readonly type: 'leave'; readonly conversation: ConversationId }
  /** The x of a tab: asks first where the visitor is still there. */
  | { readonly type: 'close'; readonly conversation: ConversationId }
  | { readonly type: 'confirm-close' }
  | { readonly type: 'keep-open' }
  | { readonly type: 'read-earlier'; readonly conversation: EarlierConversation }
  | { readonly type: 'more-earlier' }
  | { readonly type: 'leave-earlier' }
  | { readonly type: 'go'; readonly place: Place }
  | { readonly type: 'dismiss-notice' };
