import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openStore } from '../open-store.ts';
import { furnish, open } from './furnish.ts';

test('G224 of the words of an erased chat nothing is left in the file, neither in the table nor in the index', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'balie-erasure-'));
  t.onTestFinished(() => rm(dataDir, { recursive: true }));
  const bytes = async () => {
    const files = await readdir(dataDir);
    return Buffer.concat(await Promise.all(files.map((file) => readFile(join(dataDir, file))))).toString('latin1');
  };
  const store = await openStore({ dataDir });
  const furnished = await furnish(store);
  const ids: string[] = [];
  for (const [place, isSettled] of [true, false, true].entries()) {
    const head = await open(store, furnished, { phase: 'ended' });
    const words = new Set(['common', place < 2 ? 'canaryword' : 'keptword']);
    const marks = { queue: head.queue, agents: [], category: null, outcome: 'visitor' } as const;
    const step = { conversation: head.id, organization: head.organization, requestedAt: 1000 + place, from: 0, to: 1 };
    await store.search.record([{ ...step, memory: '', words, facts: new Set(), marks, isSettled }]);
    if (place < 2) ids.push(head.id);
  }
  await store.close();
  expect(await bytes()).toContain('canaryword');

  const database = new DatabaseSync(join(dataDir, 'balie.db'));
  // As the store has it.
  database.exec('pragma secure_delete = on');
  for (const id of ids) {
    database.prepare('delete from event where conversation = ?').run(id);
    database.prepare('delete from conversation where id = ?').run(id);
  }
  database.exec(`insert into search_index (search_index) values ('integrity-check')`);
  database.exec('pragma wal_checkpoint(truncate)');
  database.close();
  expect(await bytes()).toContain('keptword');
  expect(await bytes()).not.toContain('canaryword');
});
