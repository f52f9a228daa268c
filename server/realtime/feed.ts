import type { Signal } from '../../protocol/frames.ts';
import type { ConversationId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Bus } from '../bus/bus.ts';
import type { LogEvent } from '../domain/conversation.ts';
import type { ConversationLog } from '../store/store.ts';
import type { Connection } from './connection.ts';
import { eventFrame } from './event-text.ts';

interface FeedOptions {
  readonly conversation: ConversationId;
  /** In the reader's own numbering. */
  readonly after: number;
  readonly reader: 'visitor' | 'agents';
  readonly connection: Connection;
  readonly log: ConversationLog;
  readonly bus: Bus;
  readonly failed: (error: unknown) => void;
  readonly onErased?: () => void;
}

/**
 * A socket's cursor over one log. It listens first and reads then, so nothing falls between: an event that is the next
 * one is sent straight on, and any other makes it read the log from the cursor. A visitor's feed knows only the
 * visitor's numbers, so what has none cannot pass it.
 */
export class Feed {
  readonly conversation: ConversationId;
  private after: number;
  private reading = false;
  private behind = false;
  private stopped = false;
  private readonly options: FeedOptions;
  private readonly unsubscribe: () => void;

  constructor(options: FeedOptions) {
    this.options = options;
    this.conversation = options.conversation;
    this.after = options.after;
    this.unsubscribe = options.bus.subscribe(`conversation:${options.conversation}`, (message) => {
      if (message.kind === 'events') for (const event of message.events) this.committed(event);
      else if (message.kind === 'gone') options.onErased?.();
      else if (message.kind === 'signal' && message.to === options.reader) this.signal(message.signal);
    });
    this.catchUp();
  }

  /** The reader says where it stands: what it has already it drops, so going back is harmless. */
  resume(after: number): void {
    this.after = Math.min(after, this.after);
    this.catchUp();
  }

  stop(): void {
    this.stopped = true;
    this.unsubscribe();
  }

  private committed(event: LogEvent): void {
    const seq = this.numberOf(event);
    if (seq === null || seq <= this.after) return;
    if (this.reading || seq !== this.after + 1) this.catchUp();
    else this.pass(seq, event);
  }

  private catchUp(): void {
    this.behind = true;
    if (this.reading || this.stopped) return;
    this.reading = true;
    this.read().catch(this.options.failed);
  }

  private async read(): Promise<void> {
    const { connection } = this.options;
    try {
      while (this.behind && !this.stopped && connection.isOpen) {
        this.behind = false;
        const events = await this.page();
        for (const event of events) {
          // A long history must not look like a slow reader.
          if (connection.isCrowded) await connection.flushed();
          const seq = this.numberOf(event);
          if (seq === this.after + 1 && !this.stopped) this.pass(seq, event);
        }
        if (events.length === limits.historyPage) this.behind = true;
      }
    } finally {
      this.reading = false;
    }
  }

  private page(): Promise<LogEvent[]> {
    const { log, reader } = this.options;
    return reader === 'visitor'
      ? log.readVisible(this.conversation, this.after, limits.historyPage)
      : log.read(this.conversation, this.after, limits.historyPage);
  }

  private numberOf = (event: LogEvent): number | null =>
    this.options.reader === 'visitor' ? event.visitorSeq : event.seq;

  private pass(seq: number, event: LogEvent): void {
    this.after = seq;
    this.options.connection.sendText(eventFrame(this.conversation, seq, event));
  }

  private signal(signal: Signal): void {
    this.options.connection.send({ type: 'signal', conversation: this.conversation, signal });
  }
}
