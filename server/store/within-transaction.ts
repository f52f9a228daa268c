import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Does `work` in a transaction of its own, or in the one that `db` is already. */
export const withinTransaction = <Result>(
  db: Kysely<Schema>,
  work: (transaction: Kysely<Schema>) => Promise<Result>,
): Promise<Result> => (db.isTransaction ? work(db) : db.transaction().execute(work));
