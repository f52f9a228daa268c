import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Multipart, MultipartFile } from '@fastify/multipart';
import type { FileId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { BlobStore, Draft } from './blob-store.ts';
import { type DetectedFile, detectFile } from './file-kind.ts';
import { displayName } from './file-name.ts';
import { FileProblem } from './file-problem.ts';
import { isDiskError, type Picture, redraw } from './picture.ts';
import type { Scan } from './scan.ts';

/** A file that is whole, known and in the blob store under its id; no row names it yet. */
export interface ReceivedFile {
  readonly id: FileId;
  readonly name: string;
  readonly detected: DetectedFile;
  readonly bytes: number;
  readonly picture: Picture | null;
}

interface ReceiveOptions {
  readonly parts: AsyncIterable<Multipart>;
  readonly blobs: BlobStore;
  readonly scan: Scan;
}

interface Drafted extends ReceivedFile {
  readonly draft: Draft;
  readonly thumbnail: Draft | null;
}

/** Slower than a kilobyte a second is nobody's line; it is somebody who holds a place. */
const leastBytesPerStall = (limits.uploadStallMs / 1000) * 1024;

/**
 * Takes in the files of one request, one after the other and never whole in memory: all of them or, where one is
 * refused, none. Throws a `FileProblem` for what is the sender's fault, or the disk's.
 */
export async function receiveUpload({ parts, blobs, scan }: ReceiveOptions): Promise<ReceivedFile[]> {
  const drafted: Drafted[] = [];
  try {
    for await (const part of parts) {
      if (part.type !== 'file') throw new FileProblem('malformed', 'An upload has files and no other fields.');
      if (drafted.length === limits.filesPerMessage)
        throw new FileProblem('too_large', `At most ${limits.filesPerMessage} files come at once.`);
      drafted.push(await receive(part, blobs, scan));
    }
    if (drafted.length === 0) throw new FileProblem('malformed', 'There is no file in this upload.');
    for (const { id, draft, thumbnail } of drafted) {
      await draft.keep(id);
      await thumbnail?.keep(`${id}.thumbnail`);
    }
    return drafted.map(({ draft: _, thumbnail: __, ...file }) => file);
  } catch (error) {
    await Promise.all(drafted.map((one) => discard(one, blobs)));
    throw problemOf(error);
  }
}

async function receive(part: MultipartFile, blobs: BlobStore, scan: Scan): Promise<Drafted> {
  if ((await blobs.freeBytes()) < limits.fileBytes) {
    part.file.resume();
    throw new FileProblem('no_space', 'There is no room for files now; try again later.');
  }
  const drafts = [await blobs.draft()];
  try {
    const [upload] = drafts as [Draft];
    await write(part, upload.path);
    const detected = await detectFile(upload.path, part.filename);
    await scan(upload.path);
    const id = randomBytes(16).toString('base64url') as FileId;
    const name = displayName(part.filename, detected.extension);
    if (detected.kind !== 'image') {
      const { size: bytes } = await stat(upload.path);
      return { id, name, detected, bytes, picture: null, draft: upload, thumbnail: null };
    }
    const [draft, thumbnail] = [await blobs.draft(), await blobs.draft()];
    drafts.push(draft, thumbnail);
    const picture = await redraw(upload.path, detected, { picture: draft.path, thumbnail: thumbnail.path });
    await upload.drop();
    const { size: bytes } = await stat(draft.path);
    return { id, name, detected, bytes, picture, draft, thumbnail };
  } catch (error) {
    await Promise.all(drafts.map((draft) => draft.drop()));
    throw error;
  }
}

async function write(part: MultipartFile, path: string): Promise<void> {
  const watch = new Watch();
  try {
    await pipeline(part.file, watch, createWriteStream(path, { mode: 0o600 }));
  } finally {
    watch.stop();
  }
  if (part.file.truncated)
    throw new FileProblem('too_large', `A file has at most ${limits.fileBytes / 1024 / 1024} MB.`);
  if (watch.bytes === 0) throw new FileProblem('file_refused', 'This file is empty.');
}

/** Lets bytes through, and gives up on who sends next to none. */
class Watch extends Transform {
  bytes = 0;
  private atLastLook = 0;
  private readonly timer: ReturnType<typeof setInterval>;

  constructor() {
    super();
    this.timer = setInterval(() => this.look(), limits.uploadStallMs);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  override _transform(chunk: Buffer, _encoding: string, done: (error: null, chunk: Buffer) => void): void {
    this.bytes += chunk.length;
    done(null, chunk);
  }

  private look(): void {
    if (this.bytes - this.atLastLook < leastBytesPerStall)
      this.destroy(new FileProblem('timeout', 'The upload stood still; send it again.'));
    this.atLastLook = this.bytes;
  }
}

/** Kept already, or not yet. */
async function discard({ id, draft, thumbnail }: Drafted, blobs: BlobStore): Promise<void> {
  await Promise.all([draft.drop(), thumbnail?.drop(), blobs.delete(id), blobs.delete(`${id}.thumbnail`)]);
}

/** What the parser of the form says is in its own words; all of it is the sender's form. */
function problemOf(error: unknown): unknown {
  if (error instanceof FileProblem) return error;
  if (isDiskError(error)) return new FileProblem('no_space', 'There is no room for files now; try again later.');
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (/^FST_(REQ_FILE_TOO_LARGE|FILES_LIMIT|PARTS_LIMIT|FIELDS_LIMIT)$/.test(code))
    return new FileProblem(
      'too_large',
      `At most ${limits.filesPerMessage} files of ${limits.fileBytes / 1024 / 1024} MB.`,
    );
  if (isOfTheForm(error)) return new FileProblem('malformed', 'This is no upload that can be read.');
  return error;
}

const isOfTheForm = (error: unknown): boolean =>
  error instanceof Error &&
  (/^FST_/.test('code' in error ? String(error.code) : '') ||
    /multipart|part header|part terminated|boundary|premature close|aborted|ECONNRESET|unexpected end/i.test(
      `${'code' in error ? error.code : ''} ${error.message}`,
    ));
