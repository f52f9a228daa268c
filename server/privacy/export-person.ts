import type { ConversationId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { LogEvent } from '../domain/conversation.ts';
import type { FileKeeper } from '../files/files.ts';
import type { StoredFile } from '../store/files-store.ts';
import type { ConversationHead, Store } from '../store/store.ts';

interface ExportOptions {
  readonly store: Pick<Store, 'conversations' | 'files' | 'log' | 'queues' | 'sites'>;
  readonly files: Pick<FileKeeper, 'open'>;
  readonly conversations: readonly ConversationId[];
  readonly at: number;
}

/**
 * Everything of one visitor as JSON, piece by piece, so that no size of it fills the memory: what they saw of each
 * conversation, what was known of them in it, and their files. What agents said among themselves is no part of it
 * (docs/decisions/0014-what-a-visitor-is-handed.md).
 */
export async function* exportPerson(options: ExportOptions): AsyncGenerator<string> {
  yield `{"format":"balie-visitor","version":1,"exportedAt":${options.at},"conversations":[`;
  let isFirst = true;
  for (const id of options.conversations) {
    const head = await options.store.conversations.find(id);
    // Erased since.
    if (!head) continue;
    yield isFirst ? '\n' : ',\n';
    isFirst = false;
    yield* exportConversation(head, options);
  }
  yield '\n]}\n';
}

async function* exportConversation(head: ConversationHead, { store, files }: ExportOptions): AsyncGenerator<string> {
  const { id, session, subject, requestedAt, endedAt } = head;
  const site = (await store.sites.find(head.site))?.name ?? head.site;
  const queue = (await store.queues.find(head.queue))?.name ?? head.queue;
  yield `${JSON.stringify({ conversation: id, site, queue, session, subject, requestedAt, endedAt }).slice(0, -1)},`;
  yield '"known":[';
  yield* separated(knownOf(store, id));
  yield '],"events":[';
  const carried: StoredFile['id'][] = [];
  yield* separated(saidIn(store, id, carried));
  yield '],"files":[';
  let isFirst = true;
  for (const file of await store.files.findAll(carried)) {
    if (!isFirst) yield ',';
    isFirst = false;
    yield* exportFile(file, files);
  }
  yield ']}';
}

async function* separated(items: AsyncGenerator<unknown>): AsyncGenerator<string> {
  let isFirst = true;
  for await (const item of items) {
    yield `${isFirst ? '' : ','}\n${JSON.stringify(item)}`;
    isFirst = false;
  }
}

/** What the desk knew of them: facts about the visitor, which agents saw and they did not. */
async function* knownOf({ log }: ExportOptions['store'], id: ConversationId): AsyncGenerator<unknown> {
  for await (const { at, body } of pages((after) => log.read(id, after, limits.historyPage), seqOf)) {
    if (body.type === 'claimed') yield { at, variables: body.variables };
    if (body.type === 'verified') yield { at, subject: body.verification.subject, variables: body.variables };
    if (body.type === 'visited') yield { at, page: body.page };
  }
}

/** As the visitor saw it. */
async function* saidIn(
  { log }: ExportOptions['store'],
  id: ConversationId,
  carried: StoredFile['id'][],
): AsyncGenerator<unknown> {
  const read = (after: number) => log.readVisible(id, after, limits.historyPage);
  for await (const { at, by, body } of pages(read, ({ visitorSeq }) => visitorSeq ?? 0)) {
    if (body.type === 'message') carried.push(...(body.files ?? []).map((file) => file.id));
    yield { at, by, ...body };
  }
}

const seqOf = ({ seq }: LogEvent) => seq;

async function* pages(
  read: (after: number) => Promise<LogEvent[]>,
  numberOf: (event: LogEvent) => number,
): AsyncGenerator<LogEvent> {
  let after = 0;
  for (;;) {
    const events = await read(after);
    yield* events;
    const last = events.at(-1);
    if (!last || events.length < limits.historyPage) return;
    after = numberOf(last);
  }
}

async function* exportFile(file: StoredFile, files: ExportOptions['files']): AsyncGenerator<string> {
  const { id, name, type, bytes, createdAt } = file;
  yield `\n${JSON.stringify({ id, name, type, bytes, createdAt }).slice(0, -1)},"base64":"`;
  const blob = await files.open(file, 'whole');
  let rest = Buffer.alloc(0);
  for await (const chunk of (blob?.stream ?? []) as AsyncIterable<Buffer>) {
    const whole = Buffer.concat([rest, chunk]);
    // Three bytes are four signs; what is left over begins the next piece.
    const end = whole.length - (whole.length % 3);
    yield whole.subarray(0, end).toString('base64');
    rest = Buffer.from(whole.subarray(end));
  }
  yield `${rest.toString('base64')}"}`;
}
