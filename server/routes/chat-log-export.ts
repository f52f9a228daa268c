import type { ChatLogFormat } from '../../protocol/chat-log.ts';
import type { EventBody } from '../../protocol/entities.ts';
import { readPieces } from '../desk/read-log.ts';
import { audienceOf } from '../domain/audience.ts';
import { type ChatSummary, emptySummary, isNameVerifiedAt, summarize, verifiedAt } from '../domain/chat-summary.ts';
import type { LogEvent } from '../domain/conversation.ts';
import { type CsvCell, csvRow, csvStart } from '../domain/csv.ts';
import { wireEvent } from '../realtime/event-text.ts';
import type { ConversationHead, Store } from '../store/store.ts';
import { createNames } from './names.ts';

/** What is known of a conversation beside its events, under the names that columns and members have. */
interface ChatFacts {
  readonly conversation: string;
  readonly requestedAt: string;
  readonly endedAt: string | null;
  readonly queue: string;
  readonly agents: readonly string[];
}

type Exported = Pick<Store, 'log' | 'agents' | 'queues' | 'sites'>;

interface Format {
  readonly type: string;
  readonly extension: string;
  readonly start: string;
  readonly end: string;
  /** Between two conversations. */
  readonly between: string;
  /** `at` is when its locks are looked at: when it ended, or now. */
  chat(store: Exported, head: ConversationHead, facts: ChatFacts, at: number): AsyncGenerator<string>;
}

/** `docs/supervisor-guide.md` says what the columns hold. */
const chatColumns = [
  ...[
    'conversation',
    'requestedAt',
    'endedAt',
    'queue',
    'agents',
    'visitor',
    'visitorVerified',
    'verified',
    'unverified',
  ],
  ...['category', 'note', 'outcome', 'messages', 'privateMessages', 'files', 'score', 'comment'],
];
const messageColumns = [
  ...['conversation', 'requestedAt', 'queue', 'visitor', 'visitorVerified'],
  ...['seq', 'at', 'author', 'name', 'audience', 'text', 'files'],
];

export const formats: Record<ChatLogFormat, Format> = {
  json: {
    type: 'application/json; charset=utf-8',
    extension: 'json',
    start: '{"conversations":[\n',
    between: ',\n',
    end: '\n]}\n',
    chat: wholeChat,
  },
  csv: {
    type: 'text/csv; charset=utf-8',
    extension: 'csv',
    start: csvStart + csvRow(chatColumns),
    between: '',
    end: '',
    chat: chatRow,
  },
  'messages.csv': {
    type: 'text/csv; charset=utf-8',
    extension: 'messages.csv',
    start: csvStart + csvRow(messageColumns),
    between: '',
    end: '',
    chat: messageRows,
  },
};

/** The export as it is sent, piece by piece: nothing of it is ever whole in memory. */
export async function* exportChats(
  store: Exported,
  heads: AsyncIterable<ConversationHead>,
  format: Format,
  now: number,
): AsyncGenerator<string> {
  const names = createNames(store);
  yield format.start;
  let isFirst = true;
  for await (const head of heads) {
    if (!isFirst) yield format.between;
    isFirst = false;
    const staff = [head.agent, ...head.guests].filter((agent) => agent !== null);
    const facts: ChatFacts = {
      conversation: head.id,
      requestedAt: timeOf(head.requestedAt),
      endedAt: head.endedAt === null ? null : timeOf(head.endedAt),
      queue: await names.queue(head.queue),
      agents: await Promise.all(staff.map(names.agent)),
    };
    yield* format.chat(store, head, facts, head.endedAt ?? now);
  }
  yield format.end;
}

const timeOf = (at: number): string => new Date(at).toISOString();

async function* wholeChat(store: Exported, head: ConversationHead, facts: ChatFacts) {
  yield `${JSON.stringify(facts).slice(0, -1)},"events":[`;
  let isFirst = true;
  for await (const events of readPieces(store, head.id)) {
    const texts = events.map((event) =>
      JSON.stringify({ seq: event.seq, audience: audienceOf(event.body), ...wireEvent(event) }),
    );
    yield `${isFirst ? '' : ','}\n${texts.join(',\n')}`;
    isFirst = false;
  }
  yield ']}';
}

async function* chatRow(store: Exported, head: ConversationHead, facts: ChatFacts, at: number) {
  let summary = emptySummary;
  for await (const events of readPieces(store, head.id)) summary = summarize(events, summary);
  const { visitor, variables, category, note, outcome, messages, privateMessages, files, score, comment } = summary;
  const verified = verifiedAt(summary, at);
  yield csvRow([
    ...[
      facts.conversation,
      facts.requestedAt,
      facts.endedAt,
      facts.queue,
      facts.agents.join('; '),
      visitor,
      isNameVerifiedAt(summary, at),
    ],
    ...[listed(verified), listed(variables.filter((one) => !verified.includes(one))), category, note, outcome],
    ...[messages, privateMessages, files, score, comment],
  ]);
}

const listed = (variables: ChatSummary['variables']): string =>
  variables.map(({ name, value }) => `${name}: ${value}`).join('; ');

async function* messageRows(store: Exported, head: ConversationHead, facts: ChatFacts) {
  let summary = emptySummary;
  for await (const events of readPieces(store, head.id))
    for (const event of events) {
      summary = summarize([event], summary);
      if (event.body.type !== 'message') continue;
      const isVerified = isNameVerifiedAt(summary, event.at);
      const start = [facts.conversation, facts.requestedAt, facts.queue, summary.visitor, isVerified];
      yield csvRow([...start, ...messageCells(event, event.body)]);
    }
}

const messageCells = ({ seq, at, by }: LogEvent, body: Extract<EventBody, { type: 'message' }>): CsvCell[] => [
  seq,
  timeOf(at),
  by.kind,
  by.kind === 'agent' ? by.agent.name : '',
  body.audience,
  body.text,
  (body.files ?? []).map(({ name }) => name).join('; '),
];
