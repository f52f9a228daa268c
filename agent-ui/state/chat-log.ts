import type { Numbered } from '../../client/timeline.ts';
import type { ChatLogEntry } from '../../protocol/chat-log.ts';
import type { DeskApi } from './desk-api.ts';
import type { DeskState } from './desk-state.ts';
import { createStore, type Store } from './store.ts';

export type Progress = 'loading' | 'failed' | 'more' | 'done';

/** A conversation of the log that is being read. */
export interface LogReading {
  readonly entry: ChatLogEntry;
  readonly events: readonly Numbered[];
  readonly progress: Progress;
}

export interface ChatLogState {
  readonly entries: readonly ChatLogEntry[];
  readonly next: string | null;
  readonly progress: Progress;
  readonly reading: LogReading | null;
}

interface ChatLogOptions {
  readonly api: Pick<DeskApi, 'chatLog' | 'events'>;
  readonly desk: Store<DeskState>;
}

const nothing: ChatLogState = { entries: [], next: null, progress: 'done', reading: null };

/** The chats of the organization, for who oversees them. */
export class ChatLog {
  readonly store = createStore<ChatLogState>(nothing);
  readonly #options: ChatLogOptions;

  constructor(options: ChatLogOptions) {
    this.#options = options;
    options.desk.subscribe(() => {
      // What one person read is nothing for who signs in next.
      const { session } = options.desk.get();
      if (session.kind !== 'signed-in' && this.store.get() !== nothing) this.store.set(nothing);
    });
  }

  /** From the newest on. */
  open(): Promise<void> {
    this.store.set({ ...nothing, progress: 'loading' });
    return this.#load(null);
  }

  more(): Promise<void> {
    const { next, progress } = this.store.get();
    if (progress === 'loading') return Promise.resolve();
    this.#update({ progress: 'loading' });
    return this.#load(next);
  }

  read(entry: ChatLogEntry): Promise<void> {
    this.#update({ reading: { entry, events: [], progress: 'loading' } });
    return this.#loadEvents();
  }

  readMore(): Promise<void> {
    const { reading } = this.store.get();
    if (!reading || reading.progress === 'loading') return Promise.resolve();
    this.#update({ reading: { ...reading, progress: 'loading' } });
    return this.#loadEvents();
  }

  #update(change: Partial<ChatLogState>) {
    this.store.set({ ...this.store.get(), ...change });
  }

  async #load(before: string | null) {
    const page = await this.#options.api.chatLog(before);
    if (!page) return this.#update({ progress: 'failed' });
    const { entries } = this.store.get();
    const progress = page.next === null ? 'done' : 'more';
    this.#update({ entries: [...entries, ...page.conversations], next: page.next, progress });
  }

  async #loadEvents() {
    const { reading } = this.store.get();
    if (!reading) return;
    const page = await this.#options.api.events(reading.entry.conversation, reading.events.at(-1)?.seq ?? 0);
    const current = this.store.get().reading;
    // Another one may have been opened while the page was on its way.
    if (current?.entry !== reading.entry || current.events !== reading.events) return;
    if (!page) return this.#update({ reading: { ...current, progress: 'failed' } });
    const events = [...current.events, ...page.events];
    this.#update({ reading: { ...current, events, progress: page.next === null ? 'done' : 'more' } });
  }
}
