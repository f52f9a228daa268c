import type { ConversationId } from '../../protocol/ids.ts';
import type { Bus } from '../bus/bus.ts';
import type { Desk } from '../desk/desk.ts';
import { type FloorPicture, type FloorView, viewOf } from '../desk/floor-picture.ts';
import { isOverseen, oversightOf } from '../desk/oversight.ts';
import type { Store } from '../store/store.ts';
import type { Connection } from './connection.ts';
import { Feed } from './feed.ts';
import { floorFrames } from './floor-frames.ts';
import type { Reader, Readings } from './readings.ts';
import type { SignedInAgent } from './signed-in.ts';

export interface FloorSeatOptions {
  readonly connection: Connection;
  readonly person: SignedInAgent;
  readonly address: string | null;
  readonly store: Pick<Store, 'agents' | 'log' | 'queues'>;
  readonly desk: Pick<Desk, 'describe' | 'overseen' | 'watchFloor'>;
  readonly bus: Bus;
  readonly readings: Pick<Readings, 'conversation'>;
  readonly now: () => number;
  readonly failed: (error: unknown) => void;
}

/**
 * What an agent's socket is told of the floor, and the one conversation it reads along in. Every look asks anew what
 * they oversee, so that a right that was taken away ends here too.
 */
export class FloorSeat {
  private readonly options: FloorSeatOptions;
  private readonly reader: Reader;
  private isTold = false;
  /** Null: nothing yet since it was asked for. */
  private told: FloorView | null = null;
  private picture: FloorPicture | null = null;
  private showing = false;
  private feed: Feed | null = null;
  private unsubscribe: (() => void) | null = null;

  constructor(options: FloorSeatOptions) {
    this.options = options;
    this.reader = { agent: options.person.agent, address: options.address };
  }

  async tell(on: boolean): Promise<void> {
    const { connection, person, store } = this.options;
    if (on && (await oversightOf(person.agent, store))?.length === 0)
      return connection.fault('malformed', 'The floor is for who oversees queues.', { field: 'type' });
    this.isTold = on;
    this.told = null;
    this.attend();
    if (on && this.picture) this.look(this.picture);
  }

  /** Written down before anything is shown. */
  async watch(conversation: ConversationId | null, isOpen: boolean): Promise<void> {
    const { connection, desk, person, readings } = this.options;
    this.unwatch();
    const head = conversation && !isOpen ? await desk.overseen(person.agent, conversation) : null;
    if (head) {
      await readings.conversation(this.reader, head);
      const open = await desk.describe(head, 0);
      if (!connection.isOpen) return;
      connection.send({ type: 'watched', open });
      const { log } = this.options.store;
      const onErased = () => this.lose(head.id, { reason: 'erased' });
      this.feed = new Feed({ ...this.options, log, conversation: head.id, after: 0, reader: 'agents', onErased });
    } else if (conversation) connection.send({ type: 'unwatched', conversation });
    this.attend();
  }

  /** It has a tab of its own now, and must not be told twice. */
  opened(conversation: ConversationId): void {
    if (this.feed?.conversation === conversation) this.unwatch();
  }

  resume(conversation: ConversationId, after: number): void {
    if (this.feed?.conversation === conversation) this.feed.resume(after);
  }

  leave(): void {
    this.isTold = false;
    this.unwatch();
  }

  private unwatch(): void {
    this.feed?.stop();
    this.feed = null;
    this.attend();
  }

  private lose(conversation: ConversationId, why: { reason?: 'erased' } = {}): void {
    this.unwatch();
    this.options.connection.send({ type: 'unwatched', conversation, ...why });
  }

  private attend(): void {
    const { desk, person } = this.options;
    if (!this.isTold && !this.feed) {
      this.unsubscribe?.();
      this.unsubscribe = null;
      this.picture = null;
    } else this.unsubscribe ??= desk.watchFloor(person.agent.organization, (picture) => this.look(picture));
  }

  /** The latest picture counts; those that came while one was being shown are left out. */
  private look(picture: FloorPicture): void {
    this.picture = picture;
    if (this.showing) return;
    this.showing = true;
    this.show()
      .catch(this.options.failed)
      .finally(() => {
        this.showing = false;
      });
  }

  private async show(): Promise<void> {
    const { connection, now, person, store } = this.options;
    for (let shown: FloorPicture | null = null; this.picture && this.picture !== shown; ) {
      shown = this.picture;
      const oversight = await oversightOf(person.agent, store);
      const isNew = this.told === null;
      const watched = this.feed?.conversation;
      const chat = watched && shown.chats.get(watched);
      if (watched && (chat ? !isOverseen(oversight, { queue: chat.queue.id }) : oversight?.length === 0)) {
        this.lose(watched);
      }
      // A reader who is behind is told what became of it, at the next look.
      if (!this.isTold || (connection.isCrowded && !isNew)) continue;
      const view = viewOf(shown, oversight);
      for (const frame of floorFrames(this.told, view, now())) connection.send(frame);
      this.told = view;
    }
  }
}
