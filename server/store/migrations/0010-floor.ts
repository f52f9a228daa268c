import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What is open on the floor of an organization, and since when it is as it is. */
export const floor: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

const statements = [
  'alter table conversation add column since bigint not null default 0',
  // Nearer than nothing for what is open now; whatever happens next sets it right.
  'update conversation set since = requested_at',
  `create index conversation_floor on conversation (organization, requested_at) where phase <> 'ended'`,
  'create index duty_organization on duty (organization)',
];
