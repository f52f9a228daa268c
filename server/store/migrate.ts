import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { firstTables } from './migrations/0001-first-tables.ts';
import { recentEvents } from './migrations/0002-recent-events.ts';
import { colleaguesAndFiles } from './migrations/0003-colleagues-and-files.ts';
import { administration } from './migrations/0004-administration.ts';
import { postgresSearch, sqliteSearch } from './migrations/0005-search.ts';
import { outbox } from './migrations/0006-outbox.ts';
import { privacy } from './migrations/0007-privacy.ts';
import { statistics } from './migrations/0008-statistics.ts';
import { hooks } from './migrations/0009-hooks.ts';
import { floor } from './migrations/0010-floor.ts';
import { postgresClusteredEvents, sqliteClusteredEvents } from './migrations/0011-clustered-events.ts';
import type { Schema } from './schema.ts';
import { StoreError } from './store-error.ts';

export type Dialect = 'sqlite' | 'postgres';

/** In the order of their names; one that has run somewhere is never changed again. */
const migrations: Readonly<Record<Dialect, Readonly<Record<string, Migration>>>> = {
  sqlite: {
    '0001-first-tables': firstTables,
    '0002-recent-events': recentEvents,
    '0003-colleagues-and-files': colleaguesAndFiles,
    '0004-administration': administration,
    '0005-search': sqliteSearch,
    '0006-outbox': outbox,
    '0007-privacy': privacy,
    '0008-statistics': statistics,
    '0009-hooks': hooks,
    '0010-floor': floor,
    '0011-clustered-events': sqliteClusteredEvents,
  },
  postgres: {
    '0001-first-tables': firstTables,
    '0003-colleagues-and-files': colleaguesAndFiles,
    '0004-administration': administration,
    '0005-search': postgresSearch,
    '0006-outbox': outbox,
    '0007-privacy': privacy,
    '0008-statistics': statistics,
    '0009-hooks': hooks,
    '0010-floor': floor,
    '0011-clustered-events': postgresClusteredEvents,
  },
};

/**
 * Brings the tables up to date, all of it or nothing; nodes that start together take turns.
 *
 * @param name what to call the database in an error
 */
export async function migrate(db: Kysely<Schema>, dialect: Dialect, name: string): Promise<void> {
  const known = migrations[dialect];
  const newer = (await alreadyRun(db)).find((migration) => !(migration in known));
  if (newer !== undefined)
    throw new StoreError(
      'newer_schema',
      `${name} was written by a newer version of Balie (it has "${newer}"). Start that version, or restore a backup.`,
    );
  const { error } = await new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...known }) },
  }).migrateToLatest();
  if (error) throw error;
}

async function alreadyRun(db: Kysely<Schema>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === 'kysely_migration')) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map((row) => row.name);
}
