import type { TokenCheck } from '../../protocol/codes.ts';
import type {
  Actor,
  AgentRef,
  Audience,
  ClaimedVariable,
  FileRef,
  InvitationTarget,
  InviterPlan,
  OfferContent,
  Page,
  QueueRef,
  Verification,
  VerifiedVariable,
} from '../../protocol/entities.ts';
import type { CommandId, InvitationId, OfferId, QueueId } from '../../protocol/ids.ts';

/** What the site's token proved, or the check that it failed. */
export type IdentityClaim =
  | { readonly state: 'verified'; readonly verification: Verification; readonly variables: readonly VerifiedVariable[] }
  | { readonly state: 'refused'; readonly check: TokenCheck };

/** What the site's survey is for. */
export type Asked = 'nothing' | 'score' | 'comment';

/** Everything that can be asked of a conversation: what visitors and agents send, and what the desk does itself. */
export type Command =
  | {
      readonly type: 'request';
      readonly queue: QueueRef;
      readonly page: Page;
      readonly locale: string;
      readonly claims: readonly ClaimedVariable[];
      readonly identity: IdentityClaim | null;
      /** A message left for later: nobody is waited for. */
      readonly text?: string;
    }
  /** `files` are the sender's own, for this conversation and this audience: the desk has seen to it. */
  | {
      readonly type: 'message';
      readonly text: string;
      readonly audience: Audience;
      readonly files?: readonly FileRef[];
    }
  | { readonly type: 'offer'; readonly content: OfferContent }
  | { readonly type: 'answer'; readonly offer: OfferId; readonly values: readonly string[] }
  | { readonly type: 'withdraw'; readonly offer: OfferId }
  /**
   * `until` is when it is over if nobody could be asked, `askUntil` how long a named colleague has. `obstacle` is what
   * the desk found to keep that colleague from being asked now.
   */
  | {
      readonly type: 'invite';
      readonly to: InvitationTarget;
      readonly obstacle: 'agent_away' | 'no_room' | null;
      readonly note: string;
      readonly plan: InviterPlan;
      readonly until: number;
      readonly askUntil: number;
    }
  | { readonly type: 'uninvite' }
  | { readonly type: 'leave' }
  | { readonly type: 'join' }
  /** `obstacle` as for `invite`; of a queue, that it is closed now. */
  | {
      readonly type: 'move';
      readonly to: InvitationTarget;
      readonly obstacle: 'agent_away' | 'no_room' | 'desk_closed' | null;
      readonly note: string;
      readonly askUntil: number;
    }
  | { readonly type: 'classify'; readonly category?: string; readonly note?: string }
  | { readonly type: 'end' }
  /** `asks` is what the site asks visitors, as the desk has found. */
  | { readonly type: 'rate'; readonly score: number; readonly comment?: string; readonly asks: Asked }
  /** From the desk itself: the site wants every visitor to get one. */
  | { readonly type: 'transcript'; readonly email?: string }
  | { readonly type: 'confirm'; readonly email: string }
  /** `welcome` is said in the agent's name to who has just been accepted; empty says nothing. */
  | { readonly type: 'accept'; readonly welcome?: string }
  | { readonly type: 'decline' }
  | { readonly type: 'visit'; readonly page: Page }
  | { readonly type: 'claim'; readonly variables: readonly ClaimedVariable[] }
  | { readonly type: 'identify'; readonly identity: IdentityClaim }
  | { readonly type: 'revoke'; readonly keyId: string }
  | { readonly type: 'present'; readonly agent: AgentRef; readonly until: number }
  /** Puts an open invitation of a queue before one of its agents. */
  | {
      readonly type: 'ask';
      readonly invitation: InvitationId;
      readonly agent: AgentRef;
      readonly until: number;
    }
  /** Everybody in the queue was asked. */
  | { readonly type: 'give_up'; readonly invitation: InvitationId }
  | { readonly type: 'lapse' }
  /** The agent it is presented to can no longer answer: connection lost (which may be for a moment only), paused, or off. */
  | { readonly type: 'return'; readonly agent: AgentRef; readonly mayComeBack?: boolean }
  /** The agent who had it did not come back within the grace period. */
  | { readonly type: 'lose'; readonly agent: AgentRef }
  | { readonly type: 'abandon' }
  | { readonly type: 'sign_out' };

/** Of which queues somebody oversees the conversations, whether they are in them or not; null is of all. */
export type Oversight = readonly QueueId[] | null;

/** Who asks, when, and under which id of the sender's. The only clock and the only identity that the rules see. */
export interface CommandContext {
  readonly by: Actor;
  readonly now: number;
  readonly command: CommandId | null;
  /** Nothing where it is not said. */
  readonly oversees?: Oversight;
}
