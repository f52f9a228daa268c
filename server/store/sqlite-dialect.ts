import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { SqliteAdapter, SqliteDialect, type SqliteStatement } from 'kysely';

/** Many more than the store has queries; only lists of varying length could fill it. */
const maxStatements = 256;

/**
 * Kysely over `node:sqlite`. Everything in it is synchronous, so a transaction of Kysely's begins and ends without the
 * event loop turning once: between two turns the database is never inside one.
 */
export class NodeSqliteDialect extends SqliteDialect {
  constructor(database: DatabaseSync) {
    const prepare = createStatementCache((sql) => toKysely(database.prepare(sql)));
    super({ database: { close: () => database.close(), prepare } });
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }
}

/** SQLite rolls back changes of the schema like any other; Kysely's own adapter leaves half a migration behind. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** Made once, kept while in use; the one unused for longest goes. */
export function createStatementCache<Statement>(prepare: (sql: string) => Statement): (sql: string) => Statement {
  const cache = new Map<string, Statement>();
  return (sql) => {
    const known = cache.get(sql);
    const statement = known ?? prepare(sql);
    if (known) cache.delete(sql);
    else if (cache.size >= maxStatements) cache.delete(cache.keys().next().value ?? '');
    cache.set(sql, statement);
    return statement;
  };
}

/** Whether it gives rows is asked once: it is a call into SQLite of its own. */
const toKysely = (statement: StatementSync): SqliteStatement => ({
  reader: statement.columns().length > 0,
  all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
  run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
  iterate: (parameters) => statement.iterate(...(parameters as SQLInputValue[])),
});
