import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import {
  type LimitNode,
  SqliteAdapter,
  SqliteDialect,
  SqliteQueryCompiler,
  type SqliteStatement,
  ValueNode,
} from 'kysely';

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

  override createQueryCompiler(): SqliteQueryCompiler {
    return new LiteralLimitCompiler();
  }
}

/** SQLite rolls back changes of the schema like any other; Kysely's own adapter leaves half a migration behind. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/**
 * Writes limits into the text. Of a statement with a limit as a parameter, SQLite (from 3.47 on) plans by its value and so
 * compiles it anew each time, which takes ten times as long as to find a row by its key.
 */
class LiteralLimitCompiler extends SqliteQueryCompiler {
  protected override visitLimit(node: LimitNode): void {
    const { limit } = node;
    if (ValueNode.is(limit) && Number.isSafeInteger(limit.value)) this.append(`limit ${limit.value}`);
    else super.visitLimit(node);
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
