import { createConnection } from '../client/connection.ts';
import { createOutbox } from '../client/outbox.ts';
import { createTimeline } from '../client/timeline.ts';
import { createTyping } from '../client/typing.ts';
import type { TokenCheck } from '../protocol/codes.ts';
import type { VisitorCommand } from '../protocol/commands.ts';
import type { Cursor } from '../protocol/frames.ts';
import type { Identity, ToVisitor, VisitorFrame } from '../protocol/visitor-frames.ts';
import { createAgentTyping } from './agent-typing.ts';
import { createBrowserKey } from './browser-key.ts';
import { blank, type ChatState, isRequesting, linkOf, standingOf } from './chat-state.ts';
import { createIntroduction } from './introduction.ts';
import { pageNow, watchPages } from './pages.ts';
import { createSessionStore } from './session-store.ts';
import type { Store } from './store.ts';
import { warn } from './warn.ts';

export interface VisitorLineOptions {
  readonly site: string;
  readonly queue: string | undefined;
  readonly locale: string;
  readonly url: string;
  readonly store: Store<ChatState>;
  /** Ends all of it: socket, timers, listeners. */
  readonly signal: AbortSignal;
  /** Tells the page what happens from now on; not what an earlier page has told. */
  readonly emit: (name: string, detail: object) => void;
}

