import type { Cursor } from '../../protocol/frames.ts';
import type { SiteId } from '../../protocol/ids.ts';
import { type VisitorFrame, VisitorFrame as visitorFrames } from '../../protocol/visitor-frames.ts';
import type { Bus } from '../bus/bus.ts';
import type { Desk } from '../desk/desk.ts';
import type { Site } from '../domain/site.ts';
import type { ConversationHead, Store } from '../store/store.ts';
import type { Connection } from './connection.ts';
import { createFrameParser } from './frame-parser.ts';
import type { Hub } from './hub.ts';
import { type Arrival, answerFrame, createSeatedDoor, type SeatedFrame } from './seated-door.ts';
import type { Identifier } from './visitor-hello.ts';
import { identityFrame, isVersionKnown, standing } from './visitor-hello.ts';
import { VisitorSeat } from './visitor-seat.ts';

interface VisitorDoorOptions {
  readonly store: Pick<Store, 'log' | 'conversations' | 'sites'>;
  readonly desk: Desk;
  readonly bus: Bus;
  readonly hub: Hub;
  readonly identifier: Identifier;
  readonly now: () => number;
  readonly failed: (error: unknown) => void;
}

type Of<Type extends VisitorFrame['type']> = Extract<VisitorFrame, { type: Type }>;

