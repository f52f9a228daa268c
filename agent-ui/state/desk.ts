import type { ConnectionState } from '../../client/connection.ts';
import type { AgentReady, ToAgent } from '../../protocol/agent-frames.ts';
import type { AgentCommand } from '../../protocol/commands.ts';
import type { ConversationId, ProfileId } from '../../protocol/ids.ts';
import type { Action } from './action.ts';
import { attachable } from './attachable.ts';
import { ChatDialogs } from './chat-dialogs.ts';
import { Closing } from './closing.ts';
import { Counting } from './counting.ts';
import type { DeskOptions } from './desk-options.ts';
import { csrfOf, type DeskState, emptyDesk, meIn, type SessionState } from './desk-state.ts';
import { EarlierChats } from './earlier-chats.ts';
import { Floor } from './floor.ts';
import { createLink, type Link } from './link.ts';
import { draftOf } from './offer-draft.ts';
import { OpenChats } from './open-chats.ts';
import { OwnDuty } from './own-duty.ts';
import { mayGo, type Place } from './places.ts';
import { Receiver } from './receiver.ts';
import { createSession } from './session.ts';
import { createStore } from './store.ts';
import { createTabMemory, type TabMemory } from './tab-memory.ts';
import { neighbour } from './tabs.ts';
import { Uploads } from './uploads.ts';

type Handlers = { readonly [Type in Action['type']]: (action: Extract<Action, { type: Type }>) => void };

/** The agent's desk: what the server says and what the agent does, as one state that screens draw. */
export class Desk {
  readonly store = createStore<DeskState>(emptyDesk);
  readonly earlier: EarlierChats;
  readonly floor: Floor;
  readonly counting: Counting;
  readonly #options: DeskOptions;
  readonly #session;
  readonly #chats;
  readonly #dialogs;
  readonly #closing;
  readonly #duty;
  readonly #uploads;
  readonly #memory: TabMemory;
  #receiver: Receiver | null = null;
  #link: Link | null = null;
  /** How far the server's clock is ahead of this browser's. */
  #leadMs = 0;