/** The visitor's end of the line, without a screen: says hello, follows the log, keeps what the next page needs. */
export function createVisitorLine(options: VisitorLineOptions) {
  const { site, queue, locale, url, store, signal, emit } = options;
  const name = `balie:${site}`;
  const records = createSessionStore({ name, onForeign: followOtherTab, signal });
  const key = createBrowserKey(name, () => !!records.kept);
  const send = (frame: VisitorFrame) => connection.send(frame);
  const introduction = createIntroduction({ site, queue, key, send, session: () => session, cursor });
  const visit = watchPages((page) => send({ type: 'visit', page }), signal);
  const agentTypes = createAgentTyping(store);
  const typing = createTyping((on) => send({ type: 'typing', on }));
  const outbox = createOutbox<VisitorCommand>({
    transmit: ({ id, command }) => send({ type: 'send', id, command }),
    onChange(unsent) {
      if (!signal.aborted) records.changeTab({ unsent });
      store.set({ unsent });
    },
    kept: (records.kept && records.tab.unsent) ?? [],
  });
  const connection = createConnection<ToVisitor, VisitorFrame>({
    url,
    hello: introduction.hello,
    onFrame: (frame) => heed[frame.type]?.(frame as never),
    onState({ kind }) {
      if (kind === 'waiting' && store.state.link === 'trying' && !store.state.site)
        warn(`no answer. Is this origin listed?`);
      if (kind !== 'connecting') store.set({ link: linkOf[kind] });
      else if (store.state.link === 'idle') store.set({ link: 'trying' });
    },
  });

  let session = records.kept?.session;
  let timeline = createTimeline();
  let isResuming = false;
  let readyAt = 0;
  let clockAheadMs = 0;

  const heed: { [Type in ToVisitor['type']]?: (frame: Extract<ToVisitor, { type: Type }>) => void } = {
    ready(frame) {
      clockAheadMs = frame.at - Date.now();
      readyAt ||= frame.at;
      if (frame.session) {
        // The one before is over: somebody signed out, or another person signed in.
        if (session) forget();
        session = frame.session;
      }
      turnTo(frame.conversation);
      store.set({ site: frame.site });
      onIdentityNow(frame.identity);
      if (isRequesting(store.state)) void keep();
      introduction.answered();
      outbox.connected();
      rest();
    },

    event({ conversation, seq, event }) {
      // The session's next conversation, begun here or in another tab.
      if (conversation !== store.state.conversation && seq === 1) turnTo({ conversation, after: 0 });
      if (conversation !== store.state.conversation) return;
      const outcome = timeline.add(seq, event);
      if (outcome === 'gap' && !isResuming) isResuming = send({ type: 'resume', conversation, after: timeline.after });
      if (outcome !== 'added') return;
      isResuming = false;
      store.set({ events: timeline.events });
      const { type } = event.body;
      if (type === 'accepted') store.set({ place: null });
      if (/requested|ended/.test(type)) records.change({ open: type === 'requested' });
      // The event says that the command arrived, and replaces it on the screen without a gap.
      if (event.by.kind !== 'visitor') agentTypes(false);
      else if (event.command) outbox.settle({ type: 'ack', id: event.command });
      if (event.at >= readyAt) {
        store.set({ isNews: true });
        if (type === 'message') emit(type, { by: event.by.kind });
        if (event.body.type === 'ended') emit('ended', { reason: event.body.reason });
      }
      rest();
    },

    refusal(frame) {
      const command = outbox.entries.find(({ id }) => id === frame.id)?.command;
      outbox.settle(frame);
      // These stay, and can be tried again; where there is a time to wait, the outbox does so itself.
      if (!command || frame.retryAfterMs || !/request|end/.test(command.type)) return;
      outbox.drop(frame.id);
      if (command.type === 'end') return;
      // Begun in another tab at the same moment: a fresh hello shows that one.
      if (frame.code === 'already_open') return connection.restart();
      outbox.clear();
      records.change({ open: false });
      store.set({ failed: true });
    },

    signal({ conversation, signal: told }) {
      if (conversation !== store.state.conversation) return;
      if (told.kind === 'typing') agentTypes(told.on);
      if (told.kind === 'place') store.set({ place: told });
    },

    ack: (frame) => timeline.has(frame.id) && outbox.settle(frame),
    identity: (frame) => onIdentityNow(frame.identity),

    fault({ code, message }) {
      if (code === 'session_refused' && session) {
        // Reloaded before the request had arrived: the server never heard of the session, and gets the request again.
        forget(!records.kept?.identified && isRequesting(store.state));
        connection.restart();
      } else if (/subject_|signed_/.test(code)) {
        forget();
        if (code === 'signed_out') key.reread();
        wake();
      } else if (/refused|site_|version_/.test(code)) {
        refuse(message);
      }
    },
  };

  function onIdentityNow(identity: Identity) {
    const isVerified = identity.state === 'verified';
    const known = isVerified ? identity.known : [];
    store.set({ isVerified, asked: store.state.site?.ask.filter((asked) => !known.includes(asked)) ?? [] });
    if (isVerified) {
      records.change({ identified: true });
      introduction.renewIn(identity.expiresAt - Date.now() - clockAheadMs);
    }
    const { state, check }: { state: string; check?: TokenCheck } = identity;
    emit('identity', { state, check });
  }

  function cursor(): Cursor | null {
    const { conversation } = store.state;
    return conversation && { conversation, after: timeline.after };
  }

  function turnTo(to: Cursor | null) {
    const conversation = to?.conversation ?? null;
    if (conversation !== store.state.conversation) {
      timeline = createTimeline();
      const { kept } = records;
      store.set({ ...blank, conversation, seen: (kept?.conversation === conversation && kept?.seen) || 0 });
    }
    isResuming = false;
    timeline.begin(to?.after ?? 0);
    store.set({ events: timeline.events });
  }

  /** Another tab began, went on with, or ended the session that all of them share. */
  function followOtherTab() {
    const { kept } = records;
    const { conversation, seen } = store.state;
    if (kept?.session !== session) {
      leave();
      // What this page set may be about who was there before.
      introduction.hush();
      session = kept?.session;
      key.reread();
      wake();
    } else if (kept?.seen && kept.conversation === conversation && kept.seen > seen) {
      store.set({ seen: kept.seen });
    }
  }

  /** Everything of this visitor's chat leaves the page … */
  function leave() {
    outbox.clear();
    turnTo(null);
    store.set({ answers: {} });
  }

  /** … and the browser. */
  function forget(keepUnsent = false) {
    session = undefined;
    records.clear();
    key.forget();
    if (keepUnsent) return;
    leave();
    introduction.forget();
  }

  /** Says hello afresh, where there is something to talk about. */
  function wake() {
    connection.stop();
    if (store.state.shown || records.kept?.open) start();
  }

  function start() {
    if (crypto.subtle) connection.start();
    else refuse('no HTTPS');
  }

  function refuse(reason: string) {
    warn(reason);
    connection.stop();
    store.set({ link: 'refused' });
  }

  /** Nothing is open and nobody looks. */
  function rest() {
    const { phase } = standingOf(store.state);
    if (!store.state.shown && !records.kept?.open && phase !== 'waiting' && phase !== 'active') connection.stop();
  }

  /** Into the browser's storage: from here on a chat is under way. A session without its key would be worthless there. */
  async function keep() {
    const mine = session;
    if (!mine) return;
    await key.keep();
    if (mine === session && !records.kept)
      records.begin({ session: mine, open: true, shown: true, identified: store.state.isVerified });
    records.change({ open: true });
  }

  store.set({ unsent: outbox.entries });
  signal.addEventListener('abort', () => {
    connection.stop();
    introduction.stop();
    agentTypes(false);
    outbox.clear();
  });

  return {
    records,
    wake,
    forget,
    identify: introduction.use,
    set: introduction.set,
    outbox,
    access: { site, url, key, serverNow: () => Date.now() + clockAheadMs },
    typed: () => typing.typed(Date.now()),
    show(shown: boolean) {
      store.set({ shown });
      records.change({ shown });
      if (shown) start();
      rest();
    },
    /** What is on the screen while it is looked at, is seen. */
    look() {
      const at = cursor();
      if (!store.state.shown || document.hidden || !at || store.state.seen >= at.after) return;
      store.set({ seen: at.after });
      records.change({ conversation: at.conversation, seen: at.after });
      send({ type: 'seen', conversation: at.conversation, seq: at.after });
    },
    request(answers: ChatState['answers']) {
      if (isRequesting(store.state)) return;
      turnTo(null);
      store.set({ answers });
      // Where the page names no queue, the undefined one does not travel.
      outbox.add({ type: 'request', page: pageNow(), locale, queue, ...answers } as VisitorCommand);
      void keep().catch(() => {});
    },
    message(text: string, files?: Extract<VisitorCommand, { type: 'message' }>['files']) {
      if (!text && !files) return;
      typing.stopped();
      visit();
      return outbox.add({ type: 'message', text, files } as VisitorCommand);
    },
    logout() {
      // Looked for before the record of it goes: the server hears of this under the old session, by the old key.
      void key.pair();
      if (records.kept?.identified) {
        records.clear();
        leave();
      }
      introduction.forget();
      void introduction.use(null);
      if (session) start();
    },
  };
}

export type VisitorLine = ReturnType<typeof createVisitorLine>;
