import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Where other systems are told of what happens, what is to be told them, and with which keys they may ask. */
export const hooks: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

const statements = [
  `create table webhook (
    id text not null primary key, organization text not null references organization, name text not null,
    url text not null, kinds text not null, audience text not null, created_at bigint not null, state text not null,
    since bigint not null, failing_since bigint, secrets text not null)`,
  'create index webhook_organization on webhook (organization)',

  `create table delivery (
    id text not null primary key, organization text not null references organization,
    webhook text not null references webhook on delete cascade,
    conversation text references conversation on delete cascade, seq bigint, kind text not null,
    created_at bigint not null, state text not null, tries bigint not null, tried_at bigint, status bigint, failure text)`,
  'create unique index delivery_place on delivery (conversation, webhook, seq)',
  'create index delivery_webhook on delivery (webhook, created_at, id)',

  `create table delivery_lane (
    webhook text not null references webhook on delete cascade,
    conversation text not null references conversation on delete cascade,
    organization text not null references organization, waiting bigint not null, failures bigint not null,
    failing_since bigint, next_at bigint, primary key (webhook, conversation))`,
  'create index delivery_lane_due on delivery_lane (next_at)',
  'create index delivery_lane_conversation on delivery_lane (conversation)',

  `create table api_key (
    id text not null primary key, organization text not null references organization, name text not null,
    token_hash text not null unique, scopes text not null, created_by text not null, created_at bigint not null,
    expires_at bigint, last_used_at bigint, revoked_at bigint)`,
  'create index api_key_organization on api_key (organization)',
];