  constructor(options: DeskOptions) {
    this.#options = options;
    this.#session = createSession({ api: options.api, onChange: (session) => this.#onSession(session) });
    this.earlier = new EarlierChats({ api: options.api, desk: this.store, now: this.now });
    this.floor = new Floor({
      api: options.api,
      send: (frame) => this.#link?.send(frame) ?? false,
      give: (conversation, command) => this.#link?.outbox.add(command, conversation),
      me: () => meIn(this.store.get())?.id ?? null,
      takeFiles: (conversation) => this.#uploads.take(conversation),
      onTaken: (conversation) => this.#taken(conversation),
    });
    this.counting = new Counting({ send: (frame) => this.#link?.send(frame) ?? false });
    this.#memory = createTabMemory({ storage: options.storage, store: this.store });
    this.#duty = new OwnDuty({
      store: this.store,
      now: this.now,
      send: (frame) => this.#link?.send(frame) ?? false,
      onProfile: options.profile.set,
    });
    this.#dialogs = new ChatDialogs({ api: options.api, store: this.store });
    this.#chats = new OpenChats({
      store: this.store,
      now: this.now,
      isWatched: options.isWatched,
      resume: (conversation, after) => this.#link?.send({ type: 'resume', conversation, after }),
      tellTyping: (conversation, on) => this.#link?.send({ type: 'typing', conversation, on }),
    });
    this.#uploads = new Uploads({ chats: attachable(this.floor, this.#chats), csrf: () => csrfOf(this.store.get()) });
    this.#closing = new Closing({
      store: this.store,
      chats: this.#chats,
      give: (conversation, command) => this.#give(conversation, command),
    });
  }

  /** The server's clock, as far as this browser knows it. */
  readonly now = () => this.#options.now() + this.#leadMs;

  open() {
    return this.#session.open();
  }

  stop() {
    this.#session.stop();
    this.#hangUp();
  }

  /** A person looks at the console (again). */
  looked() {
    this.#chats.looked();
  }

  act(action: Action) {
    const handle = this.#handlers[action.type] as (action: Action) => void;
    handle(action);
  }

  readonly #handlers: Handlers = {
    'sign-in': ({ email, password, code }) => this.#session.signIn(email, password, code),
    'sign-out': () => this.#signOut(),
    'choose-profile': ({ profile }) => this.#duty.chooseProfile(profile),
    'set-status': ({ state, reason }) => this.#duty.set(state, reason),
    select: ({ conversation }) => this.#select(conversation),
    walk: ({ step }) => this.#select(neighbour(this.store.get(), step)),
    accept: ({ conversation }) => this.#answer(conversation, 'accept'),
    decline: ({ conversation }) => this.#answer(conversation, 'decline'),
    write: ({ conversation, text }) => this.#write(conversation, text),
    say: ({ conversation, text }) => this.#say(conversation, text),
    retry: ({ id }) => this.#link?.outbox.retry(id),
    discard: ({ id }) => this.#link?.outbox.drop(id),
    'show-dialog': ({ kind, conversation }) => this.#dialogs.show(kind, conversation),
    'hide-dialog': () => this.#dialogs.hide(),
    offer: (action) => this.#offer(action),
    withdraw: ({ conversation, offer }) => this.#give(conversation, { type: 'withdraw', offer }),
    invite: ({ conversation, invitation }) => this.#give(conversation, { type: 'invite', ...invitation }),
    uninvite: ({ conversation }) => this.#give(conversation, { type: 'uninvite' }),
    leave: ({ conversation }) => this.#give(conversation, { type: 'leave' }),
    'set-private': ({ conversation, isPrivate }) => this.#setPrivate(conversation, isPrivate),
    attach: ({ conversation, files }) => this.#uploads.attach(conversation, files),
    unattach: ({ conversation, key }) => this.#uploads.remove(conversation, key),
    'retry-upload': ({ conversation, key }) => this.#uploads.retry(conversation, key),
    'upload-picture': ({ conversation, file, onDone }) => void this.#uploads.one(conversation, file).then(onDone),
    'find-presets': () => this.#dialogs.findPresets(),
    classify: ({ conversation, category, note }) => this.#closing.classify(conversation, category, note),
    close: ({ conversation }) => this.#closing.close(conversation),
    'confirm-close': () => this.#closing.confirm(),
    'keep-open': () => this.#closing.keepOpen(),
    'read-earlier': ({ conversation }) => this.earlier.read(conversation),
    'more-earlier': () => this.earlier.more(),
    'leave-earlier': () => this.earlier.leave(),
    go: ({ place }) => this.#go(place),
    'dismiss-notice': () => this.#update({ notice: null }),
  };

  #update(change: Partial<DeskState>) {
    this.store.set({ ...this.store.get(), ...change });
  }

  #onSession(next: SessionState) {
    const before = this.store.get().session;
    if (next.kind !== 'signed-in') {
      this.#hangUp();
      this.store.set({ ...emptyDesk, session: next });
      if (before.kind === 'signed-in') this.#memory.forget(before.me.id);
      return;
    }
    this.#update({ session: next });
    if (before.kind !== 'signed-in') this.#dial(next);
  }

  #dial({ csrf, me }: Extract<SessionState, { kind: 'signed-in' }>) {
    const { socketUrl, openSocket, profile, kept } = this.#options;
    const sending = kept.load(me.id);
    this.#memory.open(me.id);
    this.#update({ profile: profile.get() as ProfileId | null, sending });
    const receiver = this.#createReceiver();
    this.#receiver = receiver;
    this.#link = createLink({
      url: socketUrl,
      csrf,
      cursors: () => [...this.#chats.log.cursors(), ...this.#memory.cursors()],
      onFrame: (frame) => receiver === this.#receiver && this.#receive(frame, receiver),
      onState: (link) => receiver === this.#receiver && this.#onLink(link),
      onSending: (entries) => {
        kept.save(me.id, entries);
        if (receiver === this.#receiver) this.#update({ sending: entries });
      },
      kept: sending,
      ...(openSocket && { openSocket }),
    });
    this.#link.start();
  }

  #receive(frame: ToAgent, receiver: Receiver) {
    const isTaken = [this.floor, this.counting].some((part) => part.receive(frame));
    if (!isTaken) receiver.receive(frame);
  }

  #createReceiver() {
    return new Receiver({
      store: this.store,
      chats: this.#chats,
      recall: this.#memory.recall,
      onNews: this.#options.onNews,
      onReady: (frame) => this.#onReady(frame),
      onStatus: (status) => this.#duty.told(status),
      onStatusRefused: () => this.#duty.refused(),
      onSignedOut: () => this.#session.ended(),
      onOutdated: () => this.#onOutdated(),
      onRefused: (id) => this.#link?.outbox.drop(id),
    });
  }

  #hangUp() {
    const link = this.#link;
    this.#receiver = null;
    this.#link = null;
    this.#duty.forget();
    link?.stop();
    link?.outbox.clear();
    this.#dialogs.hide();
    this.#uploads.clear();
    this.#chats.clear();
  }

  #onReady({ at, status }: AgentReady) {
    this.#leadMs = at - this.#options.now();
    if (this.#duty.ready(status)) this.#update({ notice: { kind: 'off' } });
    this.#chats.watchLocks();
    const selected = this.#memory.settle();
    if (selected && this.#chats.find(selected)) this.#select(selected);
    this.#duty.resend();
  }

  /** Its tab is about to open, by what the agent did on the floor. */
  #taken(conversation: ConversationId) {
    queueMicrotask(() => this.#chats.find(conversation) && this.#select(conversation));
  }

  #onLink(link: ConnectionState) {
    // Why a socket closed is worth more to a person than that it did.
    const isRestart = this.store.get().link.kind === 'restarting' && link.kind === 'waiting';
    if (!isRestart) this.#update({ link });
  }

  #onOutdated() {
    this.#link?.stop();
    this.#update({ link: { kind: 'outdated' } });
  }

  /** Whoever leaves a shared machine must know when they are not signed out. */
  async #signOut() {
    const { session } = this.store.get();
    if (session.kind !== 'signed-in') return;
    const isOut = await this.#session.signOut(session.csrf);
    if (!isOut) this.#update({ notice: { kind: 'refused', code: 'unavailable' } });
  }

  #go(place: Place) {
    const { session } = this.store.get();
    if (session.kind === 'signed-in' && mayGo(session.role, place)) this.#update({ place });
  }

  #select(selected: ConversationId | null) {
    this.#update({ selected, place: 'chats' });
    this.#chats.looked();
  }

  /** Once is enough: a second press while the first is on its way changes nothing. */
  #answer(id: ConversationId, type: 'accept' | 'decline') {
    const { sending } = this.store.get();
    const isUnderWay = sending.some(({ conversation, command }) => conversation === id && isAnswer(command));
    if (this.#chats.find(id)?.stage.kind === 'request' && !isUnderWay) this.#link?.outbox.add({ type }, id);
  }

  /** Where the connection is lost it waits with the messages, in their order. */
  #give(conversation: ConversationId, command: AgentCommand) {
    this.#link?.outbox.add(command, conversation);
    this.#dialogs.hide();
  }

  async #offer({ conversation, content, isKept }: Extract<Action, { type: 'offer' }>) {
    this.#give(conversation, { type: 'offer', content: draftOf(content) });
    if (isKept && !(await this.#dialogs.keep(content))) this.#update({ notice: { kind: 'not-kept' } });
  }

  #say(conversation: ConversationId, text: string) {
    const files = this.#uploads.take(conversation).map(({ id }) => id);
    if (!text.trim() && files.length === 0) return;
    const audience = this.#chats.find(conversation)?.isPrivate ? 'agents' : 'everyone';
    this.#link?.outbox.add({ type: 'message', text, audience, ...(files.length > 0 && { files }) }, conversation);
    this.#write(conversation, '');
  }

  #write(conversation: ConversationId, text: string) {
    this.#chats.change(conversation, (chat) => ({ ...chat, draft: text }));
    // Not even that somebody writes among agents is for the visitor to know.
    const told = this.#chats.find(conversation)?.isPrivate ? '' : text;
    this.#chats.typing.write(conversation, told, this.now());
  }

  #setPrivate(conversation: ConversationId, isPrivate: boolean) {
    this.#chats.change(conversation, (chat) => ({ ...chat, isPrivate }));
    this.#uploads.follow(conversation);
    this.#write(conversation, this.#chats.find(conversation)?.draft ?? '');
  }
}

const isAnswer = ({ type }: AgentCommand) => type === 'accept' || type === 'decline';
