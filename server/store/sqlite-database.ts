import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { Kysely } from 'kysely';
import type { Database } from './database.ts';
import { migrate } from './migrate.ts';
import type { Schema } from './schema.ts';
import { createStatementCache, NodeSqliteDialect } from './sqlite-dialect.ts';
import { createSqliteLog } from './sqlite-log.ts';
import { sqliteSearchIndex } from './sqlite-search-index.ts';
import { prepareSqliteStatements } from './sqlite-statements.ts';
import { messageOf, StoreError } from './store-error.ts';

/** How long a process waits for another that is about to end, as at a restart. */
const lockTimeoutMs = 1000;
/** `PRAGMA cache_size`, in kibibytes. */
const cacheKibibytes = 32 * 1024;
/** The write-ahead log is copied into the file at this many pages of 4 kB, and cut to this size when it was longer. */
const walPages = 4000;
const walBytes = walPages * 4096;

/** Opens the file, or makes it. Only this process can have it open, for as long as it runs, however it ends. */
export async function openSqliteDatabase(file: string): Promise<Database> {
  const database = openFile(file);
  try {
    const db = new Kysely<Schema>({ dialect: new NodeSqliteDialect(database) });
    await migrate(db, 'sqlite', file);
    return createDatabase(database, db);
  } catch (error) {
    database.close();
    throw error;
  }
}

function createDatabase(database: DatabaseSync, db: Kysely<Schema>): Database {
  const prepare = createStatementCache((sql) => database.prepare(sql));
  const log = createSqliteLog(database, prepareSqliteStatements(database));
  return {
    db,
    log,
    search: sqliteSearchIndex,

    async writeLoosely({ sql, parameters }) {
      // What is written here is in the order of the write-ahead log all the same: the next full commit syncs it too.
      database.exec('pragma synchronous = normal');
      try {
        prepare(sql).run(...(parameters as SQLInputValue[]));
      } finally {
        database.exec('pragma synchronous = full');
      }
    },

    async scrub() {
      // The write-ahead log still has the pages as they were before.
      database.exec('pragma wal_checkpoint(truncate)');
    },

    async close() {
      await db.destroy();
      if (database.isOpen) database.close();
    },
  };
}

function openFile(file: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true });
    // Made by hand, so that from its first byte it is nobody else's to read; SQLite gives its own files the same rights.
    closeSync(openSync(file, 'a', 0o600));
    database = new DatabaseSync(file, { timeout: lockTimeoutMs, enableForeignKeyConstraints: true });
    configure(database);
    return database;
  } catch (error) {
    database?.close();
    throw openError(file, error);
  }
}

function configure(database: DatabaseSync): void {
  // The lock is the kernel's and goes with the process, so that a killed one leaves none behind. It also keeps the
  // index of the write-ahead log out of a shared file.
  database.exec('pragma locking_mode = exclusive');
  database.exec('pragma journal_mode = wal');
  database.exec('pragma synchronous = full');
  database.exec(`pragma cache_size = -${cacheKibibytes}`);
  database.exec(`pragma wal_autocheckpoint = ${walPages}`);
  database.exec(`pragma journal_size_limit = ${walBytes}`);
  // What is deleted is overwritten with zeros, here and in the pages that it leaves.
  database.exec('pragma secure_delete = on');
  // Takes the lock now rather than at the first write.
  database.exec('begin exclusive; commit');
}

function openError(file: string, error: unknown): StoreError {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
  if (code === sqliteBusy)
    return new StoreError('locked', `${file} is in use by another process. Stop that one first.`, error);
  return new StoreError('unavailable', `Cannot open the database ${file}: ${messageOf(error)}`, error);
}

const sqliteBusy = 5;
