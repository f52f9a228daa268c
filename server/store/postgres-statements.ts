import type { QueryConfig } from 'pg';
import { changingHeadColumns, eventColumns, headColumns } from './rows.ts';

/** The SQL of the log's hot path on PostgreSQL; named, so that each connection plans it once. */
export const statements = {
  begin: { text: 'begin' },
  commit: { text: 'commit' },
  rollback: { text: 'rollback' },

  /** The conversations of a group and, where some begin, what their sessions have open. All nodes lock in this order. */
  lockHeads: {
    name: 'lock-heads',
    text: `select ${headColumns.join(', ')} from conversation
      where id = any ($1::text[] || array (
        select id from conversation where session = any ($2::text[]) and phase <> 'ended'))
      order by id for update`,
  },

  findCommands: {
    name: 'find-commands',
    text: `select ${['event.conversation', ...eventColumns.map((column) => `event.${column}`)].join(', ')}
      from unnest($1::text[], $2::text[]) as wanted (conversation, command_id)
      join event on event.conversation = wanted.conversation and event.command_id = wanted.command_id`,
  },

  addEvents: {
    name: 'add-events',
    text: `insert into event (organization, conversation, seq, visitor_seq, command_id, at, actor, body)
      select organization, conversation, seq, visitor_seq, command_id, at, actor, body
      from json_to_recordset($1) as given (
        organization text, conversation text, seq bigint, visitor_seq bigint, command_id text, at bigint, actor text,
        body text)`,
  },

  // By session: two nodes that begin conversations of the same sessions wait for one another in one direction only.
  addHeads: {
    name: 'add-heads',
    text: `insert into conversation (${headColumns.join(', ')})
      select ${headColumns.join(', ')} from json_to_recordset($1) as given (
        id text, organization text, site text, session text, queue text, phase text, agent text, guests text, asked text,
        invited_queue text, subject text,
        key_id text, requested_at bigint, since bigint, ended_at bigint, due_at bigint, seq bigint, visitor_seq bigint)
      order by session, id`,
  },

  changeHeads: {
    name: 'change-heads',
    text: `update conversation set ${changingHeadColumns.map((column) => `${column} = given.${column}`).join(', ')}
      from json_to_recordset($1) as given (
        id text, queue text, phase text, agent text, guests text, asked text,
        invited_queue text, subject text, key_id text, requested_at bigint, since bigint, ended_at bigint,
        due_at bigint, seq bigint, visitor_seq bigint)
      where conversation.id = given.id`,
  },
} as const satisfies Record<string, QueryConfig>;
