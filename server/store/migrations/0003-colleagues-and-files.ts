import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Several agents in one conversation, files, presets, saved offers, and what follows a chat. */
export const colleaguesAndFiles: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of [...conversations, ...desk, ...files]) await sql.raw(statement).execute(db);
  },
};

const conversations = [
  `alter table conversation add column guests text not null default '[]'`,
  `alter table conversation add column asked text`,
  `alter table conversation add column invited_queue text`,
  'drop index conversation_due',
  'create index conversation_due on conversation (due_at) where due_at is not null',
  'create index conversation_asked on conversation (asked) where asked is not null',
  'create index conversation_invited on conversation (invited_queue) where invited_queue is not null',
  'create index conversation_organization on conversation (organization, requested_at, id)',
  // Few at any time, so that looking through all of them costs nothing.
  `create index conversation_guests on conversation (id) where guests <> '[]' and phase = 'active'`,
];

const desk = [
  'alter table queue add column wrap_up_ms bigint not null default 0',
  'alter table queue add column closing text',
  'alter table site add column files bigint not null default 1',
  'alter table duty add column wrap_up_until bigint',

  `create table preset (
    id text not null primary key, organization text not null references organization, queue text,
    folder text not null, title text not null, text text not null, place bigint not null,
    foreign key (organization, queue) references queue (organization, id))`,
  'create index preset_organization on preset (organization, folder, place)',

  `create table saved_offer (
    id text not null primary key, organization text not null references organization, name text not null,
    content text not null, saved_by text not null, saved_at bigint not null,
    foreign key (organization, saved_by) references agent (organization, id))`,
  'create index saved_offer_organization on saved_offer (organization, name)',
];

const files = [
  `create table file (
    id text not null primary key, organization text not null references organization,
    conversation text not null references conversation, audience text not null, agent text,
    name text not null, kind text not null, type text not null, bytes bigint not null, width bigint, height bigint,
    state text not null, command_id text, created_at bigint not null,
    foreign key (organization, agent) references agent (organization, id))`,
  'create index file_conversation on file (conversation, created_at)',
  'create index file_created on file (created_at)',
  `create index file_unsent on file (created_at) where state <> 'sent'`,
];
