import type { Multipart } from '@fastify/multipart';
import type { Audience, FileRef } from '../../protocol/entities.ts';
import type { AgentId, SiteId } from '../../protocol/ids.ts';
import type { StoredFile } from '../store/files-store.ts';
import type { ConversationHead, Store } from '../store/store.ts';
import type { Blob, BlobStore, ByteRange } from './blob-store.ts';
import { type ReceivedFile, receiveUpload } from './receive-upload.ts';
import type { Scan } from './scan.ts';

export interface Uploader {
  readonly head: ConversationHead;
  /** Null for the visitor. */
  readonly agent: AgentId | null;
  readonly audience: Audience;
}

/** Bytes and rows of files, kept in step: a row never lacks its bytes, and bytes without a row are swept up. */
export interface FileKeeper {
  /** Throws a `FileProblem` for what is not taken. */
  receive(uploader: Uploader, parts: AsyncIterable<Multipart>): Promise<FileRef[]>;
  find(id: StoredFile['id']): Promise<StoredFile | null>;
  open(file: StoredFile, variant: 'whole' | 'thumbnail', range?: ByteRange): Promise<Blob | null>;
  /** False, and nothing is done, where it is not in the state any more that it was seen in. */
  delete(file: StoredFile): Promise<boolean>;
  /** Of a file that has no row any more. */
  deleteBytes(id: StoredFile['id']): Promise<void>;
}

interface FileKeeperOptions {
  readonly store: Pick<Store, 'files'>;
  readonly blobs: BlobStore;
  readonly scan: Scan;
  /** What a file is to be called at a site that masks some of it. */
  readonly nameAt: (site: SiteId, name: string) => Promise<string>;
  readonly now: () => number;
}

export function createFileKeeper({ store, blobs, scan, nameAt, now }: FileKeeperOptions): FileKeeper {
  return {
    async receive(uploader, parts) {
      const received = await receiveUpload({ parts, blobs, scan });
      try {
        const rows = [];
        for (const file of received)
          rows.push(rowOf({ ...file, name: await nameAt(uploader.head.site, file.name) }, uploader, now()));
        for (const row of rows) await store.files.create(row);
        return rows.map(refOf);
      } catch (error) {
        // The conversation was erased while they came. What has a row is found by it; the rest nobody would find again.
        for (const { id } of received) if (!(await store.files.find(id))) await deleteBytes(blobs, id);
        throw error;
      }
    },

    find: (id) => store.files.find(id),
    open: ({ id }, variant, range) => blobs.open(variant === 'whole' ? id : thumbnailOf(id), range),

    async delete({ id, state }) {
      // The row first: from then on nobody is shown the way to bytes that are about to go.
      if (!(await store.files.delete(id, state))) return false;
      await deleteBytes(blobs, id);
      return true;
    },

    deleteBytes: (id) => deleteBytes(blobs, id),
  };
}

/** Of a file, and of the small picture of it. */
export async function deleteBytes(blobs: Pick<BlobStore, 'delete'>, id: string): Promise<void> {
  await blobs.delete(id);
  await blobs.delete(thumbnailOf(id));
}

export const thumbnailOf = (id: string): string => `${id}.thumbnail`;

const rowOf = (
  { id, name, detected, bytes, picture }: ReceivedFile,
  { head, agent, audience }: Uploader,
  createdAt: number,
): StoredFile => ({
  id,
  organization: head.organization,
  conversation: head.id,
  audience,
  agent,
  name,
  kind: detected.kind,
  type: detected.type,
  bytes,
  width: picture?.width ?? null,
  height: picture?.height ?? null,
  state: 'ready',
  command: null,
  createdAt,
});

const refOf = ({ id, name, kind, bytes, width, height }: StoredFile): FileRef => ({
  id,
  name,
  kind,
  bytes,
  ...(width !== null && { width }),
  ...(height !== null && { height }),
});
