import type { CommandId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { StoredFile } from '../store/files-store.ts';
import type { Store } from '../store/store.ts';
import type { BlobStore } from './blob-store.ts';
import type { FileKeeper } from './files.ts';
import { sweepOrphans } from './sweep-orphans.ts';

interface SweepingOptions extends Omit<SweepOptions, 'now'> {
  readonly blobs: Pick<BlobStore, 'delete' | 'keptBefore'>;
  readonly clock: { now(): number; after(ms: number, run: () => void): () => void };
  readonly log: { error(details: object, message: string): void };
}

const everyMs = 10 * 60_000;

/**
 * At once, and then again and again; what a crash left, at once alone. Returns the way to stop, which waits for what is
 * under way.
 */
export function startSweeping({ store, files, blobs, clock, log }: SweepingOptions): () => Promise<void> {
  let cancel = () => {};
  let isStopped = false;
  const sweep = async () => {
    try {
      await sweepFiles({ store, files, now: clock.now });
    } catch (error) {
      log.error({ err: error }, 'files that were never sent could not be deleted');
    }
    if (!isStopped) cancel = clock.after(everyMs, run);
  };
  const run = () => {
    sweeping = sweep();
  };
  const sweepLeft = async () => {
    try {
      await sweepOrphans({ store, blobs, now: clock.now });
    } catch (error) {
      log.error({ err: error }, 'bytes that no file has any more could not be deleted');
    }
    await sweep();
  };
  let sweeping = sweepLeft();
  return () => {
    isStopped = true;
    cancel();
    return sweeping;
  };
}

interface SweepOptions {
  readonly store: Pick<Store, 'files' | 'log'>;
  readonly files: Pick<FileKeeper, 'delete'>;
  readonly now: () => number;
}

const manyAtOnce = 200;

/**
 * Deletes what was uploaded and never sent. A file that a command took is looked up in the log first: where the process
 * died between the two, the message that carries it stands there. Resolves with how many it deleted.
 */
export async function sweepFiles({ store, files, now }: SweepOptions): Promise<number> {
  let deleted = 0;
  for (const file of await store.files.unsent(now() - limits.unsentFileMs, manyAtOnce)) {
    if (file.command === null) deleted += Number(await files.delete(file));
    else if (await isInLog(file, file.command, store)) await store.files.markSent([file.id], file.command);
    // Its message may be under way just now; what was given up is deleted at the next look.
    else await store.files.release([file.id], file.command);
  }
  return deleted;
}

const isInLog = async ({ conversation }: StoredFile, command: CommandId, { log }: Pick<Store, 'log'>) =>
  (await log.findCommand(conversation, command)) !== null;
