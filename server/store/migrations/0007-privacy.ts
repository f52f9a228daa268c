import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Finding all that is kept of one visitor, and what is about to be deleted. */
export const privacy: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

const statements = [
  'create index session_subject on session (organization, subject) where subject is not null',
  'create index conversation_person on conversation (organization, subject) where subject is not null',

  // Set when retention has taken from it who the visitor was.
  'alter table conversation add column anonymous bigint not null default 0',
  // Set while somebody must keep it, whatever retention says: a legal hold.
  'alter table conversation add column held bigint not null default 0',
  `create index conversation_ended on conversation (site, ended_at) where phase = 'ended'`,
  `create index conversation_known on conversation (site, ended_at) where phase = 'ended' and anonymous = 0`,

  // Under which addresses a visitor was known or said to be reached, in small letters.
  `create table visitor_email (
    organization text not null, email text not null, conversation text not null references conversation on delete cascade,
    primary key (organization, email, conversation))`,
  'create index visitor_email_conversation on visitor_email (conversation)',

  // Whose erasure it is stands there as a hash; what is left of it to do in `erasure_target`, until it is done.
  `create table erasure (
    id text not null primary key, organization text not null references organization, person text not null,
    agent text not null, agent_name text not null, requested_at bigint not null, done_at bigint,
    conversations bigint not null, files bigint not null)`,
  'create index erasure_organization on erasure (organization, requested_at, id)',
  `create table erasure_target (
    erasure text not null references erasure on delete cascade, kind text not null, id text not null,
    primary key (erasure, kind, id))`,

  // SHA-256 of the ids of sessions that were erased, so that none of them comes back by a request that was under way.
  'create table erased_session (id_hash text not null primary key, erased_at bigint not null)',

  // Whose row is gone, and whose bytes go next. Refers to nothing, and outlives a crash between the two.
  'create table doomed_file (id text not null primary key)',

  `create table export_link (
    token_hash text not null primary key, organization text not null references organization, agent text not null,
    expires_at bigint not null, conversations text not null)`,
  'create index export_link_expires on export_link (expires_at)',
];
