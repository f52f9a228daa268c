import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import type { ConversationId } from '../../protocol/ids.ts';
import type { LogStorage } from './log-storage.ts';
import { type Added, createRecentEvents, type Run, toRun } from './recent-events.ts';
import { createSeenCommands } from './seen-commands.ts';
import { type Before, settle } from './settle.ts';
import { isConstraintError, type SqliteStatements } from './sqlite-statements.ts';
import type { Append, ConversationHead } from './store.ts';
import { messageOf, StoreError } from './store-error.ts';

/** How many rows of `recent` are deleted at once: then they fill the pages that they leave. */
const rowsToClear = 64;

/**
 * Writes the log on SQLite: prepared statements, nothing asynchronous between begin and commit, and few pages
 * (`recent-events.ts`). No other process has the file open.
 */
export function createSqliteLog(database: DatabaseSync, statements: SqliteStatements): LogStorage {
  const recent = createRecentEvents();
  const seen = createSeenCommands((id) => [...statements.readCommands(id), ...recent.commands(id)]);
  let clearedBefore = 0;

  const before: Before = {
    head: (id) => recent.head(id) ?? statements.readHead(id),
    command: (id, command) =>
      seen.isNew(id, command) ? undefined : (recent.command(id, command) ?? statements.readCommand(id, command)),
    openOf: statements.readOpenOf,
  };

  function transaction<Result>(work: () => Result): Result {
    try {
      statements.begin.run();
      const result = work();
      statements.commit.run();
      return result;
    } catch (error) {
      if (database.isTransaction) statements.rollback.run();
      throw isBlameless(error) ? new StoreError('unavailable', `Cannot write: ${messageOf(error)}`, error) : error;
    }
  }

  function write(appended: readonly Append[]) {
    const moved = recent.ripe();
    moveRuns(moved, statements);
    const texts = appended.map((append) => JSON.stringify(toRun(append)));
    const row = Number(statements.addRecent.run(`[${texts.join(',')}]`).lastInsertRowid);
    for (const head of changedHeads(appended, before)) statements.putHead(head);
    if (recent.oldestRow - clearedBefore >= rowsToClear) {
      statements.clearRecent.run(recent.oldestRow);
      clearedBefore = recent.oldestRow;
    }
    const added = appended.map((append, index): Added => ({ append, bytes: texts[index]?.length ?? 0 }));
    return { moved, added, row };
  }

  function remember({ head, events }: Append): void {
    const commands = events.flatMap(({ command }) => command ?? []);
    if (head.phase === 'ended') seen.forget(head.id);
    else seen.add(head.id, commands);
  }

  // What a process that did not close had committed and not moved.
  transaction(() => {
    moveRuns(statements.readRecent(), statements);
    statements.clearRecent.run(Number.MAX_SAFE_INTEGER);
  });

  /** With everything in the tables first: what is in `recent` stands there beside what others said. */
  async function rewrite(ids: readonly ConversationId[], work: (list: string) => void): Promise<void> {
    while (database.isTransaction) await turnOfTheLoop();
    const moved = recent.runs();
    transaction(() => {
      moveRuns(moved, statements);
      statements.clearRecent.run(Number.MAX_SAFE_INTEGER);
      work(JSON.stringify(ids));
    });
    recent.forgetAll();
    seen.clear();
    // The rows are numbered anew.
    clearedBefore = 0;
  }

  return {
    recent,
    isRace: () => false,
    erase: (ids) => rewrite(ids, statements.eraseAll),
    anonymise: (ids) => rewrite(ids, statements.anonymiseAll),

    async commit(appends) {
      // One of Kysely's transactions, which end before the event loop turns again.
      while (database.isTransaction) await turnOfTheLoop();
      const { outcomes, written } = transaction(() => {
        const { outcomes, appended } = settle(appends, before);
        return { outcomes, written: appended.length > 0 ? write(appended) : null };
      });
      if (written) {
        recent.advance(written.moved, written.added, written.row);
        for (const { append } of written.added) remember(append);
      }
      return outcomes;
    },

    async close() {
      transaction(() => {
        moveRuns(recent.runs(), statements);
        statements.clearRecent.run(Number.MAX_SAFE_INTEGER);
      });
    },
  };
}

/** From `recent` into the tables. */
function moveRuns(runs: readonly Run[], { addEvent, setPosition }: SqliteStatements): void {
  for (const run of runs) {
    for (const event of run.events) addEvent(run, event);
    setPosition.run(run.seq, run.visitorSeq, run.id);
  }
}

/** The heads of which more than the position changed: that alone follows when the events move. */
function changedHeads(appended: readonly Append[], before: Before): ConversationHead[] {
  const last = new Map(appended.map(({ head }) => [head.id, head]));
  const changed = [...last.values()].filter((head) => !isSameButForPosition(head, before.head(head.id)));
  // A session has one open conversation at any moment, so the one that ended goes first.
  return changed.sort((a, b) => Number(b.phase === 'ended') - Number(a.phase === 'ended'));
}

const isSameButForPosition = (head: ConversationHead, other: ConversationHead | undefined): boolean =>
  head.phase === other?.phase &&
  head.agent === other.agent &&
  head.asked === other.asked &&
  head.invitedQueue === other.invitedQueue &&
  isSameList(head.guests, other.guests) &&
  head.queue === other.queue &&
  head.dueAt === other.dueAt &&
  head.endedAt === other.endedAt &&
  head.subject === other.subject &&
  head.keyId === other.keyId &&
  head.requestedAt === other.requestedAt &&
  head.since === other.since;

const isSameList = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((item, place) => item === other[place]);

/** Full, broken or read-only disk: not the fault of any one append. */
const isBlameless = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && !isConstraintError(error);
