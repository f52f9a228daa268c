import type { Kysely } from 'kysely';
import { beat } from '../beat/beat.ts';
import { createGroupCommit } from './group-commit.ts';
import type { LogStorage } from './log-storage.ts';
import { eventColumns, toEvent } from './rows.ts';
import type { Schema } from './schema.ts';
import type { Append, AppendOutcome, ConversationLog } from './store.ts';
import { StoreError } from './store-error.ts';

/** A group of this size takes SQLite a few milliseconds, for which the event loop waits. */
const groupSize = 256;
/** A minute's worth of a busy desk. */
const capacity = 20_000;
/** Each try loses only to a commit that another node brought through. */
const maxTries = 5;

type Result = PromiseSettledResult<AppendOutcome>;

/**
 * The log of every conversation, in the table `event`, and its head in `conversation`. Positions are given by whoever
 * decided; what is written is what still fits when the transaction has the conversation to itself.
 */
export function createLog(db: Kysely<Schema>, storage: LogStorage): ConversationLog & { close(): Promise<void> } {
  const group = createGroupCommit<Append, AppendOutcome>({
    commit: (appends) => commitTogether(storage, appends),
    groupSize,
    capacity,
    beat,
    onFull: () => new StoreError('unavailable', 'Too many events wait for the database.'),
  });
  const { recent } = storage;
  const events = () => db.selectFrom('event').select(eventColumns);

  return {
    append: (append) => group.submit(append),

    async read(conversation, after, limit) {
      const later = recent.after(conversation, after);
      // Nothing of what was asked for has moved: most readers are at the end of the log.
      if (later[0]?.seq === after + 1) return later.slice(0, limit);
      const query = events().where('conversation', '=', conversation).where('seq', '>', after);
      const rows = await query.orderBy('seq').limit(limit).execute();
      const last = rows.at(-1)?.seq ?? after;
      return [...rows.map(toEvent), ...later.filter((event) => event.seq > last)].slice(0, limit);
    },

    async readVisible(conversation, after, limit) {
      const later = recent.after(conversation, 0);
      // A place is never below the visitor's number there, so what comes before need not be looked at.
      const query = events().where('conversation', '=', conversation).where('seq', '>', after);
      const rows = await query.where('visitor_seq', '>', after).orderBy('seq').limit(limit).execute();
      const last = rows.at(-1)?.visitor_seq ?? after;
      const visible = later.filter(({ visitorSeq }) => visitorSeq !== null && visitorSeq > last);
      return [...rows.map(toEvent), ...visible].slice(0, limit);
    },

    async findCommand(conversation, command) {
      const found = recent.command(conversation, command);
      if (found) return found;
      const query = events().where('conversation', '=', conversation).where('command_id', '=', command);
      const row = await query.executeTakeFirst();
      return row ? toEvent(row) : null;
    },

    erase: storage.erase,
    anonymise: storage.anonymise,

    async close() {
      await group.settled();
      await storage.close();
    },
  };
}

/** All in one transaction; where one of them makes it fail, each in its own, so that it fails alone. */
async function commitTogether(storage: LogStorage, appends: readonly Append[]): Promise<Result[]> {
  if (appends.length > 1) {
    try {
      return (await storage.commit(appends)).map(fulfilled);
    } catch (reason) {
      if (reason instanceof StoreError) return appends.map(() => ({ status: 'rejected', reason }));
    }
  }
  const results: Result[] = [];
  for (const append of appends) results.push(...(await commitAlone(storage, append)));
  return results;
}

async function commitAlone(storage: LogStorage, append: Append): Promise<Result[]> {
  for (let tries = 1; ; tries++) {
    try {
      return (await storage.commit([append])).map(fulfilled);
    } catch (reason) {
      if (!storage.isRace(reason) || tries === maxTries) return [{ status: 'rejected', reason }];
    }
  }
}

const fulfilled = (value: AppendOutcome): Result => ({ status: 'fulfilled', value });
