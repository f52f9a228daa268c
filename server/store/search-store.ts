import type { AgentId, ConversationId, OrganizationId, QueueId } from '../../protocol/ids.ts';
import type { Outcome } from '../domain/findable.ts';
import type { Step } from './followers-store.ts';

/** By what a conversation is found beside its words. */
export interface SearchMarks {
  readonly queue: QueueId;
  readonly agents: readonly AgentId[];
  readonly category: string | null;
  readonly outcome: Outcome;
}

/** What was read of a conversation on the way from one position to the next. */
export interface IndexedStep extends Step {
  readonly organization: OrganizationId;
  readonly requestedAt: number;
  /** New words, as `wordsOf` writes them, and verified facts, as `factOf` does. What is known already may be among them. */
  readonly words: ReadonlySet<string>;
  readonly facts: ReadonlySet<string>;
  readonly marks: SearchMarks;
  /** Little more is to come. What is not settled changes often, and is looked through word by word. */
  readonly isSettled: boolean;
}

export interface SearchQuestion {
  /** Each must be there; of an open one, something that begins like it. */
  readonly words: readonly { readonly word: string; readonly isOpen: boolean }[];
  readonly facts: readonly string[];
  /** One of these; null is all of the organization's. */
  readonly queues: readonly QueueId[] | null;
  readonly agent?: AgentId | undefined;
  readonly category?: string | undefined;
  readonly outcome?: Outcome | undefined;
  /** Requested not before, and before. */
  readonly from?: number | undefined;
  readonly until?: number | undefined;
}

/** A conversation, and its place in the order of all: by when it was requested. No two have the same. */
export interface FoundConversation {
  readonly conversation: ConversationId;
  readonly number: number;
}

/**
 * The full-text index of the chat log (follower `search`): words without their order, one document a conversation. It says
 * where to look; what the texts say, and who may see it, is asked of the log and of `domain/audience.ts`.
 *
 * Erasing: the row of a conversation goes with its row in `conversation`, in the same transaction, and takes its words out
 * of the index with it (`on delete cascade`, and triggers on SQLite). Who erases conversations has nothing to call.
 */
export interface Search {
  /** All in one transaction. Resolves with those of which another node was quicker; of them nothing is written. */
  record(steps: readonly IndexedStep[]): Promise<ConversationId[]>;
  /** The newest first, with numbers below `before`. What it costs depends on `limit`, and hardly on how common a word is. */
  find(
    organization: OrganizationId,
    question: SearchQuestion,
    before: number | null,
    limit: number,
  ): Promise<FoundConversation[]>;
}

/** The name of the follower. */
export const searchFollower = 'search';

/** Of one millisecond; the rest of a number is the time, so that it stays a safe integer until the year 2248. */
const numbersEach = 1024;
/** The lowest number of what was requested at this time or later. */
export const numberAt = (at: number): number => at * numbersEach;
export const timeOfNumber = (number: number): number => Math.floor(number / numbersEach);
