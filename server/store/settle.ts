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
  const heads = new Map<ConversationId, ConversationHead>();
  const commands = new Map<string, LogEvent>();
  const open = new Map<SessionId, ConversationId | undefined>();
  const appended: Append[] = [];

  const firstOutcome = ({ head, events }: Append): LogEvent | undefined => {
    for (const { command } of events) {
      const first =
        command !== null && (commands.get(commandKey(head.id, command)) ?? before.command(head.id, command));
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

  const take = (append: Append, current: ConversationHead | undefined): void => {
    const { head, events } = append;
    appended.push(append);
    heads.set(head.id, head);
    if (head.phase !== 'ended') open.set(head.session, head.id);
    else if (current && current.phase !== 'ended') open.set(head.session, undefined);
    for (const event of events) if (event.command !== null) commands.set(commandKey(head.id, event.command), event);
  };

  const outcomes = appends.map((append): AppendOutcome => {
    const event = firstOutcome(append);
    if (event) return { kind: 'duplicate', event };
    const current = heads.get(append.head.id) ?? before.head(append.head.id);
    if ((current?.seq ?? 0) !== append.expected) return { kind: 'conflict' };
    if (isBusy(append, current)) return { kind: 'session_busy' };
    assertNumbered(append, current?.visitorSeq ?? 0);
    if (append.events.length > 0) take(append, current);
    return { kind: 'appended' };
  });
  return { outcomes, appended };
}

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

const commandKey = (conversation: ConversationId, command: CommandId) => `${conversation} ${command}`;
