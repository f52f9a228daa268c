import type { FileId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Store } from '../store/store.ts';
import type { BlobStore } from './blob-store.ts';
import { thumbnailOf } from './files.ts';

interface SweepOrphansOptions {
  readonly store: Pick<Store, 'files'>;
  readonly blobs: Pick<BlobStore, 'delete' | 'keptBefore'>;
  readonly now: () => number;
}

/** The rest goes at the next start. */
const manyAtOnce = 1000;

/**
 * Deletes bytes that no row names: the process died after it kept them and before it wrote down whose they are, or
 * between deleting the one and the other. A database that knows none of the bytes is not theirs, and nothing is deleted
 * on its word. Resolves with how many blobs it deleted.
 */
export async function sweepOrphans({ store, blobs, now }: SweepOrphansOptions): Promise<number> {
  const orphans: string[] = [];
  let isTheirs = false;
  for await (const names of blobs.keptBefore(now() - limits.unsentFileMs)) {
    const rows = await store.files.findAll([...new Set(names.map(fileOf))]);
    const known = new Set(rows.map(({ id }) => id));
    isTheirs ||= known.size > 0;
    orphans.push(...names.filter((name) => !known.has(fileOf(name))).slice(0, manyAtOnce - orphans.length));
  }
  if (!isTheirs) return 0;
  for (const name of orphans) await blobs.delete(name);
  return orphans.length;
}

const fileOf = (name: string): FileId => name.replace(thumbnailOf(''), '') as FileId;
