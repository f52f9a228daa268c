import type { DatabaseSync } from 'node:sqlite';
import type { Selectable } from 'kysely';
import type { CommandId, ConversationId, SessionId } from '../../protocol/ids.ts';
import type { LogEvent } from '../domain/conversation.ts';
import { eraseConversations } from './personal-data.ts';
import type { Run } from './recent-events.ts';
import { eventsOf, redactConversations, redacted } from './redact.ts';
import { changingHeadColumns, eventColumns, headColumns, toEvent, toHead, toHeadRow } from './rows.ts';
import type { ConversationTable, EventTable } from './schema.ts';
import type { ConversationHead } from './store.ts';

export type SqliteStatements = ReturnType<typeof prepareSqliteStatements>;

/** The SQL of the log's hot path on SQLite, compiled once. */
export function prepareSqliteStatements(database: DatabaseSync) {
  const prepare = (sql: string) => database.prepare(sql);
  const head = prepare(`select ${headColumns.join(', ')} from conversation where id = ?`);
  const command = prepare(`select ${eventColumns.join(', ')} from event where conversation = ? and command_id = ?`);
  const commands = prepare('select command_id from event where conversation = ? and command_id is not null');
  const openOf = prepare(`select id from conversation where session = ? and phase <> 'ended'`);
  const recent = prepare('select runs from recent order by id');
  const putHead = prepare(
    `insert into conversation (${headColumns.join(', ')})
    values (${headColumns.map((column) => `:${column}`).join(', ')})
    on conflict (id) do update set ${changingHeadColumns.map((column) => `${column} = excluded.${column}`).join(', ')}`,
  );
  // After a crash the row may still be in `recent` of an event that had moved.
  const addEvent = prepare(
    `insert into event (organization, conversation, seq, visitor_seq, command_id, at, actor, body)
    values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (conversation, seq) do nothing`,
  );

  // Ids in JSON, so that one statement takes any number of them.
  const listed = 'in (select value from json_each(?1))';
  const erase = eraseConversations(listed).map(prepare);
  const redact = redactConversations(listed).map(prepare);
  const identities = prepare(eventsOf(listed));
  const setBody = prepare('update event set body = ? where conversation = ? and seq = ?');

  return {
    eraseAll(ids: string) {
      for (const statement of erase) statement.run(ids);
    },
    anonymiseAll(ids: string) {
      const rows = identities.all(ids) as unknown as { conversation: string; seq: number; body: string }[];
      for (const { body, conversation, seq } of redacted(rows)) setBody.run(body, conversation, seq);
      for (const statement of redact) statement.run(ids);
    },

    // At once with the right to write: one that begins by reading could not get it any more.
    begin: prepare('begin immediate'),
    commit: prepare('commit'),
    rollback: prepare('rollback'),

    readHead(id: ConversationId) {
      const row = head.get(id);
      return row && toHead(row as unknown as Selectable<ConversationTable>);
    },
    readCommand(id: ConversationId, commandId: CommandId) {
      const row = command.get(id, commandId);
      return row && toEvent(row as unknown as Selectable<EventTable>);
    },
    readCommands: (id: ConversationId) => commands.all(id).map(({ command_id }) => command_id as CommandId),
    readOpenOf(session: SessionId) {
      return openOf.get(session)?.id as ConversationId | undefined;
    },
    putHead(changed: ConversationHead) {
      putHead.run(toHeadRow(changed));
    },

    addEvent({ organization, id }: Run, { seq, visitorSeq, command: commandId, at, by, body }: LogEvent) {
      const texts = [JSON.stringify(by), JSON.stringify(body)] as const;
      addEvent.run(organization, id, seq, visitorSeq, commandId, at, ...texts);
    },
    setPosition: prepare('update conversation set seq = ?, visitor_seq = ? where id = ?'),

    addRecent: prepare('insert into recent (runs) values (?)'),
    readRecent: () => recent.all().flatMap(({ runs }): Run[] => JSON.parse(String(runs))),
    clearRecent: prepare('delete from recent where id < ?'),
  };
}

/** Primary result code 19, SQLITE_CONSTRAINT, under whatever extended one. */
export const isConstraintError = (error: Error): boolean =>
  'errcode' in error && typeof error.errcode === 'number' && (error.errcode & 0xff) === 19;
