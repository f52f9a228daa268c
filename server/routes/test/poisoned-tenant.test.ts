import { expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../store/test/postgres-server.ts';
import { apiSecretOf } from '../../test/furnish.ts';
import { openServer } from '../../test/open-server.ts';
import { ask, deletionsLast, isKeys, openDesk } from './every-route.ts';

interface Column {
  readonly of: string;
  readonly name: string;
}

/**
 * Makes what an organization's rows say unreadable, behind the server's back: whoever so much as reads one fails. Gives the
 * tables of which a row was spoiled. On PostgreSQL, since nobody else can open the server's SQLite.
 */
async function poison(database: TestDatabase, organization: string): Promise<string[]> {
  const columns = (await database.execute(`
    select table_name as of, column_name as name from information_schema.columns
    where table_schema = 'public' and data_type = 'text'`)) as Column[];
  const spoiled = new Set<string>();
  for (const { of, name } of columns) {
    if (!columns.some((column) => column.of === of && column.name === 'organization')) continue;
    const rows = await database.execute(`
      update "${of}" set "${name}" = 'poison' where organization = '${organization}' and "${name}" ~ '^[\\[{]' returning 1`);
    if (rows.length > 0) spoiled.add(of);
  }
  return [...spoiled];
}

test('T162 no route reads a row of another organization: one whose rows cannot be read is never noticed', async (t) => {
  const database = await createTestDatabase();
  const server = await openServer(t, { databaseUrl: database.url });
  t.onTestFinished(() => database.drop());
  expect(await poison(database, 'organization-b')).toEqual(
    expect.arrayContaining(['agent', 'site', 'queue', 'webhook']),
  );
  await expect(server.signIn('admin-b')).rejects.toThrow('500');

  const { all } = await openDesk(server);
  let admin = await server.signIn('admin-a');
  let done = 0;
  for (const entry of deletionsLast(all)) {
    const [operation, one] = entry;
    const answer = isKeys(entry)
      ? await fetch(server.url + one.path, { headers: { authorization: `Bearer ${apiSecretOf('a')}` } })
      : await ask(admin, operation, one);
    expect([operation, answer.status < 500]).toEqual([operation, true]);
    if (answer.ok) done++;
    if ((await admin.fetch('/api/session')).status === 401) admin = await server.signIn('admin-a');
  }
  // Most did what they are for, so that nothing was read is not for want of asking.
  expect(done).toBeGreaterThan(all.length / 2);
});
