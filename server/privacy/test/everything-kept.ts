import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** A place where something of a visitor might be: a file of the data folder, or a table. */
type Places = ReadonlyMap<string, Buffer>;

/** Every byte of every file below the data folder. */
export async function filesOf(dataDir: string): Promise<Places> {
  const entries = await readdir(dataDir, { recursive: true, withFileTypes: true });
  const places = new Map<string, Buffer>();
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    // A name may say as much as what is in it.
    places.set(relative(dataDir, path), Buffer.concat([Buffer.from(path), await readFile(path)]));
  }
  return places;
}

/** Every row of every table, as text. */
export async function tablesOf(execute: (sql: string) => Promise<unknown[]>): Promise<Places> {
  const tables = (await execute(`select tablename from pg_tables where schemaname = 'public'`)) as {
    tablename: string;
  }[];
  const places = new Map<string, Buffer>();
  for (const { tablename } of tables)
    places.set(tablename, Buffer.from(JSON.stringify(await execute(`select t::text from "${tablename}" t`))));
  return places;
}

/** Which of them are where: `canary in place`. */
export const foundIn = (places: Places, canaries: readonly string[]): string[] =>
  [...places].flatMap(([place, bytes]) =>
    canaries.filter((canary) => bytes.includes(canary)).map((canary) => `${canary} in ${place}`),
  );
