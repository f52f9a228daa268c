import { Kysely, PostgresDialect, sql } from 'kysely';
import { Pool, type PoolConfig, types } from 'pg';
import type { Database } from './database.ts';
import { migrate } from './migrate.ts';
import { createPostgresLog } from './postgres-log.ts';
import { postgresSearchIndex } from './postgres-search-index.ts';
import type { Schema } from './schema.ts';
import { messageOf, StoreError } from './store-error.ts';

/** No answer for this long counts as none: whoever waits is told so and tries another node. */
const answerMs = 5000;
/** A node that hangs in the middle of a transaction must not hold up the others for longer than this. */
const idleInTransactionMs = 10_000;
const readers = 10;

const int8 = 20;

/** Connects, refuses a server that could lose what it acknowledged, and brings the tables up to date. */
export async function openPostgresDatabase(url: string, onError: (error: unknown) => void): Promise<Database> {
  const name = nameOf(url);
  await prepare(url, name);
  const db = new Kysely<Schema>({
    dialect: new PostgresDialect({ pool: openPool({ ...settings(url), ...timeLimits, max: readers }, onError) }),
  });
  // Of its own, so that the log never waits for those who read. It commits one group at a time.
  const log = createPostgresLog(openPool({ ...settings(url), ...timeLimits, max: 1, pipeline: true }, onError));
  return {
    db,
    log,
    search: postgresSearchIndex,
    async writeLoosely(query) {
      await db.executeQuery(query);
    },
    // What was deleted stays in the server's own files until it vacuums them, which it does by itself.
    async scrub() {},
    close: () => db.destroy(),
  };
}

/** Without time limits, since a migration may take long. */
async function prepare(url: string, name: string): Promise<void> {
  const pool = openPool({ ...settings(url), max: 1 }, () => {});
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  try {
    await audit(db, name).catch((error: unknown) => {
      throw error instanceof StoreError
        ? error
        : new StoreError('unavailable', `Cannot use the database ${name}: ${messageOf(error)}`, error);
    });
    await migrate(db, 'postgres', name);
  } finally {
    await db.destroy();
  }
}

function openPool(config: PoolConfig, onError: (error: unknown) => void): Pool {
  const pool = new Pool(config);
  // Of a connection that ends while nothing is asked of it; whoever asks next gets another. The pool itself listens only
  // while it has the connection back, and an error that nobody hears ends the process.
  pool.on('connect', (client) => client.on('error', onError));
  pool.on('error', () => {});
  return pool;
}

/** Settings under which a committed transaction could be gone after a crash. */
async function audit(db: Kysely<Schema>, name: string): Promise<void> {
  const { rows } = await sql<{ name: string; setting: string }>`
    select name, setting from pg_settings
    where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'server_encoding')`.execute(db);
  for (const row of rows) {
    if (row.setting === 'off')
      throw new StoreError(
        'unsafe_settings',
        `${name} has "${row.name} = off": what it commits could be lost. Turn it on.`,
      );
    if (row.name === 'server_encoding' && row.setting !== 'UTF8')
      throw new StoreError('unsafe_settings', `${name} is encoded in ${row.setting}; Balie needs UTF8.`);
  }
}

const settings = (url: string): PoolConfig => ({
  connectionString: url,
  application_name: 'balie',
  connectionTimeoutMillis: answerMs,
  keepAlive: true,
  types: {
    // Counts, positions and milliseconds: none comes near 2^53.
    getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
      oid === int8 ? Number : types.getTypeParser(oid, format)) as typeof types.getTypeParser,
  },
});

const timeLimits: PoolConfig = {
  query_timeout: answerMs,
  statement_timeout: answerMs,
  idle_in_transaction_session_timeout: idleInTransactionMs,
};

/** Where it is, without who and with which password. */
function nameOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  return parsed ? `postgres://${parsed.host}${parsed.pathname}` : 'the PostgreSQL database';
}
