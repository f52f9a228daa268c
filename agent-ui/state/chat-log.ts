import type { Numbered } from '../../client/timeline.ts';
import type { ChatLogEntry, ChatLogPage } from '../../protocol/chat-log.ts';
import type { EventsPage } from '../../protocol/http.ts';
import type { ConversationId } from '../../protocol/ids.ts';
import { everything, type LogAddress, type LogSearch, logQuery } from './log-search.ts';
import type { Progress } from './progress.ts';
import type { Problem, Rest } from './rest.ts';
import { createStore } from './store.ts';

/** A conversation of the log that is being read. */
export interface LogReading {
  readonly conversation: ConversationId;
  /** Null until it is known what it is, as where a link led here. */
  readonly entry: ChatLogEntry | null;
  readonly events: readonly Numbered[];
  readonly progress: Progress;
}

export interface ChatLogState {
  readonly search: LogSearch;
  readonly entries: readonly ChatLogEntry[];
  readonly progress: Progress;
  readonly problem: Problem | null;
  /** Back to when everything was looked through, of a search that may go on. */
  readonly searchedTo: number | null;
  readonly isIndexing: boolean;
  readonly reading: LogReading | null;
}

/** How often a search goes on by itself that has found nothing yet. */
const patience = 10;

const nothingYet: ChatLogState = {
  search: everything,
  entries: [],
  progress: 'done',
  problem: null,
  searchedTo: null,
  isIndexing: false,
  reading: null,
};

/** The chats of the organization, for who oversees them: what an address asks for, page by page. */
export class ChatLog {
  readonly store = createStore<ChatLogState>(nothingYet);
  readonly #rest: Pick<Rest, 'read'>;
  #asked: string | null = null;
  #next: string | null = null;

  constructor(rest: Pick<Rest, 'read'>) {
    this.#rest = rest;
  }

  /** What stands there already is not asked for again. */
  async follow({ search, chat }: LogAddress): Promise<void> {
    const asked = logQuery(search).toString();
    const isNew = asked !== this.#asked;
    this.#asked = asked;
    this.#update({ search });
    await Promise.all([isNew ? this.#begin() : null, this.#read(chat)]);
  }

  async more(): Promise<void> {
    if (this.store.get().progress === 'loading') return;
    this.#update({ progress: 'loading', problem: null });
    await this.#load();
  }

  async readMore(): Promise<void> {
    const { reading } = this.store.get();
    if (!reading || reading.progress === 'loading') return;
    this.#update({ reading: { ...reading, progress: 'loading' } });
    await this.#loadEvents();
  }

  #update(change: Partial<ChatLogState>) {
    this.store.set({ ...this.store.get(), ...change });
  }

  #begin(): Promise<void> {
    this.#next = null;
    this.#update({ entries: [], progress: 'loading', problem: null, searchedTo: null });
    return this.#load();
  }

  async #load(): Promise<void> {
    const asked = this.#asked;
    for (let round = 0; round < patience; round++) {
      const query = new URLSearchParams(asked ?? '');
      if (this.#next !== null) query.set('before', this.#next);
      const answer = await this.#rest.read<ChatLogPage>(`/chat-log?${query}`);
      // Something else was asked for meanwhile.
      if (asked !== this.#asked) return;
      if (!answer.ok) return this.#update({ progress: 'failed', problem: answer.problem });
      const { conversations, next, searchedTo, isIndexing } = answer.value;
      this.#next = next;
      const isGoingOn = next !== null && conversations.length === 0 && round < patience - 1;
      const entries = [...this.store.get().entries, ...conversations];
      const progress = isGoingOn ? 'loading' : next === null ? 'done' : 'more';
      this.#update({ entries, searchedTo, isIndexing, progress });
      if (!isGoingOn) return;
    }
  }

  async #read(conversation: ConversationId | null): Promise<void> {
    const { reading, entries } = this.store.get();
    if (conversation === (reading?.conversation ?? null)) return;
    if (conversation === null) return this.#update({ reading: null });
    const entry = entries.find((one) => one.conversation === conversation) ?? null;
    this.#update({ reading: { conversation, entry, events: [], progress: 'loading' } });
    await Promise.all([entry ? null : this.#findEntry(conversation), this.#loadEvents()]);
  }

  async #findEntry(conversation: ConversationId): Promise<void> {
    const answer = await this.#rest.read<ChatLogEntry>(`/chat-log/${conversation}`);
    const { reading } = this.store.get();
    if (answer.ok && reading?.conversation === conversation)
      this.#update({ reading: { ...reading, entry: answer.value } });
  }

  /** As far as where it was found, in one go. */
  async #loadEvents(): Promise<void> {
    for (;;) {
      const { reading } = this.store.get();
      if (!reading) return;
      const { conversation } = reading;
      const after = reading.events.at(-1)?.seq ?? 0;
      const answer = await this.#rest.read<EventsPage>(`/conversations/${conversation}/events?after=${after}`);
      const current = this.store.get().reading;
      // Another one may have been opened while the page was on its way.
      if (current?.conversation !== conversation || current.events !== reading.events) return;
      if (!answer.ok) return this.#update({ reading: { ...current, progress: 'failed' } });
      const events = [...current.events, ...answer.value.events];
      const isFar = (events.at(-1)?.seq ?? 0) >= (current.entry?.hit?.seq ?? 0);
      const progress = answer.value.next === null ? 'done' : isFar ? 'more' : 'loading';
      this.#update({ reading: { ...current, events, progress } });
      if (progress !== 'loading') return;
    }
  }
}
