import type { Multipart } from '@fastify/multipart';
import type { Audience, FileRef } from '../../protocol/entities.ts';
import type { AgentId } from '../../protocol/ids.ts';
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
}

interface FileKeeperOptions {
  readonly store: Pick<Store, 'files'>;
  readonly blobs: BlobStore;
  readonly scan: Scan;
  readonly now: () => number;
}

export function createFileKeeper({ store, blobs, scan, now }: FileKeeperOptions): FileKeeper {
  return {
    async receive(uploader, parts) {
      const received = await receiveUpload({ parts, blobs, scan });
      const rows = received.map((file) => rowOf(file, uploader, now()));
      for (const row of rows) await store.files.create(row);
      return rows.map(refOf);
    },

    find: (id) => store.files.find(id),
    open: ({ id }, variant, range) => blobs.open(variant === 'whole' ? id : thumbnailOf(id), range),

    async delete({ id, state }) {
      // The row first: from then on nobody is shown the way to bytes that are about to go.
      if (!(await store.files.delete(id, state))) return false;
      await blobs.delete(id);
      await blobs.delete(thumbnailOf(id));
      return true;
    },
  };
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
