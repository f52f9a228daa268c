import type { RefusalCode } from '../../protocol/codes.ts';
import type { ConversationEvent, EventBody, FileRef, OfferContent } from '../../protocol/entities.ts';
import type { AgentId, CommandId, OfferId } from '../../protocol/ids.ts';
import { type ChatState, isRequesting } from '../chat-state.ts';
import type { TextKey } from '../texts/speech.ts';

export interface MessageRow {
  readonly kind: 'message';
  /** The same before and after it was sent, so that no screen reader hears it twice. */
  readonly key: CommandId;
  /** Empty for the visitor's own. */
  readonly author: string;
  readonly text: string;
  readonly files: readonly FileRef[];
  readonly at: number;
  readonly delivery: 'sent' | 'sending' | 'refused';
  readonly refused?: RefusalCode | undefined;
  /** More than one agent has been here by now, so it must be seen which of them it was. */
  readonly isNamed: boolean;
  /** Of what one author said within one minute. */
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

export type Row =
  | MessageRow
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'note'; readonly key: string; readonly text: TextKey; readonly name: string }
  | { readonly kind: 'offer'; readonly key: string; readonly offer: OfferId; readonly content: OfferContent };

type Loose = Omit<MessageRow, 'isFirst' | 'isLast'> | Exclude<Row, MessageRow>;

export interface RowsOptions {
  /** When unsent messages are thought to be. */
  readonly now: number;
  /** What this tab has uploaded: an unsent message names its files by their ids alone. */
  readonly given?: readonly FileRef[] | undefined;
}

/** What the message list shows, from top to bottom. */
export function rowsOf({ events, unsent }: Pick<ChatState, 'events' | 'unsent'>, { now, given = [] }: RowsOptions) {
  const rows = isRequesting({ unsent }) ? [] : sentRows(events);
  for (const { id, command, refused } of unsent) {
    if (command.type !== 'message') continue;
    const files = given.filter((file) => command.files?.includes(file.id));
    const delivery = refused ? 'refused' : 'sending';
    const { text } = command;
    rows.push({ kind: 'message', key: id, author: '', isNamed: false, text, files, at: now, delivery, refused });
  }
  return rows.map(
    (row, index): Row =>
      row.kind === 'message'
        ? { ...row, isFirst: !isWith(row, rows[index - 1]), isLast: !isWith(row, rows[index + 1]) }
        : row,
  );
}

function sentRows(events: ChatState['events']): Loose[] {
  const rows: Loose[] = [];
  const met = new Set<AgentId>();
  const there = new Set<AgentId>();
  let day = '';
  let isOver = false;
  for (const { seq, event } of events) {
    const { at, by, body, command } = event;
    const key = (command ?? `${seq}`) as CommandId;
    const today = new Date(at).toDateString();
    if (today !== day && body.type !== 'requested') {
      day = today;
      rows.push({ kind: 'day', key: day, at });
    }
    if (body.type === 'accepted' || body.type === 'joined') {
      met.add(body.agent.id);
      there.add(body.agent.id);
    }
    if (body.type === 'left') there.delete(body.agent.id);
    if (body.type === 'moved') there.clear();
    if (body.type === 'message') {
      const author = by.kind === 'agent' ? by.agent.name : '';
      const { text, files = [] } = body;
      const isNamed = !!author && met.size > 1;
      rows.push({ kind: 'message', key, author, isNamed, text, files, at, delivery: 'sent' });
    }
    if (body.type === 'offered') rows.push({ kind: 'offer', key, offer: body.offer, content: body.content });
    if (body.type === 'ended') isOver = true;
    const text = mailNote(body, isOver) ?? noteOf(body, there.size > 0);
    const name = nameIn(event);
    if (text) rows.push({ kind: 'note', key, text, name });
  }
  return rows;
}

function noteOf(body: EventBody, isSomebodyThere: boolean): TextKey | undefined {
  if (body.type === 'accepted') return 'joined';
  if (body.type === 'joined') return 'came';
  if (body.type === 'moved') return 'moved';
  if (body.type === 'left') return isSomebodyThere || body.reason === 'left' ? 'gone' : 'left';
  if (body.type !== 'ended') return undefined;
  return endings[body.reason] ?? 'ended';
}

/** Whom or what a note is about. */
function nameIn({ body, by }: ConversationEvent): string {
  if (body.type === 'moved') return body.queue.name;
  if ('email' in body) return body.email;
  if ('agent' in body) return body.agent.name;
  return by.kind === 'agent' ? by.agent.name : '';
}

/** To an address that nobody vouches for goes a link first. */
function mailNote(body: EventBody, isOver: boolean): TextKey | undefined {
  if (body.type === 'confirmed') return isOver ? 'mailGoing' : 'mailConfirmed';
  if (body.type !== 'transcript') return undefined;
  return body.verified ? (isOver ? 'mailGoing' : 'mailLater') : 'mailConfirm';
}

const endings: Readonly<Record<string, TextKey>> = { visitor: 'endedByYou', agent: 'endedBy', message: 'endedLeft' };

const minuteOf = (at: number): number => Math.floor(at / 60_000);

const isWith = (row: Extract<Loose, { kind: 'message' }>, other: Loose | undefined): boolean =>
  other?.kind === 'message' && other.author === row.author && minuteOf(other.at) === minuteOf(row.at);
