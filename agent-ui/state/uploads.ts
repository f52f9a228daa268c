import { type UploadFailure, type UploadOptions, type UploadOutcome, upload } from '../../client/upload.ts';
import type { Audience, FileRef } from '../../protocol/entities.ts';
import type { ConversationId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Chat } from './chat.ts';
import type { OpenChats } from './open-chats.ts';

/** A file that is to go with the next message. */
export interface Upload {
  readonly key: number;
  readonly file: File;
  /** For whom it was uploaded: it goes with a message to the same people only. */
  readonly audience: Audience;
  readonly state:
    | { readonly kind: 'sending'; readonly sentBytes: number }
    | { readonly kind: 'failed'; readonly code: UploadFailure }
    | { readonly kind: 'done'; readonly ref: FileRef };
}

/** Why a file was refused before it travelled. */
export interface UploadFlaw {
  readonly reason: 'many' | 'large' | 'empty';
  readonly name: string;
}

interface UploadsOptions {
  readonly chats: Pick<OpenChats, 'find' | 'change'>;
  readonly csrf: () => string;
  /** Replaced in tests. */
  readonly send?: (options: UploadOptions) => Promise<UploadOutcome>;
}

/** The files that an agent attaches: on their way, there, or failed; per chat, until the message goes. */
export class Uploads {
  readonly #options: UploadsOptions;
  readonly #stops = new Map<number, AbortController>();
  #lastKey = 0;

  constructor(options: UploadsOptions) {
    this.#options = options;
  }

  attach(id: ConversationId, files: readonly File[]): void {
    const chat = this.#options.chats.find(id);
    if (!chat) return;
    const { taken, flaw } = admit(chat.uploads.length, files);
    this.#options.chats.change(id, (one) => ({ ...one, uploadFlaw: flaw }));
    for (const file of taken) this.#start(id, file, audienceOf(chat));
  }

  remove(id: ConversationId, key: number): void {
    this.#stops.get(key)?.abort();
    this.#stops.delete(key);
    this.#set(id, (uploads) => uploads.filter((one) => one.key !== key));
  }

  retry(id: ConversationId, key: number): void {
    const chat = this.#options.chats.find(id);
    const before = chat?.uploads.find((one) => one.key === key);
    if (!chat || !before) return;
    this.remove(id, key);
    this.#start(id, before.file, audienceOf(chat));
  }

  /** The mode has changed: what was uploaded for others is uploaded again, for those who are meant now. */
  follow(id: ConversationId): void {
    const chat = this.#options.chats.find(id);
    for (const { key, audience } of chat?.uploads ?? []) if (chat && audience !== audienceOf(chat)) this.retry(id, key);
  }

  /** What goes with the message now; nothing is left of it here. */
  take(id: ConversationId): FileRef[] {
    const refs = readyFiles(this.#options.chats.find(id)?.uploads ?? []);
    this.#options.chats.change(id, (chat) => ({ ...chat, uploads: [], uploadFlaw: null }));
    return refs;
  }

  clear(): void {
    for (const stop of this.#stops.values()) stop.abort();
    this.#stops.clear();
  }

  /** By itself, for the visitor to see: null where it was not taken. */
  async one(id: ConversationId, file: File): Promise<FileRef | null> {
    const { send = upload, csrf } = this.#options;
    const outcome = await send({
      url: uploadUrl(id, 'everyone'),
      headers: { 'x-csrf-token': csrf() },
      file,
      onProgress: () => {},
      signal: new AbortController().signal,
    });
    return outcome.kind === 'uploaded' ? outcome.file : null;
  }

  #set(id: ConversationId, change: (uploads: readonly Upload[]) => readonly Upload[]) {
    this.#options.chats.change(id, (chat) => ({ ...chat, uploads: change(chat.uploads) }));
  }

  #start(id: ConversationId, file: File, audience: Audience) {
    const key = ++this.#lastKey;
    const stop = new AbortController();
    this.#stops.set(key, stop);
    this.#set(id, (uploads) => [...uploads, { key, file, audience, state: { kind: 'sending', sentBytes: 0 } }]);
    const become = (state: Upload['state']) =>
      this.#set(id, (uploads) => uploads.map((one) => (one.key === key ? { ...one, state } : one)));
    const { send = upload, csrf } = this.#options;
    const sending = send({
      url: uploadUrl(id, audience),
      headers: { 'x-csrf-token': csrf() },
      file,
      onProgress: (sentBytes) => become({ kind: 'sending', sentBytes }),
      signal: stop.signal,
    });
    void sending.then((outcome) => {
      this.#stops.delete(key);
      if (outcome.kind === 'uploaded') become({ kind: 'done', ref: outcome.file });
      if (outcome.kind === 'failed') become({ kind: 'failed', code: outcome.code });
    });
  }
}

const uploadUrl = (id: ConversationId, audience: Audience): string =>
  `/api/conversations/${id}/files?audience=${audience}`;

const audienceOf = ({ isPrivate }: Chat): Audience => (isPrivate ? 'agents' : 'everyone');

export const readyFiles = (uploads: readonly Upload[]): FileRef[] =>
  uploads.flatMap(({ state }) => (state.kind === 'done' ? [state.ref] : []));

/** It would be refused again. */
export const isFinal = (code: UploadFailure): boolean =>
  /^(too_large|unsupported_type|file_refused|malware)$/.test(code);

/** What stands in the way of the message: a file to take off, one to try again, or nothing that stays. */
export function obstacleOf(uploads: readonly Upload[]): 'refused' | 'failed' | null {
  const codes = uploads.flatMap(({ state }) => (state.kind === 'failed' ? [state.code] : []));
  if (codes.some(isFinal)) return 'refused';
  return codes.length > 0 ? 'failed' : null;
}

/** All of them are there: the message may go. */
export const areReady = (uploads: readonly Upload[]): boolean => uploads.every(({ state }) => state.kind === 'done');

/** Which of these find room beside those that are held; the first that does not is told. */
export function admit<Sized extends Pick<File, 'name' | 'size'>>(held: number, files: readonly Sized[]) {
  const taken: Sized[] = [];
  let flaw: UploadFlaw | null = null;
  for (const file of files) {
    const reason =
      file.size === 0
        ? 'empty'
        : file.size > limits.fileBytes
          ? 'large'
          : held + taken.length >= limits.filesPerMessage
            ? 'many'
            : null;
    if (reason) flaw ??= { reason, name: file.name };
    else taken.push(file);
  }
  return { taken, flaw };
}
