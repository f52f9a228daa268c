import type { Kysely, Transaction } from 'kysely';
import type { ConversationId, OrganizationId } from '../../protocol/ids.ts';
import type { Schema } from './schema.ts';
import type { FoundConversation } from './search-store.ts';

/** One conversation as it stands in the index. */
export interface SearchDocument {
  readonly number: number;
  readonly conversation: ConversationId;
  readonly organization: OrganizationId;
  readonly words: readonly string[];
  readonly marks: readonly string[];
  readonly isSettled: boolean;
}

export interface IndexQuestion {
  readonly organization: OrganizationId;
  readonly words: readonly { readonly word: string; readonly isOpen: boolean }[];
  /** Of each group one must be there. */
  readonly marks: readonly (readonly string[])[];
  /** Numbers: from the first on, and below the second. */
  readonly from: number;
  readonly before: number;
}

/** What the two databases do each in its own way. Words and marks come as they are: nothing in them is syntax to either. */
export interface SearchIndex {
  read(db: Transaction<Schema>, conversation: ConversationId): Promise<Pick<SearchDocument, 'number' | 'words'> | null>;
  /** False where the number is another conversation's. */
  add(db: Transaction<Schema>, document: SearchDocument): Promise<boolean>;
  replace(db: Transaction<Schema>, document: SearchDocument): Promise<void>;
  /** The newest first. */
  find(db: Kysely<Schema>, question: IndexQuestion, limit: number): Promise<FoundConversation[]>;
}
