import { upload } from '../client/upload.ts';
import type { ConversationId, FileId } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';
import { signTicket, uploadAddress } from './file-access.ts';
import { admit, hasFailed, isUploading, type Shelf, type Upload, uploadedOf } from './shelf.ts';
import type { Screen } from './ui/screen.ts';

/** The chat that files are attached to, as far as that needs it. */
export type Chat = Pick<Screen, 'store' | 'line' | 'life' | 'root'>;

/** More messages than this with files in all of them do not wait for a connection. */
const givenMost = 10 * limits.filesPerMessage;

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
  const journeys = taken.map((file) => journeyOf(file, crypto.randomUUID()));
  put(chat, { ...shelf, uploads: [...shelf.uploads, ...journeys.map((journey) => sending(journey, 0))], flaws });
  for (const journey of journeys) void travel(chat, shelf.conversation, journey);
}

export function retry(chat: Chat, { key, file }: Extract<Upload, { state: 'failed' }>): void {
  const conversation = shelfOf(chat)?.conversation;
  if (conversation) void travel(chat, conversation, journeyOf(file, key));
}

/** Cancels it, or takes it off again. The server forgets what no message carries. */
export function remove(chat: Chat, gone: Upload): void {
  if (gone.state === 'sending') gone.stop.abort();
  change(chat, (uploads) => uploads.filter(({ key }) => key !== gone.key));
  finish(chat);
}

/** Another chat has begun, or this one is over: nothing of it travels any more. */
export function clear(chat: Chat): void {
  for (const one of chat.store.state.shelf?.uploads ?? []) if (one.state === 'sending') one.stop.abort();
  chat.store.set({ shelf: undefined } as object);
}

/**
 * Sends the message with all that lies on the shelf, once all of it is there. False where it waits or cannot go: then
 * the text stays where it is.
 */
export function deliver(chat: Chat, text: string): boolean {
  const shelf = shelfOf(chat);
  if (!shelf?.uploads.length) {
    if (shelf?.flaws.length) put(chat, { ...shelf, flaws: [] });
    return !!chat.line.message(text);
  }
  if (isUploading(shelf) || hasFailed(shelf)) {
    put(chat, { ...shelf, isDue: !hasFailed(shelf) });
    return false;
  }
  const refs = uploadedOf(shelf);
  const { files } = chat.line.records.tab;
  chat.line.records.changeTab({
    files: {
      conversation: shelf.conversation,
      attached: [],
      given: [...(files?.given ?? []), ...refs].slice(-givenMost),
    },
  });
  chat.line.message(text, refs.map(({ id }) => id) as FileId[]);
  chat.store.set({ shelf: { ...shelf, uploads: [], flaws: [], isDue: false } });
  return true;
}

interface Journey {
  readonly key: string;
  readonly file: File;
  readonly stop: AbortController;
}

const journeyOf = (file: File, key: string): Journey => ({ key, file, stop: new AbortController() });

const sending = ({ key, file, stop }: Journey, sentBytes: number): Upload => ({
  ...{ key, name: file.name, bytes: file.size },
  ...{ state: 'sending', sentBytes, file, stop },
});

async function travel(chat: Chat, conversation: ConversationId, journey: Journey) {
  const { key, file, stop } = journey;
  const { access } = chat.line;
  const turn = (next: Upload) => change(chat, (uploads) => uploads.map((one) => (one.key === key ? next : one)));
  turn(sending(journey, 0));
  const ticket = await signTicket(access, conversation);
  const outcome = await upload({
    url: uploadAddress(access, conversation),
    headers: { authorization: `Bearer ${ticket}` },
    file,
    onProgress: (sentBytes) => turn(sending(journey, sentBytes)),
    signal: AbortSignal.any([chat.life, stop.signal]),
  });
  if (outcome.kind === 'cancelled') return;
  if (outcome.kind === 'uploaded') {
    const { name, bytes } = outcome.file;
    turn({ key, name, bytes, state: 'done', ref: outcome.file });
  } else {
    turn({ key, name: file.name, bytes: file.size, state: 'failed', code: outcome.code, file });
  }
  finish(chat);
}

/** The message that was waiting for its files goes, with what stands in the text box now. */
function finish(chat: Chat) {
  const shelf = shelfOf(chat);
  if (!shelf?.isDue || isUploading(shelf)) return;
  put(chat, { ...shelf, isDue: false });
  if (hasFailed(shelf) || !deliver(chat, (chat.line.records.tab.draft ?? '').trim())) return;
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
