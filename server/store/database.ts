import type { CompiledQuery, Kysely } from 'kysely';
import type { LogStorage } from './log-storage.ts';
import type { Schema } from './schema.ts';
import type { SearchIndex } from './search-index.ts';

/** An open database with its tables up to date. */
export interface Database {
  readonly db: Kysely<Schema>;
  readonly log: LogStorage;
  readonly search: SearchIndex;
  /** For what a crash may undo, such as how far somebody has read: it waits for no disk. */
  writeLoosely(query: CompiledQuery): Promise<void>;
  /** `Privacy.scrub`. */
  scrub(): Promise<void>;
  close(): Promise<void>;
}
