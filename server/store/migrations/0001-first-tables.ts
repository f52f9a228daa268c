import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Every table that staff can reach carries its organization, and refers to its neighbours together with it: no row of one
 * organization can point into another, whatever the program does. Columns are text and bigint alone, which both
 * databases understand alike.
 */
export const firstTables: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of [...desk, ...visitors, ...conversations]) await sql.raw(statement).execute(db);
  },
};

const desk = [
  `create table organization (id text not null primary key, name text not null)`,

  `create table queue (
    id text not null primary key, organization text not null references organization, name text not null,
    unique (organization, id))`,

  `create table profile (
    id text not null primary key, organization text not null references organization, name text not null,
    unique (organization, id))`,

  `create table profile_queue (
    organization text not null, profile text not null, queue text not null, place bigint not null,
    primary key (profile, queue),
    foreign key (organization, profile) references profile (organization, id),
    foreign key (organization, queue) references queue (organization, id))`,
  `create index profile_queue_queue on profile_queue (queue)`,

  `create table site (
    id text not null primary key, organization text not null references organization, name text not null,
    origins text not null, queue text not null, queues text not null, ask text not null,
    token_lifetime_ms bigint not null, labels text not null,
    unique (organization, id),
    foreign key (organization, queue) references queue (organization, id))`,

  `create table site_key (
    organization text not null, site text not null, kid text not null,
    created_at bigint not null, revoked_at bigint, material text not null,
    primary key (site, kid),
    foreign key (organization, site) references site (organization, id))`,

  `create table agent (
    id text not null primary key, organization text not null references organization, name text not null,
    email text not null unique, password_hash text not null, role text not null, room bigint not null,
    unique (organization, id))`,

  `create table agent_profile (
    organization text not null, agent text not null, profile text not null, place bigint not null,
    primary key (agent, profile),
    foreign key (organization, agent) references agent (organization, id),
    foreign key (organization, profile) references profile (organization, id))`,

  `create table duty (
    agent text not null primary key, organization text not null, state text not null, profile text, paused_by text,
    reason text, since bigint not null, idle_since bigint not null, missed bigint not null, lost_at bigint,
    foreign key (organization, agent) references agent (organization, id),
    foreign key (organization, profile) references profile (organization, id))`,
  `create index duty_profile on duty (profile) where state <> 'off'`,
  `create index duty_lost on duty (lost_at) where lost_at is not null`,

  `create table staff_session (
    token_hash text not null primary key, agent text not null references agent, csrf text not null,
    created_at bigint not null, expires_at bigint not null)`,
  `create index staff_session_agent on staff_session (agent)`,
  `create index staff_session_expires on staff_session (expires_at)`,
];

const visitors = [
  `create table session (
    id text not null primary key, organization text not null, site text not null, token_hash text not null,
    thumbprint text not null, subject text, created_at bigint not null, lost_at bigint, revoked_at bigint,
    unique (site, token_hash),
    unique (organization, id),
    foreign key (organization, site) references site (organization, id))`,
];

const conversations = [
  `create table conversation (
    id text not null primary key, organization text not null, site text not null, session text not null, queue text not null,
    phase text not null, agent text, subject text, key_id text, requested_at bigint not null, ended_at bigint,
    due_at bigint, seq bigint not null, visitor_seq bigint not null, seen bigint not null default 0,
    foreign key (organization, site) references site (organization, id),
    foreign key (organization, session) references session (organization, id),
    foreign key (organization, queue) references queue (organization, id),
    foreign key (organization, agent) references agent (organization, id))`,
  `create unique index conversation_open on conversation (session) where phase <> 'ended'`,
  `create index conversation_session on conversation (session, requested_at)`,
  `create index conversation_agent on conversation (agent) where phase in ('presented', 'active')`,
  `create index conversation_waiting on conversation (requested_at) where phase = 'waiting'`,
  `create index conversation_queue on conversation (queue, requested_at) where phase in ('waiting', 'presented')`,
  `create index conversation_due on conversation (due_at) where phase = 'presented'`,
  `create index conversation_key on conversation (site, key_id) where phase <> 'ended'`,
  `create index conversation_subject on conversation (site, subject, ended_at) where phase = 'ended'`,

  // No foreign key: the log writes an event together with its conversation, and on this table a check would be felt.
  `create table event (
    organization text not null, conversation text not null, seq bigint not null, visitor_seq bigint,
    command_id text, at bigint not null, actor text not null, body text not null,
    primary key (conversation, seq))`,
  `create unique index event_visitor_seq on event (conversation, visitor_seq) where visitor_seq is not null`,
  `create unique index event_command on event (conversation, command_id) where command_id is not null`,
];
