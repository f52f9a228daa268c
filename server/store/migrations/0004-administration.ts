import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Desks that are set up by clicking: people who come and go, settings of queues and sites, and who changed what. */
export const administration: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of [...people, ...desks, ...audit]) await sql.raw(statement).execute(db);
  },
};

const people = [
  `alter table agent add column languages text not null default '[]'`,
  'alter table agent add column disabled_at bigint',
  'alter table agent add column totp text',
  'alter table agent add column totp_step bigint not null default 0',
  `alter table agent add column recovery text not null default '[]'`,

  `create table staff_link (
    token_hash text not null primary key, organization text not null references organization, agent text not null,
    created_at bigint not null, expires_at bigint not null,
    foreign key (organization, agent) references agent (organization, id))`,
  'create index staff_link_agent on staff_link (agent)',
];

const desks = [
  `alter table queue add column settings text not null default '{}'`,
  'alter table queue add column retired_at bigint',
  `alter table site add column settings text not null default '{}'`,
  'alter table site_key add column last_used_at bigint',

  `create table script_sighting (
    organization text not null, site text not null references site, origin text not null,
    first_at bigint not null, last_at bigint not null, primary key (site, origin))`,

  `create table refused_token (
    id text not null primary key, organization text not null references organization,
    site text not null references site, at bigint not null, check_name text not null, detail text not null)`,
  'create index refused_token_site on refused_token (site, at)',
];

const audit = [
  `create table audit (
    id text not null primary key, organization text not null references organization, at bigint not null,
    actor text not null, actor_name text not null, action text not null, target_kind text, target text,
    target_name text, state_before text, state_after text, address text)`,
  'create index audit_organization on audit (organization, at, id)',
];
