import { upload as send } from '../client/upload.ts';
import type { ConversationId, FileId } from '../protocol/ids.ts';
import { signTicket, uploadAddress } from './file-access.ts';
import { admit, hasFailed, isUploading, type Shelf, type Upload, uploadedOf } from './shelf.ts';
import type { Screen } from './ui/screen.ts';

/** The chat that files are attached to, as far as that needs it. */
export type Chat = Pick<Screen, 'store' | 'line' | 'life' | 'root'>;

/** What lies there for this conversation; what an earlier page has uploaded for the draft is there still. */
export function shelfOf({ store, line }: Chat): Shelf | undefined {
  const { conversation, shelf } = store.state;
  if (!conversation || shelf?.conversation === conversation) return conversation ? shelf : undefined;
  const { files } = line.records.tab;
  const kept = files?.conversation === conversation ? files.attached : [];
  const uploads = kept.map((ref): Upload => ({ key: ref.id, name: ref.name, bytes: ref.bytes, state: 'done', ref }));
  return { conversation, uploads, flaws: [], isDue: false };
}

export function attach(chat: Chat, files: readonly File[]): void {
  const shelf = shelfOf(chat);
  if (!shelf) return;
  const { taken, flaws } = admit(shelf.uploads.length, files);
  put(chat, { ...shelf, flaws });
  for (const file of taken) begin(chat, shelf.conversation, file);
}

export function retry(chat: Chat, { key, file }: Extract<Upload, { state: 'failed' }>): void {
  const conversation = shelfOf(chat)?.conversation;
  if (conversation) begin(chat, conversation, file, key);
}

/** Cancels it, or takes it off again. The server forgets what no message carries. */
export function remove(chat: Chat, upload: Upload): void {
  if (upload.state === 'sending') upload.stop.abort();
  change(chat, (uploads) => uploads.filter(({ key }) => key !== upload.key));
}

/** Another chat has begun, or this one is over: nothing of it travels any more. */
export function clear(chat: Chat): void {
  for (const upload of chat.store.state.shelf?.uploads ?? []) if (upload.state === 'sending') upload.stop.abort();
  chat.store.set({ shelf: undefined } as object);
}

/**
 * Sends the message with all that lies on the shelf, once all of it is there. False where it waits or cannot go: then
 * the text stays where it is.
 */
export function deliver(chat: Chat, text: string): boolean {
  const shelf = shelfOf(chat);
  if (!shelf?.uploads.length) return !!chat.line.message(text);
  if (isUploading(shelf) || hasFailed(shelf)) {
    put(chat, { ...shelf, isDue: !hasFailed(shelf) });
    return false;
  }
  const refs = uploadedOf(shelf);
  const { files } = chat.line.records.tab;
  chat.line.records.changeTab({
    files: { conversation: shelf.conversation, attached: [], given: [...(files?.given ?? []), ...refs] },
  });
  chat.line.message(text, refs.map(({ id }) => id) as FileId[]);
  chat.store.set({ shelf: { ...shelf, uploads: [], flaws: [], isDue: false } });
  return true;
}

function begin(chat: Chat, conversation: ConversationId, file: File, key = crypto.randomUUID() as string) {
  const stop = new AbortController();
  const base = { key, name: file.name, bytes: file.size };
  const turn = (next: Upload) => change(chat, (uploads) => uploads.map((one) => (one.key === key ? next : one)));
  const sending = (sentBytes: number): Upload => ({ ...base, state: 'sending', sentBytes, file, stop });
  change(chat, (uploads) => [...uploads.filter((one) => one.key !== key), sending(0)]);
  void travel(chat, conversation, { file, stop, onProgress: (sentBytes) => turn(sending(sentBytes)) }).then(
    (outcome) => {
      if (outcome.kind === 'uploaded') turn({ ...base, name: outcome.file.name, state: 'done', ref: outcome.file });
      if (outcome.kind === 'failed') turn({ ...base, state: 'failed', code: outcome.code, file });
      if (outcome.kind !== 'cancelled') finish(chat);
    },
  );
}

interface Journey {
  readonly file: File;
  readonly stop: AbortController;
  readonly onProgress: (sentBytes: number) => void;
}

async function travel({ line, life }: Chat, conversation: ConversationId, { file, stop, onProgress }: Journey) {
  const ticket = await signTicket(line.access, conversation);
  const signal = AbortSignal.any([life, stop.signal]);
  const url = uploadAddress(line.access, conversation);
  return send({ url, headers: { authorization: `Bearer ${ticket}` }, file, signal, onProgress });
}

/** The message that was waiting for its files goes, with what stands in the text box now. */
function finish(chat: Chat) {
  const shelf = shelfOf(chat);
  if (!shelf?.isDue || isUploading(shelf)) return;
  if (hasFailed(shelf)) return put(chat, { ...shelf, isDue: false });
  if (!deliver(chat, (chat.line.records.tab.draft ?? '').trim())) return;
  chat.line.records.changeTab({ draft: '' });
  const field = chat.root.querySelector('textarea');
  if (!field) return;
  field.value = '';
  field.style.height = 'auto';
}

function change(chat: Chat, alter: (uploads: readonly Upload[]) => readonly Upload[]) {
  const shelf = shelfOf(chat);
  if (shelf) put(chat, { ...shelf, uploads: alter(shelf.uploads) });
}

/** On the screen, and where the next page of this tab finds what was uploaded. */
function put({ store, line }: Chat, shelf: Shelf) {
  store.set({ shelf });
  const { records } = line;
  const { conversation } = shelf;
  const given = records.tab.files?.conversation === conversation ? records.tab.files.given : [];
  const attached = uploadedOf(shelf);
  if (attached.length || records.tab.files?.attached.length)
    records.changeTab({ files: { conversation, attached, given } });
}
