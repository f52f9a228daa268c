import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** Where a PostgreSQL is looked for whose databases the tests may make and drop; the first that answers is used. */
const addresses = process.env.BALIE_TEST_POSTGRES
  ? [process.env.BALIE_TEST_POSTGRES]
  : ['postgres://postgres@127.0.0.1:5432/postgres', 'postgres://root@127.0.0.1:5432/test'];

export interface TestDatabase {
  readonly url: string;
  /** SQL past the store. */
  execute(sql: string): Promise<unknown[]>;
  drop(): Promise<void>;
}

/** A new, empty database. Rejects where no server answers: the suite then fails, it is not skipped. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const address = await findServer();
  const name = `balie_test_${randomBytes(8).toString('hex')}`;
  await execute(address, `create database ${name}`);
  const url = new URL(address);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    execute: (sql) => execute(url.href, sql),
    async drop() {
      await execute(address, `drop database ${name} with (force)`);
    },
  };
}

async function findServer(): Promise<string> {
  const failures: string[] = [];
  for (const address of addresses) {
    try {
      await execute(address, 'select 1');
      return address;
    } catch (error) {
      failures.push(`${address}: ${error instanceof Error ? error.message : error}`);
    }
  }
  throw new Error(`No PostgreSQL for the tests; set BALIE_TEST_POSTGRES. Tried ${failures.join('; ')}`);
}

async function execute(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
