import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const migration = (statements: readonly string[]): Migration => ({
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
});

const columns = 'organization, conversation, seq, visitor_seq, command_id, at, actor, body';

/**
 * Events lie in the order in which they are read, conversation by conversation, and stand in no index of that order beside
 * it: a fifth less disk, and as much less to write for each. The visitor's numbers rise along with it, so they need none.
 */
export const sqliteClusteredEvents = migration([
  `create table clustered_event (
    organization text not null, conversation text not null, seq bigint not null, visitor_seq bigint,
    command_id text, at bigint not null, actor text not null, body text not null,
    primary key (conversation, seq)) without rowid`,
  `insert into clustered_event (${columns}) select ${columns} from event order by conversation, seq`,
  'drop table event',
  'alter table clustered_event rename to event',
  `create unique index event_command on event (conversation, command_id) where command_id is not null`,
]);

export const postgresClusteredEvents = migration(['drop index event_visitor_seq']);
