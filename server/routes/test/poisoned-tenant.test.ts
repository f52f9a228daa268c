import { expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../store/test/postgres-server.ts';
import { apiSecretOf } from '../../test/furnish.ts';
import { filesOf, formOf } from '../../test/open-files.ts';
import { openServer } from '../../test/open-server.ts';
import { operations } from './operations.ts';

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

/** What undoes others comes after them. */
const inOrder = (operation: string) => ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].indexOf(operation.split(' ')[0] ?? '');

test('T162 no route reads a row of another organization: one whose rows cannot be read is never noticed', async (t) => {
  const database = await createTestDatabase();
  const server = await openServer(t, { databaseUrl: database.url });
  t.onTestFinished(() => database.drop());
  expect(await poison(database, 'organization-b')).toEqual(
    expect.arrayContaining(['agent', 'site', 'queue', 'webhook']),
  );
  expect((await (await server.signIn('admin-b').catch(() => null))?.fetch('/api/sites'))?.status ?? 500).toBe(500);

  const anna = await server.agent();
  const visitor = await server.visitor();
  await visitor.request();
  const conversation = await anna.accept();
  const upload = { method: 'POST', body: formOf({ 'a.txt': 'text' }) };
  const [file] = await filesOf(await anna.fetch(`/api/conversations/${conversation}/files?audience=everyone`, upload));
  await anna.command(conversation, { type: 'message', text: 'hello', audience: 'everyone', files: [file?.id] });

  let admin = await server.signIn('admin-a');
  const all = Object.entries(operations(conversation, file?.id)).sort(([a], [b]) => inOrder(a) - inOrder(b));
  let done = 0;
  for (const [operation, { access, path, body }] of all) {
    const method = operation.split(' ')[0] ?? '';
    const answer =
      access === 'key'
        ? await fetch(server.url + path, { headers: { authorization: `Bearer ${apiSecretOf('a')}` } })
        : await admin.fetch(path, { method, ...(body !== undefined && { body }) });
    expect([operation, answer.status < 500]).toEqual([operation, true]);
    if (answer.ok) done++;
    if ((await admin.fetch('/api/session')).status === 401) admin = await server.signIn('admin-a');
  }
  // Most did what they are for, so that nothing was read is not for want of asking.
  expect(done).toBeGreaterThan(all.length / 2);
});
