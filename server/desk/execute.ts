import type { Actor } from '../../protocol/entities.ts';
import type { CommandId, ConversationId } from '../../protocol/ids.ts';
import type { Command, CommandContext, Oversight } from '../domain/command.ts';
import { absent, type Conversation, type LogEvent } from '../domain/conversation.ts';
import { decide } from '../domain/decide.ts';
import { evolve, fold } from '../domain/evolve.ts';
import { record } from '../domain/record.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import { answersTo } from '../domain/resend.ts';
import type { AppendOutcome, Store } from '../store/store.ts';
import type { Anchor } from './anchor.ts';
import { unavailable } from './answer.ts';
import type { Clock } from './clock.ts';
import type { ConversationCache, Known } from './conversation-cache.ts';
import { headOf } from './head.ts';
import type { Log } from './log.ts';
import type { Masking } from './masking.ts';
import { createSerial } from './serial.ts';

export interface Order {
  readonly command: Command;
  readonly by: Actor;
  /** The sender's; null for what the desk does by itself. */
  readonly id: CommandId | null;
  /** Whether who asks may know of a conversation that belongs there. To others it does not exist. */
  readonly mayReach: (anchor: Anchor) => boolean;
  /** What whoever asks watches over; nothing where it is not said. */
  readonly oversees?: Oversight;
  /** Where it will belong, if this command begins it. */
  readonly begins?: Anchor;
}

/** As the site wants it kept; `given` is how it came. */
interface MaskedOrder extends Order {
  readonly given: Order;
}

export type Outcome =
  /** `event` is the one that bears the command's id, null if it changed nothing; `again` if it did so before. */
  | { readonly kind: 'done'; readonly event: LogEvent | null; readonly again: boolean }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** What was committed. */
export interface Change {
  readonly anchor: Anchor;
  readonly before: Conversation;
  readonly after: Conversation;
  readonly events: readonly LogEvent[];
}

export type Execute = (id: ConversationId, order: Order) => Promise<Outcome>;

interface ExecuteOptions {
  readonly store: Pick<Store, 'log'>;
  readonly conversations: ConversationCache;
  readonly masking: Masking;
  readonly clock: Clock;
  readonly log: Log;
  /** Called after the commit, and in the order of the log within this node. */
  readonly onChange: (change: Change) => void;
}

/**
 * Each try that conflicts means that somebody else got further. Who lost has to read before the next try and so tends to
 * lose again while the other node has more to say; so many in a row are no race any more but a fault.
 */
const maxTries = 100;

/**
 * Carries commands out: load, decide, append, announce. Commands of one conversation are decided one after the other
 * within this node; against other nodes the expected position guards the append, and who lost decides again.
 */
export function createExecute(options: ExecuteOptions): Execute {
  const executor = new Executor(options);
  const oneByOne = createSerial<ConversationId>();
  return (id, order) => oneByOne(id, () => executor.carryOut(id, order));
}

class Executor {
  private readonly options: ExecuteOptions;

  constructor(options: ExecuteOptions) {
    this.options = options;
  }

  async carryOut(id: ConversationId, order: Order): Promise<Outcome> {
    const { conversations, log } = this.options;
    for (let tries = 0; tries < maxTries; tries++) {
      const first = tries === 0;
      const known = await (first ? conversations.load(id) : conversations.refresh(id));
      const outcome = await this.attempt(known ?? begun(order), order, first);
      if (outcome !== 'again') return outcome;
    }
    log.error({ conversation: id, command: order.command.type }, 'a command met a conflict every time');
    return refused(unavailable);
  }

  /** `mayBeBehind`: another node may have written since; then only what can be appended is an answer. */
  private async attempt(known: Known | null, given: Order, mayBeBehind: boolean): Promise<Outcome | 'again'> {
    if (!known || !given.mayReach(known.anchor)) return mayBeBehind ? 'again' : notFound();
    const order = { ...given, command: await this.options.masking(known.anchor.site, given.command), given };
    const context: CommandContext = {
      by: order.by,
      now: this.options.clock.now(),
      command: order.id,
      oversees: order.oversees === undefined ? [] : order.oversees,
    };
    const decision = decide(known.state, order.command, context);
    if (!decision.ok)
      return mayBeBehind ? 'again' : ((await this.earlierOutcome(known, order)) ?? refused(decision.refusal));
    if (decision.events.length === 0) return mayBeBehind ? 'again' : { kind: 'done', event: null, again: false };
    return this.append(known, record(known.state, decision.events, context), order);
  }

  private async append(known: Known, events: readonly LogEvent[], order: MaskedOrder): Promise<Outcome | 'again'> {
    const { store, conversations, onChange } = this.options;
    const { anchor, state: before } = known;
    const after = fold(events, before);
    let outcome: AppendOutcome;
    try {
      outcome = await store.log.append({ head: headOf(anchor, after), expected: before.seq, events });
    } catch (error) {
      return this.whatBecameOf(known, order, error);
    }
    switch (outcome.kind) {
      case 'appended':
        conversations.put({ anchor, state: after });
        onChange({ anchor, before, after, events });
        return { kind: 'done', event: outcomeIn(events, order), again: false };
      case 'duplicate':
        return repeated(outcome.event, order);
      case 'conflict':
        return 'again';
      case 'session_busy':
        return sessionBusy();
      default:
        return outcome satisfies never;
    }
  }

  /** The append failed, which says nothing about whether it was committed. The log does, if it can be asked. */
  private async whatBecameOf({ anchor, state: before }: Known, order: MaskedOrder, error: unknown): Promise<Outcome> {
    const { store, conversations, log, onChange } = this.options;
    log.error({ err: error, conversation: anchor.id, command: order.command.type }, 'an append failed');
    try {
      const now = await conversations.refresh(anchor.id);
      if (!now || now.state.seq === before.seq) return refused(unavailable);
      const events = await store.log.read(anchor.id, before.seq, now.state.seq - before.seq);
      // Nobody has heard of them: whoever appended them was not told that they were committed. One by one, since between
      // two of them somebody may have been asked who is not any more.
      let state = before;
      for (const event of events) {
        const after = evolve(state, event);
        onChange({ anchor, before: state, after, events: [event] });
        state = after;
      }
      return (await this.earlierOutcome(now, order)) ?? refused(unavailable);
    } catch {
      return refused(unavailable);
    }
  }

  /** A resend is answered with what it did the first time, even where it could not be done any more now. */
  private async earlierOutcome({ anchor, state }: Known, order: MaskedOrder): Promise<Outcome | null> {
    if (!order.id || state.phase === 'absent') return null;
    const event = await this.options.store.log.findCommand(anchor.id, order.id);
    return event && repeated(event, order);
  }
}

const outcomeIn = (events: readonly LogEvent[], { id }: Order): LogEvent | null =>
  events.find(({ command }) => command !== null && command === id) ?? events[0] ?? null;

const begun = ({ begins }: Order): Known | null => (begins ? { anchor: begins, state: absent } : null);

/** Also as it came: the site may mask since the first time what it kept then. */
const repeated = (event: LogEvent, { command, by, given }: MaskedOrder): Outcome =>
  answersTo(event, command, by) || answersTo(event, given.command, by)
    ? { kind: 'done', event, again: true }
    : refused(refuse('conflicting_resend', 'Another command was sent under this id before.', 'id'));

const refused = (refusal: Refusal): Outcome => ({ kind: 'refused', refusal });
const sessionBusy = () => refused(refuse('already_open', 'This visitor has another conversation that has not ended.'));
const notFound = () => refused(refuse('not_found', 'There is no such conversation.'));
