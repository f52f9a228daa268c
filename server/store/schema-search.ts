import type { ConversationId, OrganizationId } from '../../protocol/ids.ts';

/** On PostgreSQL, words are a `tsvector` and marks a `text[]`: only `postgres-search-index.ts` reads or writes them there. */
export interface SearchDocumentTable {
  number: number;
  conversation: ConversationId;
  organization: OrganizationId;
  words: string;
  marks: string;
  settled: number;
}
