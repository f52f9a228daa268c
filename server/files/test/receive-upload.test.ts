import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import type { Multipart } from '@fastify/multipart';
import { afterEach, expect, type TestContext, test, vi } from 'vitest';
import { limits } from '../../../protocol/limits.ts';
import { openFolderBlobStore } from '../folder-blob-store.ts';
import { receiveUpload } from '../receive-upload.ts';
import { noScan } from '../scan.ts';

afterEach(() => void vi.useRealTimers());

async function openBlobs(t: TestContext) {
  const dataDir = await mkdtemp(join(tmpdir(), 'balie-blobs-'));
  t.onTestFinished(() => rm(dataDir, { recursive: true }));
  const left = async () =>
    (await readdir(join(dataDir, 'files'), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  return { dataDir, blobs: await openFolderBlobStore(dataDir), left };
}

/** As the parser of forms hands a file on. */
async function* form(...files: readonly Readable[]): AsyncGenerator<Multipart> {
  for (const file of files) yield { type: 'file', filename: 'a.txt', file } as Multipart;
}

test('A092 an upload that stands still, or all but, is given up, with what came of it', async (t) => {
  const { blobs, left } = await openBlobs(t);
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const slow = new PassThrough();
  slow.write('half of it');
  const received = receiveUpload({ parts: form(Readable.from(['whole']), slow), blobs, scan: noScan });
  received.catch(() => {});
  // The first file is in before the second one is waited for.
  await vi.waitUntil(async () => (await left()).length === 2 && slow.listenerCount('data') > 0);
  await vi.advanceTimersByTimeAsync(limits.uploadStallMs);
  await expect(received).rejects.toMatchObject({ code: 'timeout' });
  expect(await left()).toEqual([]);
});

test('A108 a disk without room takes no files, says so, and keeps nothing of them', async (t) => {
  const { blobs, left } = await openBlobs(t);
  const whole = () => form(Readable.from(['a'.repeat(100_000)]));
  const full = { ...blobs, freeBytes: async () => limits.fileBytes - 1 };
  await expect(receiveUpload({ parts: whole(), blobs: full, scan: noScan })).rejects.toMatchObject({
    code: 'no_space',
  });
  // Full only when it is written: this device is always full (full(4)).
  const fuller = { ...blobs, draft: async () => ({ ...(await blobs.draft()), path: '/dev/full' }) };
  await expect(receiveUpload({ parts: whole(), blobs: fuller, scan: noScan })).rejects.toMatchObject({
    code: 'no_space',
  });
  expect(await left()).toEqual([]);
  expect(await receiveUpload({ parts: whole(), blobs, scan: noScan })).toHaveLength(1);
});

test('A111 what was half there when a process was killed is gone after the next start', async (t) => {
  const { dataDir, blobs, left } = await openBlobs(t);
  const [kept] = await receiveUpload({ parts: form(Readable.from(['whole'])), blobs, scan: noScan });
  const slow = new PassThrough();
  slow.write('half of it');
  const cut = receiveUpload({ parts: form(slow), blobs, scan: noScan });
  cut.catch(() => {});
  await vi.waitUntil(async () => (await left()).length === 2);
  await openFolderBlobStore(dataDir);
  expect((await left()).map(({ name }) => name)).toEqual([kept?.id]);
  slow.destroy(new Error('aborted'));
  await expect(cut).rejects.toMatchObject({ code: 'malformed' });
});
