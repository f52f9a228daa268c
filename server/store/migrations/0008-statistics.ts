import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** How far each follower has read the logs, what was counted of them by day, and in which time zone days are counted. */
export const statistics: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

const statements = [
  'alter table organization add column time_zone text',

  // By conversation first: with it, its positions go.
  `create table follower (
    conversation text not null references conversation on delete cascade, follower text not null,
    seq bigint not null, memory text not null, primary key (conversation, follower))`,

  // Refers to no conversation, and so outlives all of them.
  `create table statistic (
    organization text not null references organization, day text not null, queue text not null, agent text not null,
    kind text not null, value text not null, count bigint not null, total bigint not null,
    primary key (organization, day, queue, agent, kind, value))`,

  // Says where a comment stands. What it says is in the log alone, and goes with the conversation.
  `create table rating_comment (
    conversation text not null references conversation on delete cascade, seq bigint not null,
    organization text not null references organization, day text not null, at bigint not null,
    queue text not null, agent text not null, score bigint not null, primary key (conversation, seq))`,
  'create index rating_comment_day on rating_comment (organization, at)',
];
