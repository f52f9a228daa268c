import type { CommandId, ConversationId, SessionId } from '../../protocol/ids.ts';
import type { LogEvent } from '../domain/conversation.ts';
import type { Append, AppendOutcome, ConversationHead } from './store.ts';

/** What stood in the store when the transaction had it to itself. */
export interface Before {
  head(id: ConversationId): ConversationHead | undefined;
  command(id: ConversationId, command: CommandId): LogEvent | undefined;
  /** The session's conversation that has not ended; asked only where one begins. */
  openOf(session: SessionId): ConversationId | undefined;
}

export interface Settlement {
  /** In the order of the appends. */
  readonly outcomes: readonly AppendOutcome[];
  /** Those to write, in order. */
  readonly appended: readonly Append[];
}

/**
 * What becomes of each append of a group: they are taken in order, each seeing those before it, as if every one had a
 * transaction of its own. Pure, and the same for every database.
 */
export function settle(appends: readonly Append[], before: Before): Settlement {
  /** Of each conversation, what was taken so far. */
  const taken = new Map<ConversationId, Append[]>();
  const open = new Map<SessionId, ConversationId | undefined>();
  const appended: Append[] = [];

  const firstOutcome = ({ head, events }: Append, earlier: readonly Append[]): LogEvent | undefined => {
    for (const { command } of events) {
      if (command === null) continue;
      const first = eventOf(earlier, command) ?? before.command(head.id, command);
      if (first) return first;
    }
    return undefined;
  };

  const isBusy = ({ head }: Append, current: ConversationHead | undefined): boolean => {
    if (head.phase === 'ended' || (current && current.phase !== 'ended')) return false;
    if (current) throw new Error('A conversation that has ended cannot be opened again.');
    const other = open.has(head.session) ? open.get(head.session) : before.openOf(head.session);
    return other !== undefined;
  };

  const take = (append: Append, current: ConversationHead | undefined, earlier: Append[]): void => {
    const { head } = append;
    appended.push(append);
    if (earlier.push(append) === 1) taken.set(head.id, earlier);
    if (head.phase !== 'ended') {
      if (!current) open.set(head.session, head.id);
    } else if (current && current.phase !== 'ended') open.set(head.session, undefined);
  };

  const outcomes = appends.map((append): AppendOutcome => {
    const { head, expected, events } = append;
    const earlier = taken.get(head.id) ?? [];
    const event = firstOutcome(append, earlier);
    if (event) return { kind: 'duplicate', event };
    const current = earlier.at(-1)?.head ?? before.head(head.id);
    if ((current?.seq ?? 0) !== expected) return { kind: 'conflict' };
    if (isBusy(append, current)) return { kind: 'session_busy' };
    assertNumbered(append, current?.visitorSeq ?? 0);
    if (events.length > 0) take(append, current, earlier);
    return { kind: 'appended' };
  });
  return { outcomes, appended };
}

const eventOf = (appends: readonly Append[], command: CommandId): LogEvent | undefined => {
  for (const { events } of appends) {
    const found = events.find((event) => event.command === command);
    if (found) return found;
  }
  return undefined;
};

/** The numbers of both audiences go on without a gap; what breaks this is a fault in the program and is not written. */
function assertNumbered({ head, expected, events }: Append, visitorSeqBefore: number): void {
  let seq = expected;
  let visitorSeq = visitorSeqBefore;
  const fits = events.every(
    (event) => event.seq === ++seq && (event.visitorSeq === null || event.visitorSeq === ++visitorSeq),
  );
  if (!fits || head.seq !== seq || head.visitorSeq !== visitorSeq)
    throw new Error(`The events of conversation ${head.id} are not numbered on from ${expected}.`);
}
