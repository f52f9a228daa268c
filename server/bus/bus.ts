import type { AgentStatus } from '../../protocol/agent-frames.ts';
import type { TokenCheck } from '../../protocol/codes.ts';
import type { Signal } from '../../protocol/frames.ts';
import type { AgentId, ConversationId, OrganizationId, QueueId, SessionId } from '../../protocol/ids.ts';
import type { LogEvent } from '../domain/conversation.ts';

/** `log` is told what is committed in any conversation, `floor` that an organization's floor or statistics may look different. */
export type Topic =
  | `conversation:${ConversationId}`
  | `session:${SessionId}`
  | `agent:${AgentId}`
  | `floor:${OrganizationId}`
  | 'log';

export type BusMessage =
  /** Committed just now. A hint: whoever missed one reads the log. */
  | { readonly kind: 'events'; readonly conversation: ConversationId; readonly events: readonly LogEvent[] }
  /** Never kept, and lost without harm. */
  | {
      readonly kind: 'signal';
      readonly conversation: ConversationId;
      readonly to: 'visitor' | 'agents';
      readonly signal: Signal;
    }
  /** Erased, or made anonymous: what is remembered of it is to be forgotten. */
  | { readonly kind: 'rewritten'; readonly conversation: ConversationId }
  /** To a session: its current conversation is another one now. */
  | { readonly kind: 'begun'; readonly conversation: ConversationId }
  /** To an agent: it concerns them from now on, or no longer. `erased` also to who reads it. */
  | { readonly kind: 'open'; readonly conversation: ConversationId }
  | {
      readonly kind: 'gone';
      readonly conversation: ConversationId;
      readonly reason:
        | 'declined'
        | 'lapsed'
        | 'returned'
        | 'ended'
        | 'lost'
        | 'left'
        | 'moved'
        | 'withdrawn'
        | 'erased';
    }
  /** To who watches a floor: look again. */
  | { readonly kind: 'stirred' }
  /** To the same, and to who reads statistics: the sums of these queues are others now. */
  | { readonly kind: 'counted'; readonly queues: readonly QueueId[] }
  | { readonly kind: 'status'; readonly status: AgentStatus }
  /** To a session: what was verified is not any more, though its visitor did nothing. */
  | { readonly kind: 'unverified'; readonly check: TokenCheck }
  /** To a session or an agent: it was signed out, and its sockets close; `only` those of this sign-in (its token's hash). */
  | { readonly kind: 'signed_out'; readonly only?: string };

/**
 * Tells the sockets of every node what was committed. It may lose messages and must not be relied on for anything but
 * speed: the log is the truth, and a reader who sees a gap reads it.
 */
export interface Bus {
  publish(topic: Topic, message: BusMessage): void;
  /** Listeners are called in the order of publishing and must not throw. Returns the way to stop. */
  subscribe(topic: Topic, listener: (message: BusMessage) => void): () => void;
  close(): Promise<void>;
}
