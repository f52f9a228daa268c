import type { AgentFrame, OpenConversation, ToAgent } from '../../protocol/agent-frames.ts';
import type { AgentCommand } from '../../protocol/commands.ts';
import type { FileRef } from '../../protocol/entities.ts';
import type { Signal } from '../../protocol/frames.ts';
import type { Colleagues } from '../../protocol/http.ts';
import type { AgentId, ConversationId } from '../../protocol/ids.ts';
import { type Chat, evolveChat, openChat } from './chat.ts';
import { type FloorRows, noRows, rowsAfter } from './floor-rows.ts';
import { createLogBook } from './log-book.ts';
import { createStore } from './store.ts';

export interface FloorState extends FloorRows {
  /** The server has told how it looks. */
  readonly isTold: boolean;
  /** The chat that is read along in. */
  readonly reading: Chat | null;
  /** Why it can't be read any more: it was moved out of the reader's queues, or never was in them (`gone`), or is erased. */
  readonly lost: 'gone' | 'erased' | null;
}

interface FloorOptions {
  readonly api: { colleagues(): Promise<Colleagues | null> };
  /** False where there is no connection. */
  readonly send: (frame: AgentFrame) => boolean;
  readonly give: (conversation: ConversationId, command: AgentCommand) => void;
  readonly me: () => AgentId | null;
  /** What was uploaded for the next whisper. */
  readonly takeFiles: (conversation: ConversationId) => readonly FileRef[];
  /** It has become a tab, by what was done here. */
  readonly onTaken: (conversation: ConversationId) => void;
}

export type Move = Extract<AgentCommand, { type: 'move' }>;

const closed: FloorState = { ...noRows, isTold: false, reading: null, lost: null };

/** The floor, while somebody looks at it: what the server tells of it, and the one chat that they read along in. */
export class Floor {
  readonly store = createStore<FloorState>(closed);
  readonly #options: FloorOptions;
  readonly #log = createLogBook(({ conversation, after }) =>
    this.#options.send({ type: 'resume', conversation, after }),
  );
  #isOpen = false;
  /** Asked for; it may not have come yet. */
  #watched: ConversationId | null = null;
  /** A tab that was asked for here. */
  #taking: ConversationId | null = null;

  constructor(options: FloorOptions) {
    this.#options = options;
  }

  open() {
    this.#isOpen = true;
    this.#options.send({ type: 'floor', on: true });
  }

  close() {
    this.#isOpen = false;
    this.leave();
    this.#options.send({ type: 'floor', on: false });
    this.store.set(closed);
  }

  watch(conversation: ConversationId) {
    this.leave();
    this.#watched = conversation;
    this.#options.send({ type: 'watch', conversation });
  }

  leave() {
    if (this.#watched === null) return;
    this.#log.forget(this.#watched);
    this.#watched = null;
    this.#taking = null;
    this.#options.send({ type: 'watch', conversation: null });
    this.#update({ reading: null, lost: null });
  }

  /** With the files that were attached here. */
  whisper(conversation: ConversationId, text: string) {
    const files = this.#options.takeFiles(conversation).map(({ id }) => id);
    if (!text.trim() && files.length === 0) return;
    this.#options.give(conversation, {
      type: 'message',
      text,
      audience: 'agents',
      ...(files.length > 0 && { files }),
    });
  }

  /** What is read along in, if it is this one. */
  find(conversation: ConversationId): Chat | undefined {
    const { reading } = this.store.get();
    return reading?.id === conversation ? reading : undefined;
  }

  /** False where it is another one. */
  change(conversation: ConversationId, change: (chat: Chat) => Chat): boolean {
    const reading = this.find(conversation);
    if (reading) this.#update({ reading: change(reading) });
    return reading !== undefined;
  }

  join(conversation: ConversationId) {
    this.#taking = conversation;
    this.#options.give(conversation, { type: 'join' });
  }

  move(conversation: ConversationId, { to, note }: Omit<Move, 'type'>) {
    if (to.kind === 'agent' && to.agent === this.#options.me()) this.#taking = conversation;
    this.#options.give(conversation, { type: 'move', to, note });
  }

  colleagues() {
    return this.#options.api.colleagues();
  }

  /** True for what is the floor's alone. */
  receive(frame: ToAgent): boolean {
    switch (frame.type) {
      case 'ready':
        this.#again();
        return false;
      case 'floor':
        if (this.#isOpen) this.#update({ ...rowsAfter(this.store.get(), frame), isTold: true });
        return true;
      case 'watched':
        this.#begin(frame.open);
        return true;
      case 'unwatched':
        if (frame.conversation !== this.#watched) return true;
        this.#log.forget(frame.conversation);
        this.#watched = null;
        this.#update({ reading: null, lost: frame.reason ?? 'gone' });
        return true;
      case 'open':
        this.#opened(frame.open.conversation);
        return false;
      case 'event':
        return this.#event(frame);
      case 'signal':
        return this.change(frame.conversation, (chat) => afterSignal(chat, frame.signal));
      default:
        return false;
    }
  }

  /** A connection that is back knows nothing of what the one before was told. */
  #again() {
    if (this.#isOpen) this.#options.send({ type: 'floor', on: true });
    if (this.#watched) this.#options.send({ type: 'watch', conversation: this.#watched });
  }

  #begin(open: OpenConversation) {
    if (open.conversation !== this.#watched) return;
    this.#log.forget(open.conversation);
    this.#log.begin(open);
    // What was attached before the connection was lost is there still. All that one writes here is for agents.
    const { uploads = [], uploadFlaw = null } = this.find(open.conversation) ?? {};
    this.#update({ reading: { ...openChat(open), isPrivate: true, uploads, uploadFlaw }, lost: null });
  }

  #opened(conversation: ConversationId) {
    const isTaken = conversation === this.#taking;
    if (isTaken) this.#taking = null;
    if (conversation === this.#watched) {
      this.#log.forget(conversation);
      this.#watched = null;
      this.#update({ reading: null });
    }
    if (isTaken) this.#options.onTaken(conversation);
  }

  #event({ conversation, seq, event }: Extract<ToAgent, { type: 'event' }>): boolean {
    const me = this.#options.me();
    return this.change(conversation, (chat) =>
      me && this.#log.add(conversation, seq, event) ? evolveChat(chat, { seq, event }, me) : chat,
    );
  }

  #update(change: Partial<FloorState>) {
    this.store.set({ ...this.store.get(), ...change });
  }
}

/** Whether the visitor types is not shown to who only reads: nobody waits for them there. */
function afterSignal(chat: Chat, signal: Signal): Chat {
  if (signal.kind === 'presence') return { ...chat, connected: signal.connected };
  return signal.kind === 'seen' && signal.seq > chat.seen ? { ...chat, seen: signal.seq } : chat;
}
