import type { TokenCheck } from '../../protocol/codes.ts';
import type {
  Actor,
  AgentRef,
  Audience,
  ClaimedVariable,
  Page,
  QueueRef,
  Verification,
  VerifiedVariable,
} from '../../protocol/entities.ts';
import type { CommandId } from '../../protocol/ids.ts';

/** What the site's token proved, or the check that it failed. */
export type IdentityClaim =
  | { readonly state: 'verified'; readonly verification: Verification; readonly variables: readonly VerifiedVariable[] }
  | { readonly state: 'refused'; readonly check: TokenCheck };

/** Everything that can be asked of a conversation: what visitors and agents send, and what the desk does itself. */
export type Command =
  | {
      readonly type: 'request';
      readonly queue: QueueRef;
      readonly page: Page;
      readonly locale: string;
      readonly claims: readonly ClaimedVariable[];
      readonly identity: IdentityClaim | null;
    }
  | { readonly type: 'message'; readonly text: string; readonly audience: Audience }
  | { readonly type: 'end' }
  | { readonly type: 'accept' }
  | { readonly type: 'decline' }
  | { readonly type: 'visit'; readonly page: Page }
  | { readonly type: 'claim'; readonly variables: readonly ClaimedVariable[] }
  | { readonly type: 'identify'; readonly identity: IdentityClaim }
  | { readonly type: 'revoke'; readonly keyId: string }
  | { readonly type: 'present'; readonly agent: AgentRef; readonly until: number }
  | { readonly type: 'lapse' }
  /** The agent it is presented to can no longer answer: connection lost, paused, or off. */
  | { readonly type: 'return'; readonly agent: AgentRef }
  /** The agent who had it did not come back within the grace period. */
  | { readonly type: 'lose'; readonly agent: AgentRef }
  | { readonly type: 'abandon' }
  | { readonly type: 'sign_out' };

/** Who asks, when, and under which id of the sender's. The only clock and the only identity that the rules see. */
export interface CommandContext {
  readonly by: Actor;
  readonly now: number;
  readonly command: CommandId | null;
}
