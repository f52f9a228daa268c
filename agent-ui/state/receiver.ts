import type { AgentReady, AgentStatus, OpenConversation, ToAgent } from '../../protocol/agent-frames.ts';
import type { CommandId, ConversationId } from '../../protocol/ids.ts';
import { type Chat, evolveChat } from './chat.ts';
import type { DeskState } from './desk-state.ts';
import { afterGone, afterOpen, afterReady, afterSignal } from './frames.ts';
import { type News, newsOf } from './news.ts';
import type { OpenChats } from './open-chats.ts';
import type { Store } from './store.ts';

export interface ReceiverOptions {
  readonly store: Store<DeskState>;
  readonly chats: OpenChats;
  /** Adds to a tab that opens what an earlier page knew of it. */
  readonly recall: (chat: Chat) => Chat;
  readonly onNews: (news: News) => void;
  readonly onReady: (frame: AgentReady) => void;
  readonly onStatus: (status: AgentStatus) => void;
  /** The change of status that was asked for last may not be. */
  readonly onStatusRefused: () => void;
  /** The server says that nobody is signed in here. */
  readonly onSignedOut: () => void;
  readonly onOutdated: () => void;
  /** A refused command that will not be given again. */
  readonly onRefused: (id: CommandId) => void;
}

type FrameOf<Type extends ToAgent['type']> = Extract<ToAgent, { type: Type }>;

const statusFields = new Set(['state', 'profile', 'reason']);

/** Takes in what the server sends. */
export class Receiver {
  readonly #options: ReceiverOptions;
  /** By the server's clock: what happened earlier is history and no news. */
  #openedAt: number | null = null;

  constructor(options: ReceiverOptions) {
    this.#options = options;
  }

  receive(frame: ToAgent): void {
    switch (frame.type) {
      case 'ready':
        this.#ready(frame);
        break;
      case 'open':
        this.#open(frame.open);
        break;
      case 'event':
        this.#event(frame);
        break;
      case 'status':
        this.#options.onStatus(frame.status);
        break;
      case 'gone':
        this.#options.store.set(afterGone(this.#state, frame.conversation, frame.reason));
        this.#options.chats.tidy(frame.conversation);
        break;
      case 'signal':
        this.#signal(frame);
        break;
      case 'refusal':
        this.#refusal(frame);
        break;
      case 'fault':
        this.#fault(frame);
        break;
      case 'draining':
        this.#update(() => ({ link: { kind: 'restarting' } }));
        break;
      // The floor and the statistics take their own before they come here.
      case 'counted':
      case 'floor':
      case 'watched':
      case 'unwatched':
      case 'challenge':
      case 'ack':
      case 'pong':
        break;
      default:
        frame satisfies never;
    }
  }

  get #state() {
    return this.#options.store.get();
  }

  #update(change: (state: DeskState) => Partial<DeskState>) {
    this.#options.store.set({ ...this.#state, ...change(this.#state) });
  }

  #ready(frame: AgentReady) {
    const { chats, store, onReady } = this.#options;
    this.#openedAt ??= frame.at;
    const before = this.#state.chats;
    store.set(afterReady(this.#state, frame));
    for (const { id } of before) chats.tidy(id);
    for (const open of frame.conversations) this.#open(open);
    onReady(frame);
  }

  #open(open: OpenConversation) {
    const anew = this.#options.chats.log.begin(open);
    this.#options.store.set(afterOpen(this.#state, open, { anew, recall: this.#options.recall }));
  }

  #event({ conversation, seq, event }: FrameOf<'event'>) {
    const { chats, onNews } = this.#options;
    const { session } = this.#state;
    if (session.kind !== 'signed-in' || !chats.log.add(conversation, seq, event)) return;
    chats.change(conversation, (chat) => evolveChat(chat, { seq, event }, session.me.id));
    chats.looked();
    chats.watchLocks();
    const chat = chats.find(conversation);
    const isLive = this.#openedAt !== null && event.at >= this.#openedAt;
    const news = chat && isLive ? newsOf(chat, { seq, event }) : null;
    if (news) onNews(news);
    const isMine = event.by.kind === 'agent' && event.by.agent.id === session.me.id;
    if (event.body.type === 'ended') this.#ended(conversation, isMine);
  }

  #ended(conversation: ConversationId, isMine: boolean) {
    const { chats } = this.#options;
    const chat = chats.find(conversation);
    const isAsked = chat?.closing && !chat.isClassified;
    if ((isMine || chats.closing.has(conversation)) && !isAsked) return chats.closeTab(conversation);
    // Whether to close it is no question any more.
    if (this.#state.confirming === conversation) this.#update(() => ({ confirming: null }));
  }

  #signal({ conversation, signal }: FrameOf<'signal'>) {
    const { chats, store } = this.#options;
    store.set(afterSignal(this.#state, conversation, signal));
    if (signal.kind === 'typing') chats.typing.visitor(conversation, signal.on);
  }

  #refusal({ id, code, retryAfterMs }: FrameOf<'refusal'>) {
    const { chats, onRefused } = this.#options;
    const entry = this.#state.sending.find((one) => one.id === id);
    // A message stays, marked as not sent; one that comes again by itself needs no word.
    if (!entry || entry.command.type === 'message' || retryAfterMs !== undefined) return;
    onRefused(id);
    if (entry.command.type === 'end' && entry.conversation) {
      chats.closing.delete(entry.conversation);
      if (code === 'already_ended' || code === 'not_found') return chats.closeTab(entry.conversation);
    }
    this.#update(() => ({ notice: { kind: 'refused', code } }));
  }

  #fault({ code, field }: FrameOf<'fault'>) {
    if (code === 'malformed' && field && statusFields.has(field)) this.#options.onStatusRefused();
    if (code === 'sign_in_expected' || code === 'signed_out') this.#options.onSignedOut();
    if (code === 'version_unsupported') this.#options.onOutdated();
    if (code === 'restarting') this.#update(() => ({ link: { kind: 'restarting' } }));
  }
}
