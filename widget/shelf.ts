import type { UploadFailure } from '../client/upload.ts';
import type { FileRef } from '../protocol/entities.ts';
import type { ConversationId } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';

/** A file on its way to the server, or there and waiting for the message that carries it. */
export type Upload = { readonly key: string; readonly name: string; readonly bytes: number } & (
  | { readonly state: 'sending'; readonly sentBytes: number; readonly file: File; readonly stop: AbortController }
  | { readonly state: 'failed'; readonly code: UploadFailure; readonly file: File }
  | { readonly state: 'done'; readonly ref: FileRef }
);

/** Why a file was refused before it travelled. */
export interface Flaw {
  readonly reason: 'tooMany' | 'tooLarge' | 'empty';
  readonly name: string;
}

/** What the visitor attaches to the next message of this conversation. */
export interface Shelf {
  readonly conversation: ConversationId;
  readonly uploads: readonly Upload[];
  readonly flaws: readonly Flaw[];
  /** The visitor has sent the message; it goes when all of it is there. */
  readonly isDue: boolean;
}

type Sized = Pick<File, 'name' | 'size'>;

/** Which of these files find room on a shelf that holds so many. What is wrong with a file itself is told first. */
export function admit<Each extends Sized>(held: number, files: readonly Each[]) {
  const taken: Each[] = [];
  const flaws: Flaw[] = [];
  for (const file of files) {
    const reason = flawOf(file) ?? (held + taken.length < limits.filesPerMessage ? undefined : 'tooMany');
    if (reason) flaws.push({ reason, name: file.name });
    else taken.push(file);
  }
  return { taken, flaws };
}

function flawOf({ size }: Sized): Flaw['reason'] | undefined {
  if (size === 0) return 'empty';
  return size > limits.fileBytes ? 'tooLarge' : undefined;
}

/** All that was uploaded, in the order of its choosing. */
export const uploadedOf = ({ uploads }: Shelf): FileRef[] =>
  uploads.flatMap((upload) => (upload.state === 'done' ? [upload.ref] : []));

export const isUploading = ({ uploads }: Shelf): boolean => uploads.some(({ state }) => state === 'sending');
export const hasFailed = ({ uploads }: Shelf): boolean => uploads.some(({ state }) => state === 'failed');
