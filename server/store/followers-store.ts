import type { ConversationId } from '../../protocol/ids.ts';

/** How far somebody has read a log, and what they must know to go on from there. */
export interface Position {
  /** 0 is before the first event. */
  readonly seq: number;
  /** The follower's own; empty at the beginning. */
  readonly memory: string;
}

/** A step from one position to the next. It is committed together with what follows from the events in between. */
export interface Step {
  readonly conversation: ConversationId;
  readonly from: number;
  readonly to: number;
  readonly memory: string;
}

/**
 * Where the followers of the logs are, each under a name of its own. Positions change only where a follower's own tables
 * do, in the same transaction (`advance` in `followers.ts`), and go with their conversation.
 */
export interface Followers {
  /** In each of these; in one that it has not begun, before the first event. */
  positions(follower: string, conversations: readonly ConversationId[]): Promise<Map<ConversationId, Position>>;
  /** Conversations with more in their log than it has read, in the order of their ids, after this one. */
  behind(follower: string, after: ConversationId | null, limit: number): Promise<ConversationId[]>;
}
