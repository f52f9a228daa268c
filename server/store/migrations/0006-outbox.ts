import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Mails that are to leave, and addresses that are to be confirmed. */
export const outbox: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

const statements = [
  `create table outbox (
    id text not null primary key, organization text not null references organization, kind text not null,
    conversation text references conversation on delete cascade, site text, session text, agent text, seq bigint,
    recipient text not null, recipient_key text not null, language text not null, created_at bigint not null,
    state text not null, tries bigint not null, tried_at bigint, next_at bigint, failure text, detail text, secret text)`,
  'create index outbox_due on outbox (next_at)',
  'create index outbox_page on outbox (organization, created_at, id)',
  'create index outbox_recipient on outbox (recipient_key, created_at)',
  'create index outbox_session on outbox (session, created_at)',
  'create index outbox_conversation on outbox (conversation)',

  `create table confirmation (
    token_hash text not null primary key, organization text not null references organization,
    conversation text not null references conversation on delete cascade, site text not null, email text not null,
    language text not null, expires_at bigint not null)`,
  'create index confirmation_conversation on confirmation (conversation)',
];
