import type { OpenConversation } from '../../protocol/agent-frames.ts';
import type { Cursor } from '../../protocol/frames.ts';
import type { ConversationId } from '../../protocol/ids.ts';
import type { BusMessage } from '../bus/bus.ts';
import type { Desk } from '../desk/desk.ts';
import { isTheirs } from '../desk/readable.ts';
import type { Agent, ConversationHead } from '../store/store.ts';
import { Feed } from './feed.ts';
import { FloorSeat, type FloorSeatOptions } from './floor-seat.ts';
import { StatisticsSeat } from './statistics-seat.ts';

type AgentSeatOptions = FloorSeatOptions & {
  readonly desk: Pick<Desk, 'conversationsOf' | 'readable'>;
};

/** An agent's socket after its hello: a feed for each conversation that concerns them. */
export class AgentSeat {
  readonly agent: Agent;
  readonly floor: FloorSeat;
  readonly statistics: StatisticsSeat;
  /** They said themselves that they go, in this browser: nobody need wait whether they come back. */
  hasSignedOut = false;
  private readonly options: AgentSeatOptions;
  private readonly feeds = new Map<ConversationId, Feed>();
  /** What concerns the agent as of the last word on it, ahead of the feeds: what is gone gets none any more. */
  private readonly theirs = new Set<ConversationId>();
  private readonly unsubscribe: () => void;
  /** What came in before `ready` was sent, and then one thing after the other. */
  private tail: Promise<void>;
  private readonly started = Promise.withResolvers<void>();
  private reopened: OpenConversation[] = [];

  constructor(options: AgentSeatOptions) {
    this.options = options;
    this.agent = options.person.agent;
    this.tail = this.started.promise;
    this.floor = new FloorSeat(options);
    this.statistics = new StatisticsSeat(options);
    this.unsubscribe = options.bus.subscribe(`agent:${this.agent.id}`, (message) => this.told(message));
  }

  /** What the console shows after a hello: all that concerns the agent, and the ended ones it still has open. */
  async reopen(cursors: readonly Cursor[]): Promise<OpenConversation[]> {
    const { desk } = this.options;
    const after = new Map(cursors.map((cursor) => [cursor.conversation, cursor.after]));
    const heads = new Map((await desk.conversationsOf(this.agent)).map((head) => [head.id, head]));
    for (const id of heads.keys()) this.theirs.add(id);
    for (const conversation of new Set(after.keys())) {
      const head = heads.get(conversation) ?? (await desk.readable(this.agent, conversation));
      if (head?.phase === 'ended' && isTheirs(this.agent, head)) {
        heads.set(head.id, head);
        this.theirs.add(head.id);
      }
    }
    this.reopened = await Promise.all([...heads.values()].map((head) => desk.describe(head, resumeAt(head, after))));
    return this.reopened;
  }

  /** `ready` is sent: events may follow. */
  follow(): void {
    for (const { conversation, after } of this.reopened) this.feed(conversation, after);
    this.reopened = [];
    this.started.resolve();
  }

  follows(conversation: ConversationId): boolean {
    return this.feeds.has(conversation);
  }

  resume(conversation: ConversationId, after: number): void {
    this.feeds.get(conversation)?.resume(after);
    this.floor.resume(conversation, after);
  }

  leave(): void {
    this.unsubscribe();
    this.started.resolve();
    this.theirs.clear();
    this.floor.leave();
    this.statistics.leave();
    for (const feed of this.feeds.values()) feed.stop();
    this.feeds.clear();
  }

  private told(message: BusMessage): void {
    const { connection, failed, person } = this.options;
    if (message.kind === 'signed_out') {
      if (message.only && message.only !== person.session.tokenHash) return;
      this.hasSignedOut = message.only !== undefined;
      connection.end('signed_out', 'You were signed out.');
      return;
    }
    if (message.kind === 'open') this.theirs.add(message.conversation);
    // At once: no event after the agent lost the right to it.
    if (message.kind === 'gone') {
      this.theirs.delete(message.conversation);
      this.unfeed(message.conversation);
    }
    this.tail = this.tail.then(() => this.pass(message)).catch(failed);
  }

  private async pass(message: BusMessage): Promise<void> {
    const { connection } = this.options;
    if (!connection.isOpen) return;
    if (message.kind === 'status') connection.send({ type: 'status', status: message.status });
    if (message.kind === 'gone') {
      // Also what was opened meanwhile: its own `open` follows.
      this.unfeed(message.conversation);
      connection.send({ type: 'gone', conversation: message.conversation, reason: message.reason });
    }
    if (message.kind === 'open') await this.open(message.conversation);
  }

  private async open(conversation: ConversationId): Promise<void> {
    const { connection, desk } = this.options;
    const head = this.follows(conversation) ? null : await desk.readable(this.agent, conversation);
    const open = head && (await desk.describe(head, 0));
    // It may be gone again since; then `gone` is what they are told next.
    if (!open || !this.theirs.has(conversation) || !connection.isOpen) return;
    this.floor.opened(conversation);
    connection.send({ type: 'open', open });
    this.feed(conversation, 0);
  }

  private feed(conversation: ConversationId, after: number): void {
    if (!this.theirs.has(conversation)) return;
    const { log } = this.options.store;
    this.feeds.set(conversation, new Feed({ ...this.options, log, conversation, after, reader: 'agents' }));
  }

  private unfeed(conversation: ConversationId): void {
    this.feeds.get(conversation)?.stop();
    this.feeds.delete(conversation);
  }
}

const resumeAt = (head: ConversationHead, after: ReadonlyMap<ConversationId, number>): number => {
  const asked = after.get(head.id) ?? 0;
  return asked <= head.seq ? asked : 0;
};