/** The visitors' sockets: what each frame makes the desk do, and what goes back. */
export function createVisitorDoor(options: VisitorDoorOptions) {
  const { store, desk, identifier, now } = options;

  /** As it is now: a key that was revoked a moment ago verifies nothing more, on any socket. */
  async function siteNow(id: SiteId): Promise<Site> {
    const site = await store.sites.find(id);
    if (!site) throw new Error('The site of a socket is gone.');
    return site;
  }

  async function hello(
    connection: Connection,
    frame: Of<'hello'>,
    { origin, sit }: Arrival<VisitorSeat, SiteId>,
  ): Promise<void> {
    const site = await siteNow(origin);
    if (!isVersionKnown(frame.version))
      return connection.end('version_unsupported', 'Reload the page: this widget and this server do not go together.');
    const visitor = await identifier.hello(site, connection, frame);
    if (!visitor.ok) return connection.end(visitor.code, visitor.message);
    if (!connection.isOpen) return;

    const seat = new VisitorSeat({ ...options, connection, visitor });
    sit(seat);
    connection.becomeReady(seat.session.id);
    const head = seat.kept ? await comeBack(connection, seat, frame) : null;
    if (!connection.isOpen) return;
    const cursor = head && { conversation: head.id, after: resumeAt(head, frame.cursor) };
    connection.send({
      type: 'ready',
      at: now(),
      ...(visitor.minted && { session: visitor.token }),
      identity: identityFrame(seat.identity),
      site: {
        name: site.name,
        ask: [...site.ask],
        files: site.files,
        ...surveyOf(site),
        transcripts: site.settings.transcript !== 'off',
        ...(await closedTo(site, seat, frame)),
      },
      conversation: cursor,
    });
    seat.start(cursor);
    if (head?.phase === 'waiting' || head?.phase === 'presented') await desk.tellPlace(head);
  }

  /** Nothing where a chat can be started now. */
  async function closedTo(site: Site, { identity }: VisitorSeat, { queue, page }: Of<'hello'>) {
    const isVerified = identity?.state === 'verified';
    const admission = await desk.reception({ site, queue, url: page?.url ?? '', isVerified });
    if (admission?.kind !== 'closed') return {};
    const { reason, opensAt, form } = admission;
    return { closed: { reason, opensAt, form } };
  }

  /** The session's latest conversation, which is told what the page says now: it may differ from the page before. */
  async function comeBack(
    connection: Connection,
    seat: VisitorSeat,
    frame: Of<'hello'>,
  ): Promise<ConversationHead | null> {
    await come(seat);
    seat.identity = standing(seat.identity, await siteNow(seat.session.site), now());
    const { identity, claims } = seat;
    const session = await identifier.sessionNow(seat);
    // Another tab may have signed out before this one listened.
    if (!session || identifier.isAnother(session, identity, frame.token)) {
      connection.end('session_refused', 'This session is over.');
      return null;
    }
    if (identity) await desk.identify(session, identity);
    const head = await store.conversations.latestOfSession(session.id);
    if (!head || head.phase === 'ended') return head;
    // None too: the page before may have set some that this one does not.
    if (claims) await desk.claim(session, claims);
    if (frame.page) await desk.visit(session, frame.page);
    return head;
  }

  async function come(seat: VisitorSeat): Promise<void> {
    if (seat.isListening) return;
    seat.listen();
    await desk.visitorCame(seat.session);
  }

  async function identify(connection: Connection, seat: VisitorSeat, frame: Of<'identify'>): Promise<void> {
    const site = await siteNow(seat.session.site);
    const shown = await identifier.show(site, connection, { ...frame, session: seat.token });
    if (!shown.ok) return connection.end(shown.code, shown.message);
    if (shown.thumbprint !== seat.thumbprint) return connection.end('proof_refused', 'The proof is of another key.');
    // As the store has it: another tab may have linked it to a person since.
    const session = seat.kept ? await identifier.sessionNow(seat) : seat.session;
    if (!session) return connection.end('signed_out', 'This session is over.');
    if (identifier.isAnother(session, shown.identity, frame.token)) {
      // Not to be told by its own sign-out, which says less.
      seat.leave();
      if (seat.kept) await desk.signOutVisitor(session);
      const code = frame.token === null ? 'signed_out' : 'subject_changed';
      return connection.end(code, 'This session was somebody else’s; say hello anew, without it.');
    }
    // Without a token the last one counts on, unless it has run out.
    const said = frame.token === undefined ? seat.identity : shown.identity;
    const identity = standing(said, await siteNow(seat.session.site), now());
    const isNews = frame.token !== undefined || identity !== said;
    seat.shows(session, identity, shown.claims);
    if (seat.kept && identity && isNews) await desk.identify(session, identity);
    if (seat.kept && seat.claims) await desk.claim(session, seat.claims);
    connection.send({ type: 'identity', identity: identityFrame(seat.identity) });
  }

  async function send(connection: Connection, seat: VisitorSeat, { id, command }: Of<'send'>): Promise<void> {
    if (command.type === 'request') {
      await come(seat);
      seat.identity = standing(seat.identity, await siteNow(seat.session.site), now());
    }
    const answer = await desk.fromVisitor(seat.context(), id, command);
    if (answer.ok && command.type === 'request') seat.keptNow();
    connection.send(answerFrame(id, answer, 'visitor'));
  }

  function receive(connection: Connection, seat: VisitorSeat, frame: SeatedFrame<VisitorFrame>): Promise<void> | void {
    if (frame.type === 'send') return send(connection, seat, frame);
    const { conversation } = seat;
    switch (frame.type) {
      case 'identify':
        return identify(connection, seat, frame);
      case 'visit':
        return seat.kept ? desk.visit(seat.session, frame.page) : undefined;
      case 'typing':
        return conversation ? desk.visitorTyping(conversation, frame.on) : undefined;
      case 'seen':
        return frame.conversation === conversation ? desk.seen(seat.session, conversation, frame.seq) : undefined;
      case 'resume':
        return seat.resume(frame.conversation, frame.after);
      default:
        return frame satisfies never;
    }
  }

  return createSeatedDoor<VisitorFrame, VisitorSeat, SiteId>({
    ...options,
    parse: createFrameParser<VisitorFrame>(visitorFrames),
    hello,
    receive,
    leave(seat) {
      seat.leave();
      return seat.isListening ? desk.visitorWent(seat.session) : undefined;
    },
  });
}

function surveyOf({ settings }: Site) {
  const { on, ...survey } = settings.survey;
  return on ? { survey } : {};
}

/** Everything after the cursor, if it is one in this conversation; otherwise everything. */
const resumeAt = (head: ConversationHead, cursor: Cursor | undefined): number =>
  cursor?.conversation === head.id && cursor.after <= head.visitorSeq ? cursor.after : 0;
