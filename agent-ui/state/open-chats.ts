import type { ConversationId } from '../../protocol/ids.ts';
import type { Chat } from './chat.ts';
import type { DeskState } from './desk-state.ts';
import { nextOpening } from './lock.ts';
import { createLogBook } from './log-book.ts';
import type { Store } from './store.ts';
import { withChange, withoutTab } from './tabs.ts';
import { createTypingBook } from './typing-book.ts';

export interface OpenChatsOptions {
  readonly store: Store<DeskState>;
  /** The server's clock. */
  readonly now: () => number;
  readonly isWatched: () => boolean;
  readonly resume: (conversation: ConversationId, after: number) => void;
  readonly tellTyping: (conversation: ConversationId, on: boolean) => void;
}

/** Longest delay that timers take (2^31 - 1 ms); beyond it they fire at once. */
const longestTimerMs = 2 ** 31 - 1;

/** The chats in the store, and what each drags along that is no part of the state: its timeline, its timers. */
export class OpenChats {
  readonly log;
  readonly typing;
  /** Those that this agent asked to end here; their tabs close when the end stands in the log. */
  readonly closing = new Set<ConversationId>();
  readonly #options: OpenChatsOptions;
  #lockTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: OpenChatsOptions) {
    this.#options = options;
    this.log = createLogBook(({ conversation, after }) => options.resume(conversation, after));
    this.typing = createTypingBook({
      tell: options.tellTyping,
      onForgotten: (id) => this.change(id, (chat) => ({ ...chat, typing: false })),
    });
  }

  get #state() {
    return this.#options.store.get();
  }

  find(id: ConversationId): Chat | undefined {
    return this.#state.chats.find((chat) => chat.id === id);
  }

  change(id: ConversationId, change: (chat: Chat) => Chat) {
    this.#options.store.set(withChange(this.#state, id, change));
  }

  closeTab(id: ConversationId) {
    const { confirming } = this.#state;
    this.#options.store.set({ ...withoutTab(this.#state, id), confirming: confirming === id ? null : confirming });
    this.tidy(id);
    this.looked();
  }

  /** Lets go of what belonged to a tab that is no more. */
  tidy(id: ConversationId) {
    if (this.find(id)) return;
    this.log.forget(id);
    this.typing.forget(id);
    this.closing.delete(id);
  }

  /** What stands before a person's eyes is read. */
  looked() {
    const { selected } = this.#state;
    const chat = selected && this.#options.isWatched() ? this.find(selected) : undefined;
    const read = chat?.events.at(-1)?.seq ?? 0;
    if (chat && chat.unread > 0) this.change(chat.id, (one) => ({ ...one, unread: 0, read }));
  }

  /** Screens must be drawn again at the moment at which a lock opens by itself. */
  watchLocks() {
    const { store, now } = this.#options;
    clearTimeout(this.#lockTimer);
    const identities = this.#state.chats.map(({ identity }) => identity);
    const at = nextOpening(identities, now());
    if (at === null) return;
    const open = () => {
      store.set({ ...this.#state, asOf: now() });
      this.watchLocks();
    };
    this.#lockTimer = setTimeout(open, Math.min(at - now(), longestTimerMs));
  }

  clear() {
    clearTimeout(this.#lockTimer);
    for (const { id } of this.#state.chats) this.typing.forget(id);
    this.log.clear();
    this.closing.clear();
  }
}
