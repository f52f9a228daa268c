import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import { expect, test } from 'vitest';
import { NodeSqliteDialect } from '../sqlite-dialect.ts';

interface Numbers {
  readonly number: { readonly value: number };
}

function openNumbers() {
  const database = new DatabaseSync(':memory:');
  database.exec('create table number (value integer primary key); insert into number values (1), (2), (3)');
  return new Kysely<Numbers>({ dialect: new NodeSqliteDialect(database) }).selectFrom('number').selectAll();
}

test('a limit stands in the text of a statement, since SQLite compiles one with a bound limit anew each time', async () => {
  const query = openNumbers().where('value', '>', 1).limit(1);
  expect(query.compile()).toMatchObject({ sql: expect.stringMatching(/ limit 1$/), parameters: [1] });
  expect(await query.execute()).toEqual([{ value: 2 }]);
});

test('only a whole number can come into the text; what else is given as a limit stays a parameter', async () => {
  expect(await openNumbers().limit(sql<number>`${1} + ${1}`).execute()).toEqual([{ value: 1 }, { value: 2 }]);
  const forged = '1) union select 9 --' as unknown as number;
  expect(openNumbers().limit(forged).compile()).toMatchObject({ parameters: [forged] });
});
