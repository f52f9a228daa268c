import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** SQLite alone: what was committed of late and is not in `event` yet; `recent-events.ts` says why. */
export const recentEvents: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create table recent (id integer primary key, runs text not null)`.execute(db);
  },
};
