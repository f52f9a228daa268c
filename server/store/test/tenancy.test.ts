import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openStore } from '../open-store.ts';
import { acrossOrganizations, byFoundId, trustedDoors } from './across-organizations.ts';
import { queriesIn } from './queries-in.ts';

const server = fileURLToPath(new URL('../..', import.meta.url));
const sources = (folder: string): [string, string][] =>
  readdirSync(join(server, folder))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => [file, readFileSync(join(server, folder, file), 'utf8')]);

const listed = Object.values(acrossOrganizations).flat();

describe('T162 a query on a table of tenants', () => {
  test('names the organization, or is on the list of those that need not', async () => {
    const tenants = await tablesOfTenants();
    expect(tenants.size).toBeGreaterThan(25);
    const found = sources('store').flatMap(([file, source]) => queriesIn(file.slice(0, -3), source, tenants));
    expect(found.map(({ name }) => name).sort()).toEqual([...listed].sort());
  });

  test.each([
    [`  return {\n    find: (id) => db.selectFrom('queue').where('id', '=', id),\n`, ['queue']],
    [`  return {\n    find: (own, id) => db.selectFrom('queue').where('organization', '=', own),\n`, []],
    [
      `  return {\n    drop: () => [db.deleteFrom('queue').where('organization', '=', own), db.deleteFrom('agent')],\n`,
      ['queue'],
    ],
    [
      `  const all = () => db.selectFrom('queue');\n  return {\n    find: (id) => all().where('id', '=', id),\n`,
      ['queue'],
    ],
    [`  return {\n    find: (id) => sql\`select * from queue where id = \${id}\`,\n`, ['queue']],
    [`  return {\n    find: (id) => db.selectFrom('follower').where('id', '=', id),\n`, []],
  ])('is found where it stands: %j', (body, unscoped) => {
    const source = `export function createQueues(db) {\n${body}  };\n}\n`;
    const found = queriesIn('queues', source, new Set(['queue', 'agent']));
    expect(found.flatMap((query) => query.unscoped)).toEqual(unscoped);
  });

  test('that takes an id alone is asked by a door only where it is said why', () => {
    const calls = ['routes', 'realtime'].flatMap((folder) =>
      sources(folder).flatMap(([file, source]) => lookUps(source).map((call) => `${folder}/${file} ${call}`)),
    );
    expect([...new Set(calls)].sort()).toEqual(Object.keys(trustedDoors).sort());
  });
});

async function tablesOfTenants(): Promise<Set<string>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'balie-tenancy-'));
  await (await openStore({ dataDir })).close();
  const database = new DatabaseSync(join(dataDir, 'balie.db'));
  const rows = database
    .prepare(`select m.name from sqlite_schema m, pragma_table_info(m.name) c where c.name = 'organization'`)
    .all();
  database.close();
  rmSync(dataDir, { recursive: true });
  return new Set(rows.map(({ name }) => String(name)));
}

const propertyOf = (query: string): string =>
  query
    .replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
    .replace(/^(erasures|exportLinks|retention)\./, 'privacy.');
const found = new Set(byFoundId.map(propertyOf));

/** `store.queues.find(id)`, and not an array's `queues.find((one) => …)`. */
const lookUps = (source: string): string[] =>
  [...source.matchAll(/\b(\w+\.\w+)\((?!\()/g)].flatMap(([, call = '']) => (found.has(call) ? call : []));
