import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CommandId, ConversationId } from '../../../protocol/ids.ts';
import { openStore } from '../open-store.ts';
import { openSqliteDatabase } from '../sqlite-database.ts';
import type { ConversationHead, Store } from '../store.ts';
import { follow, furnish, message, newId, newSite, open } from './furnish.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'balie-sqlite-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

interface Acknowledged {
  readonly id: ConversationId;
  readonly seq: number;
  readonly command: CommandId;
}

/** Appends in a process of its own, which is killed after so many were acknowledged; tells which. */
async function appendUntilKilled(count: number): Promise<Acknowledged[]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'appender.ts'), dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const acknowledged: Acknowledged[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const [id, seq, command] = line.split(' ') as [ConversationId, string, CommandId];
    acknowledged.push({ id, seq: Number(seq), command });
    if (acknowledged.length === count) child.kill('SIGKILL');
  }
  await ended(child);
  return acknowledged;
}

const ended = async (child: ChildProcess) => {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
};

describe('a process on SQLite', () => {
  test('that is killed has lost nothing of what it acknowledged, and leaves no lock, five times in a row', async () => {
    const all: Acknowledged[] = [];
    for (const count of [1, 40, 333, 700, 900]) {
      const acknowledged = await appendUntilKilled(count);
      expect(acknowledged.length).toBeGreaterThanOrEqual(count);
      all.push(...acknowledged);
      const store = await openStore({ dataDir });
      await expectAll(store, all);
      await store.close();
    }
  });

  test('finds another that has the file, and says so, naming the file', async () => {
    const store = await openStore({ dataDir });
    const script = `import { openStore } from ${JSON.stringify(join(import.meta.dirname, '../open-store.ts'))};
      await openStore({ dataDir: ${JSON.stringify(dataDir)} }).catch((error) => console.log(error.code, error.message));`;
    const output = execFileSync(process.execPath, ['--input-type=module-typescript', '-e', script], {
      encoding: 'utf8',
    });
    expect(output).toBe(`locked ${join(dataDir, 'balie.db')} is in use by another process. Stop that one first.\n`);
    await expect(openStore({ dataDir })).rejects.toMatchObject({ code: 'locked' });
    await store.ping();
    await store.close();
  });

  test('says what it cannot open', async () => {
    mkdirSync(join(dataDir, 'balie.db'));
    await expect(openStore({ dataDir })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining(join(dataDir, 'balie.db')),
    });
  });

  test('keeps its file from others on the machine', async () => {
    const store = await openStore({ dataDir });
    await furnish(store);
    for (const name of ['balie.db', 'balie.db-wal']) expect(statSync(join(dataDir, name)).mode & 0o777).toBe(0o600);
    await store.close();
  });

  test('syncs every commit, also after one that need not be', async () => {
    const database = await openSqliteDatabase(join(dataDir, 'x.db'));
    const full = 2;
    const pragma = async (name: string) =>
      Object.values((await sql`pragma ${sql.raw(name)}`.execute(database.db)).rows[0] ?? {})[0];
    expect(await pragma('synchronous')).toBe(full);
    expect(await pragma('journal_mode')).toBe('wal');
    expect(await pragma('foreign_keys')).toBe(1);
    await database.writeLoosely(sql`update session set lost_at = 1`.compile(database.db));
    await expect(database.writeLoosely(sql`update nothing set x = 1`.compile(database.db))).rejects.toThrow();
    expect(await pragma('synchronous')).toBe(full);
    await database.close();
  });

  test('appends beside other writes without falling into their transactions', async () => {
    const store = await openStore({ dataDir });
    const furnished = await furnish(store);
    const heads = await Promise.all(Array.from({ length: 10 }, () => open(store, furnished)));
    const writes: Promise<unknown>[] = [];
    for (let round = 0; round < 30; round++) {
      writes.push(store.sites.create(newSite(furnished.organization, furnished.queue)));
      writes.push(...heads.map((head, index) => store.log.append(say(heads, head, index))));
      if (round % 3 === 0) await Promise.resolve();
    }
    const outcomes = await Promise.all(writes);
    expect(outcomes.filter((outcome) => outcome !== undefined)).toEqual(Array(300).fill({ kind: 'appended' }));
    expect(await store.sites.listOf(furnished.organization)).toHaveLength(31);
    await store.close();
  });

  test('that crashes while events are on the move finds each once', async () => {
    const store = await openStore({ dataDir });
    const furnished = await furnish(store);
    const [busy, slow] = [await open(store, furnished), await open(store, furnished)];
    const heads = [busy, slow];
    await store.log.append(say(heads, slow, 1));
    // Past sixty-four they move, while the slow one keeps their row in `recent`.
    for (let count = 0; count < 80; count++) await store.log.append(say(heads, busy, 0));
    const copy = mkdtempSync(join(tmpdir(), 'balie-crashed-'));
    // By another process: to open and close the file in this one would give up its lock.
    execFileSync('cp', [join(dataDir, 'balie.db'), join(dataDir, 'balie.db-wal'), copy]);
    const crashed = await openStore({ dataDir: copy });
    for (const [index, head] of heads.entries()) {
      const events = await store.log.read(head.id, 0, 100);
      expect(events).toHaveLength(index === 0 ? 81 : 2);
      expect(await crashed.log.read(head.id, 0, 100)).toEqual(events);
      expect(await crashed.conversations.find(head.id)).toEqual(heads[index]);
    }
    expect(await crashed.log.append(say(heads, busy, 0))).toEqual({ kind: 'appended' });
    await crashed.close();
    await store.close();
    rmSync(copy, { recursive: true });
  });

  test('moves what was written long ago, and keeps no more of it than some megabytes', async () => {
    const store = await openStore({ dataDir });
    const furnished = await furnish(store);
    const heads = await Promise.all(Array.from({ length: 100 }, () => open(store, furnished)));
    const long = 'x'.repeat(4000);
    for (let round = 0; round < 15; round++)
      await Promise.all(heads.map((head, index) => store.log.append(say(heads, head, index, long))));
    await store.close();
    const database = await openSqliteDatabase(join(dataDir, 'balie.db'));
    const { rows } = await sql<{ count: number }>`select count(*) as count from event`.execute(database.db);
    expect(rows[0]?.count).toBe(1600);
    const left = await sql<{ count: number }>`select count(*) as count from recent`.execute(database.db);
    expect(left.rows[0]?.count).toBe(0);
    await database.log.close();
    await database.close();
  });
});

/** The next append of one of these conversations, which it moves on. */
function say(heads: ConversationHead[], { id }: ConversationHead, index: number, text = 'hello') {
  const append = follow(heads[index] as ConversationHead, [message(text)], { command: newId() });
  expect(append.head.id).toBe(id);
  heads[index] = append.head;
  return append;
}

async function expectAll(store: Store, acknowledged: readonly Acknowledged[]): Promise<void> {
  for (const id of new Set(acknowledged.map((one) => one.id))) {
    const events = await store.log.read(id, 0, 100_000);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    const head = await store.conversations.find(id);
    expect(head).toMatchObject({ seq: events.length, visitorSeq: (events.length + 1) / 2 });
    for (const { seq, command } of acknowledged.filter((one) => one.id === id)) {
      expect(events[seq - 2]?.command).toBe(command);
      expect(events.filter((event) => event.command === command)).toHaveLength(1);
    }
  }
}
