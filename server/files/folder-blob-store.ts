import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobStore, Draft } from './blob-store.ts';

/** What uploads leave free on the disk. */
const reservedBytes = 512 * 1024 * 1024;
/** What each who downloads and does not read holds in memory, some times over. */
const readBytes = 16 * 1024;
const safeName = /^[A-Za-z0-9_-]{22}(\.thumbnail)?$/;

/**
 * Blobs in a folder, drafts in another beside it on the same disk, so that keeping one is a rename. Names are the
 * server's own; a name of any other form is a fault of the program.
 */
export async function openFolderBlobStore(dataDir: string): Promise<BlobStore> {
  const folder = join(dataDir, 'files');
  const drafts = join(folder, 'drafts');
  await mkdir(drafts, { recursive: true });
  for (const left of await readdir(drafts)) await rm(join(drafts, left), { force: true });

  const pathOf = (name: string): string => {
    if (!safeName.test(name)) throw new Error('A blob has a name of another form.');
    // Not all in one folder: some file systems are slow with many.
    return join(folder, name.slice(0, 2), name);
  };

  return {
    async draft(): Promise<Draft> {
      const path = join(drafts, randomBytes(12).toString('hex'));
      return {
        path,
        async keep(name) {
          const target = pathOf(name);
          await mkdir(join(target, '..'), { recursive: true });
          await flush(path);
          await rename(path, target);
          await flush(join(target, '..'));
        },
        drop: () => rm(path, { force: true }),
      };
    },

    async open(name, range) {
      const file = await open(pathOf(name), 'r').catch((error) => {
        if (isMissing(error)) return null;
        throw error;
      });
      if (!file) return null;
      const { size: bytes } = await file.stat();
      const stream = file.createReadStream({
        highWaterMark: readBytes,
        ...(range && { start: range.first, end: range.last }),
      });
      return { bytes, stream };
    },

    delete: (name) => rm(pathOf(name), { force: true }),

    async *keptBefore(time) {
      for (const part of await readdir(folder)) {
        if (part.length !== 2) continue;
        const names = (await readdir(join(folder, part))).filter((name) => safeName.test(name));
        const old = await Promise.all(names.map(async (name) => (await changedAt(pathOf(name))) < time));
        yield names.filter((_, at) => old[at]);
      }
    },

    async freeBytes() {
      const { bavail, bsize } = await statfs(folder);
      return Math.max(0, bavail * bsize - reservedBytes);
    },
  };
}

/** On disk, not only on its way there; of a folder, the names in it. */
async function flush(path: string): Promise<void> {
  const file = await open(path, 'r');
  await file.sync().finally(() => file.close());
}

/** What is gone since it was listed is as new as can be: nobody has to look at it. */
async function changedAt(path: string): Promise<number> {
  const found = await stat(path).catch((error) => {
    if (isMissing(error)) return null;
    throw error;
  });
  return found?.mtimeMs ?? Number.POSITIVE_INFINITY;
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';
