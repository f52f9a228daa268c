import type { Numbered } from '../../client/timeline.ts';
import type { EarlierConversation } from '../../protocol/http.ts';
import type { ConversationId } from '../../protocol/ids.ts';
import type { DeskApi } from './desk-api.ts';
import { type DeskState, selectedChat } from './desk-state.ts';
import { lockOf } from './lock.ts';
import type { Progress } from './progress.ts';
import { createStore, type Store } from './store.ts';

export type EarlierList =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'loaded'; readonly conversations: readonly EarlierConversation[] };

/** An earlier chat that is being read in the place of `chat`. */
export interface EarlierReading {
  readonly chat: ConversationId;
  readonly conversation: EarlierConversation;
  readonly events: readonly Numbered[];
  readonly progress: Progress;
}

export interface EarlierState {
  /** By the chat beside which they are listed. */
  readonly lists: ReadonlyMap<ConversationId, EarlierList>;
  readonly reading: EarlierReading | null;
}

interface EarlierOptions {
  readonly api: Pick<DeskApi, 'earlier' | 'events'>;
  readonly desk: Store<DeskState>;
  readonly now: () => number;
}

const nothing: EarlierState = { lists: new Map(), reading: null };

/** Earlier chats of verified visitors: their list is fetched when a verified chat comes to the front. */
export class EarlierChats {
  readonly store = createStore<EarlierState>(nothing);
  readonly #options: EarlierOptions;

  constructor(options: EarlierOptions) {
    this.#options = options;
    options.desk.subscribe(() => this.#follow());
  }

  read(conversation: EarlierConversation) {
    const { selected } = this.#options.desk.get();
    if (!selected) return;
    this.#update({ reading: { chat: selected, conversation, events: [], progress: 'loading' } });
    return this.#load();
  }

  more() {
    const { reading } = this.store.get();
    if (!reading || reading.progress === 'loading') return;
    this.#update({ reading: { ...reading, progress: 'loading' } });
    return this.#load();
  }

  leave() {
    if (this.store.get().reading) this.#update({ reading: null });
  }

  #update(change: Partial<EarlierState>) {
    this.store.set({ ...this.store.get(), ...change });
  }

  #follow() {
    const desk = this.#options.desk.get();
    if (desk.session.kind !== 'signed-in') return this.store.set(nothing);
    const chat = selectedChat(desk);
    const { lists, reading } = this.store.get();
    if (reading && reading.chat !== chat?.id) this.leave();
    if (!chat || lists.has(chat.id) || lockOf(chat.identity, this.#options.now())?.state !== 'verified') return;
    this.#setList(chat.id, { kind: 'loading' });
    void this.#list(chat.id);
  }

  async #list(chat: ConversationId) {
    const conversations = await this.#options.api.earlier(chat);
    this.#setList(chat, conversations ? { kind: 'loaded', conversations } : { kind: 'failed' });
  }

  #setList(chat: ConversationId, list: EarlierList) {
    this.#update({ lists: new Map(this.store.get().lists).set(chat, list) });
  }

  async #load() {
    const { reading } = this.store.get();
    if (!reading) return;
    const page = await this.#options.api.events(reading.conversation.conversation, reading.events.at(-1)?.seq ?? 0);
    const current = this.store.get().reading;
    // Another one may have been opened, or this one left, while the page was on its way.
    if (current?.conversation !== reading.conversation || current.events !== reading.events) return;
    if (!page) return this.#update({ reading: { ...current, progress: 'failed' } });
    const events = [...current.events, ...page.events];
    this.#update({ reading: { ...current, events, progress: page.next === null ? 'done' : 'more' } });
  }
}
