import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { expect, type TestContext, test } from 'vitest';
import type { FileId } from '../../../protocol/ids.ts';
import { limits } from '../../../protocol/limits.ts';
import { filesOf, formOf, openFiles } from '../../test/open-files.ts';
import { commandId } from '../../test/test-visitor.ts';
import { thumbnailOf } from '../files.ts';
import { openFolderBlobStore } from '../folder-blob-store.ts';
import { sweepFiles } from '../sweep.ts';
import { sweepOrphans } from '../sweep-orphans.ts';

/** A chat, files uploaded to it, and a sweep an hour and a bit later. */
async function openSweep(t: TestContext) {
  const chat = await openFiles(t);
  const { store, files } = chat.server.context;
  return {
    ...chat,
    store,
    files,
    async uploaded(): Promise<FileId> {
      const [file] = await filesOf(await chat.byAgent(formOf({ 'note.txt': 'hello' })));
      if (!file) throw new Error('Nothing was uploaded.');
      return file.id;
    },
    sweep: (laterMs = limits.unsentFileMs + 1000) => sweepFiles({ store, files, now: () => Date.now() + laterMs }),
    stateOf: async (id: FileId) => (await store.files.find(id))?.state,
    statusOf: async (id: FileId) => (await chat.openAsAgent(id)).status,
  };
}

test('what was uploaded and never sent goes after its time, with its bytes; what was sent stays', async (t) => {
  const { uploaded, sent, sweep, statusOf } = await openSweep(t);
  const [unsent, kept] = [await uploaded(), (await sent(formOf({ 'kept.txt': 'hello' }))).id];
  expect(await sweep(0)).toBe(0);
  expect(await statusOf(unsent)).toBe(200);
  expect(await sweep()).toBe(1);
  expect([await statusOf(unsent), await statusOf(kept)]).toEqual([404, 200]);
  expect(await sweep()).toBe(0);
});

test('a file whose message is in the log is sent, though the process died before it was noted', async (t) => {
  const { anna, conversation, uploaded, store, sweep, stateOf, statusOf } = await openSweep(t);
  const [file, command] = [await uploaded(), commandId()];
  await anna.command(conversation, { type: 'message', text: 'as if it carried it', audience: 'everyone' }, command);
  await store.files.take([file], command as never);
  expect(await sweep()).toBe(0);
  expect([await stateOf(file), await statusOf(file)]).toEqual(['sent', 200]);
});

test('a file whose message may be on its way is left until the next time', async (t) => {
  const { uploaded, store, sweep, stateOf } = await openSweep(t);
  const [late, given] = [await uploaded(), await uploaded()];
  const command = commandId() as never;
  await store.files.take([late, given], command);
  expect(await sweep()).toBe(0);
  // The message is committed just after the sweep looked for it.
  await store.files.markSent([late], command);
  expect(await sweep()).toBe(1);
  expect([await stateOf(late), await stateOf(given)]).toEqual(['sent', undefined]);
});

test('A112 a file that a message took since it was seen is not deleted', async (t) => {
  const { uploaded, store, files, statusOf } = await openSweep(t);
  const id = await uploaded();
  const row = await store.files.find(id);
  if (!row) throw new Error('There is no row.');
  await store.files.take([id], commandId() as never);
  expect(await files.delete(row)).toBe(false);
  expect(await statusOf(id)).toBe(200);
});

test('A111 bytes that no row names, after a kill between the two, are gone at a later start; all others stay', async (t) => {
  const { server, uploaded, sent, statusOf, store } = await openSweep(t);
  const { dataDir } = server.context.config;
  const blobs = await openFolderBlobStore(dataDir);
  const orphan = randomBytes(16).toString('base64url');
  for (const name of [orphan, thumbnailOf(orphan)]) {
    const draft = await blobs.draft();
    await writeFile(draft.path, 'kept, and then the process died');
    await draft.keep(name);
  }
  const sweep = (laterMs: number) => sweepOrphans({ store, blobs, now: () => Date.now() + laterMs });
  // As where the folder stands beside a database that is not its own.
  expect(await sweep(limits.unsentFileMs + 1000)).toBe(0);
  const mine = [await uploaded(), (await sent(formOf({ 'kept.txt': 'hello' }))).id];
  expect(await sweep(0)).toBe(0);
  expect(await sweep(limits.unsentFileMs + 1000)).toBe(2);
  expect(await blobs.open(orphan)).toBeNull();
  expect(await Promise.all(mine.map(statusOf))).toEqual([200, 200]);
});
