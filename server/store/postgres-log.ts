import type { Selectable } from 'kysely';
import type { Pool, PoolClient, QueryConfig } from 'pg';
import type { CommandId, ConversationId } from '../../protocol/ids.ts';
import { type LogStorage, nothingRecent } from './log-storage.ts';
import { eraseConversations } from './personal-data.ts';
import { commitError, isRace, outageError, sqlState } from './postgres-errors.ts';
import { statements } from './postgres-statements.ts';
import { eventsOf, redactConversations, redacted } from './redact.ts';
import { toEvent, toEventRow, toHead, toHeadRow } from './rows.ts';
import type { ConversationTable, EventTable } from './schema.ts';
import { type Before, settle } from './settle.ts';
import type { Append, ConversationHead } from './store.ts';

/**
 * Writes the log on PostgreSQL, in a fixed number of statements however many events a group has. Nodes take turns by
 * locking the heads in the order of their ids, so that they never wait for one another in a circle.
 */
export function createPostgresLog(pool: Pool): LogStorage {
  return {
    recent: nothingRecent,
    isRace,

    async commit(appends) {
      const client = await pool.connect().catch((error) => Promise.reject(outageError(error)));
      try {
        const before = await lock(client, appends);
        const { outcomes, appended } = settle(appends, before);
        await writeAndCommit(client, appended, before);
        client.release();
        return outcomes;
      } catch (error) {
        client.release(!(await rolledBack(client, error)));
        throw error;
      }
    },

    erase: (ids) => rewrite(pool, ids, eraseAll),
    anonymise: (ids) => rewrite(pool, ids, anonymiseAll),

    close: () => pool.end(),
  };
}

async function lock(client: PoolClient, appends: readonly Append[]): Promise<Before> {
  const ids = [...new Set(appends.map(({ head }) => head.id))];
  const sessions = appends.filter(({ expected }) => expected === 0).map(({ head }) => head.session);
  const wanted = commandsOf(appends);
  // The commands are looked for by a statement of their own, so that it sees what those committed for whom the lock waits.
  const [, locked, found] = await Promise.all([
    client.query(statements.begin),
    client.query<Selectable<ConversationTable>>({ ...statements.lockHeads, values: [ids, sessions] }),
    client.query<Selectable<EventTable>>({ ...statements.findCommands, values: wanted }),
  ]).catch((error) => Promise.reject(outageError(error)));

  const heads = new Map(locked.rows.map((row) => [row.id, toHead(row)]));
  const open = new Map(locked.rows.filter(({ phase }) => phase !== 'ended').map((row) => [row.session, row.id]));
  const commands = new Map(found.rows.map((row) => [`${row.conversation} ${row.command_id}`, toEvent(row)]));
  return {
    head: (id) => heads.get(id),
    command: (id, command) => commands.get(`${id} ${command}`),
    openOf: (session) => open.get(session),
  };
}

function commandsOf(appends: readonly Append[]): [ConversationId[], CommandId[]] {
  const conversations: ConversationId[] = [];
  const commands: CommandId[] = [];
  for (const { head, events } of appends)
    for (const { command } of events)
      if (command !== null) {
        conversations.push(head.id);
        commands.push(command);
      }
  return [conversations, commands];
}

/** Sent together: where one fails the server refuses the others, and turns the commit into a rollback. */
async function writeAndCommit(client: PoolClient, appended: readonly Append[], before: Before): Promise<void> {
  const results = await Promise.all([
    ...writes(appended, before).map((query) => client.query(query)),
    client.query(statements.commit),
  ]).catch((error) => Promise.reject(commitError(error)));
  const command = results.at(-1)?.command;
  if (command !== 'COMMIT') throw new Error(`The commit ended in ${command}.`);
}

function writes(appended: readonly Append[], before: Before): QueryConfig[] {
  const events = appended.flatMap(({ head, events }) => events.map((event) => toEventRow(head, event)));
  const heads = [...new Map(appended.map(({ head }) => [head.id, head])).values()];
  const isKnown = ({ id }: ConversationHead) => before.head(id) !== undefined;
  // What was open before what begins: a session has one open conversation at any moment, also between two statements.
  const rows = [
    { statement: statements.addEvents, rows: events },
    { statement: statements.changeHeads, rows: heads.filter(isKnown).map(toHeadRow) },
    { statement: statements.addHeads, rows: heads.filter((head) => !isKnown(head)).map(toHeadRow) },
  ];
  return rows
    .filter(({ rows }) => rows.length > 0)
    .map(({ statement, rows }) => ({ ...statement, values: [JSON.stringify(rows)] }));
}

/** Whether the connection can be used again: after an error that the server itself reported, unless that was its last word. */
async function rolledBack(client: PoolClient, error: unknown): Promise<boolean> {
  if (sqlState(error) === undefined) return false;
  return client.query(statements.rollback).then(
    () => true,
    () => false,
  );
}

/** In one transaction, which has the conversations to itself: whoever is about to append finds them as they are then. */
async function rewrite(
  pool: Pool,
  ids: readonly ConversationId[],
  work: (client: PoolClient, ids: readonly ConversationId[]) => Promise<void>,
): Promise<void> {
  const client = await pool.connect().catch((error) => Promise.reject(outageError(error)));
  try {
    await client.query(statements.begin);
    await client.query({ ...statements.lockHeads, values: [ids, []] });
    await work(client, ids);
    await client.query(statements.commit);
    client.release();
  } catch (error) {
    client.release(!(await rolledBack(client, error)));
    throw error;
  }
}

const listed = '= any ($1::text[])';

async function eraseAll(client: PoolClient, ids: readonly ConversationId[]): Promise<void> {
  for (const text of eraseConversations(listed)) await client.query(text, [ids]);
}

async function anonymiseAll(client: PoolClient, ids: readonly ConversationId[]): Promise<void> {
  const { rows } = await client.query<{ conversation: string; seq: number; body: string }>(eventsOf(listed), [ids]);
  for (const { body, conversation, seq } of redacted(rows))
    await client.query('update event set body = $1 where conversation = $2 and seq = $3', [body, conversation, seq]);
  for (const text of redactConversations(listed)) await client.query(text, [ids]);
}
