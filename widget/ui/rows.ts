import type { EventBody } from '../../protocol/entities.ts';
import type { CommandId } from '../../protocol/ids.ts';
import { type ChatState, isRequesting } from '../chat-state.ts';
import type { TextKey } from '../texts/speech.ts';

export interface MessageRow {
  readonly kind: 'message';
  /** The same before and after it was sent, so that no screen reader hears it twice. */
  readonly key: CommandId;
  /** Empty for the visitor's own. */
  readonly author: string;
  readonly text: string;
  readonly at: number;
  readonly delivery: 'sent' | 'sending' | 'refused';
  /** Of what one author said within one minute. */
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

export type Row =
  | MessageRow
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'note'; readonly key: string; readonly text: TextKey; readonly name: string };

type Loose = Omit<MessageRow, 'isFirst' | 'isLast'> | Exclude<Row, MessageRow>;

/** What the message list shows, from top to bottom. `now` is when unsent messages are thought to be. */
export function rowsOf({ events, unsent }: Pick<ChatState, 'events' | 'unsent'>, now: number): Row[] {
  const rows: Loose[] = [];
  let day = '';
  let agent = '';
  for (const { seq, event } of isRequesting({ unsent }) ? [] : events) {
    const { at, by, body, command } = event;
    const key = (command ?? `${seq}`) as CommandId;
    if ('agent' in body) agent = body.agent.name;
    const today = new Date(at).toDateString();
    if (today !== day && body.type !== 'requested') {
      day = today;
      rows.push({ kind: 'day', key: day, at });
    }
    if (body.type === 'message') {
      const author = by.kind === 'agent' ? by.agent.name : '';
      rows.push({ kind: 'message', key, author, text: body.text, at, delivery: 'sent' });
    }
    const text = noteOf(body);
    if (text) rows.push({ kind: 'note', key, text, name: agent });
  }
  for (const { id, command, refused } of unsent) {
    const delivery = refused ? 'refused' : 'sending';
    if (command.type === 'message')
      rows.push({ kind: 'message', key: id, author: '', text: command.text, at: now, delivery });
  }
  return rows.map((row, index) =>
    row.kind === 'message'
      ? { ...row, isFirst: !isWith(row, rows[index - 1]), isLast: !isWith(row, rows[index + 1]) }
      : row,
  );
}

function noteOf(body: EventBody): TextKey | undefined {
  if (body.type === 'accepted') return 'joined';
  if (body.type === 'left') return 'left';
  if (body.type !== 'ended') return undefined;
  return body.reason === 'visitor' ? 'endedByYou' : body.reason === 'agent' ? 'endedBy' : 'ended';
}

const minuteOf = (at: number): number => Math.floor(at / 60_000);

const isWith = (row: Extract<Loose, { kind: 'message' }>, other: Loose | undefined): boolean =>
  other?.kind === 'message' && other.author === row.author && minuteOf(other.at) === minuteOf(row.at);
