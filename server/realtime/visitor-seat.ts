import type { TokenCheck } from '../../protocol/codes.ts';
import type { Cursor } from '../../protocol/frames.ts';
import type { ConversationId } from '../../protocol/ids.ts';
import type { Bus } from '../bus/bus.ts';
import type { VisitorContext } from '../desk/desk.ts';
import type { IdentityClaim } from '../domain/command.ts';
import { withoutVerified } from '../domain/variables.ts';
import type { Session, Store } from '../store/store.ts';
import type { Connection } from './connection.ts';
import { Feed } from './feed.ts';
import { identityFrame, type KnownSession, type Shown } from './visitor-hello.ts';

interface VisitorSeatOptions {
  readonly connection: Connection;
  readonly visitor: Shown & KnownSession;
  readonly store: Pick<Store, 'log'>;
  readonly bus: Bus;
  readonly failed: (error: unknown) => void;
}

/** A visitor's socket after its hello: who is there, and the one conversation it follows. */
export class VisitorSeat {
  readonly thumbprint: string;
  readonly token: string;
  session: Session;
  kept: boolean;
  identity: IdentityClaim | null;
  claims: Shown['claims'];
  private feed: Feed | null = null;
  /** A conversation that began before events may follow, here or in another tab. */
  private begun: ConversationId | null = null;
  private started = false;
  private readonly options: VisitorSeatOptions;
  private unsubscribe: (() => void) | null = null;

  constructor(options: VisitorSeatOptions) {
    const { visitor } = options;
    this.options = options;
    this.thumbprint = visitor.thumbprint;
    this.token = visitor.token;
    this.session = visitor.session;
    this.kept = visitor.kept;
    this.identity = visitor.identity;
    this.claims = visitor.claims && withoutVerified(visitor.claims, factsOf(visitor.identity));
  }

  /** False until a chat is near: whoever only looks at the page costs neither a listener nor a query. */
  get isListening(): boolean {
    return this.unsubscribe !== null;
  }

  listen(): void {
    const { bus, connection } = this.options;
    this.unsubscribe ??= bus.subscribe(`session:${this.session.id}`, (message) => {
      if (message.kind === 'begun') this.turnTo(message.conversation);
      if (message.kind === 'signed_out') connection.end('signed_out', 'This session is over.');
      if (message.kind === 'unverified') this.lose(message.check);
    });
  }

  get conversation(): ConversationId | null {
    return this.feed?.conversation ?? null;
  }

  context(): VisitorContext {
    const { session, kept, claims, identity, conversation } = this;
    return { session, kept, claims: claims ?? [], identity, ...(conversation && { conversation }) };
  }

  shows(session: Session, identity: IdentityClaim | null, claims: Shown['claims']): void {
    this.identity = identity;
    this.claims = claims && withoutVerified(claims, factsOf(identity));
    const subject = identity?.state === 'verified' ? identity.verification.subject : session.subject;
    this.session = { ...session, subject };
  }

  /** The first request is committed, and the session with it. */
  keptNow(): void {
    this.kept = true;
  }

  /** `ready` is sent: events may follow. */
  start(cursor: Cursor | null): void {
    this.started = true;
    if (cursor) this.follow(cursor);
    if (this.begun) this.turnTo(this.begun);
  }

  /** What was verified is not any more: the page hears why, as the agents do. */
  private lose(check: TokenCheck): void {
    this.identity = { state: 'refused', check };
    this.options.connection.send({ type: 'identity', identity: identityFrame(this.identity) });
  }

  private turnTo(conversation: ConversationId): void {
    this.begun = conversation;
    if (this.started && this.conversation !== conversation) this.follow({ conversation, after: 0 });
  }

  private follow({ conversation, after }: Cursor): void {
    this.feed?.stop();
    this.feed = new Feed({ ...this.options, log: this.options.store.log, conversation, after, reader: 'visitor' });
  }

  resume(conversation: ConversationId, after: number): void {
    if (this.feed?.conversation === conversation) this.feed.resume(after);
  }

  leave(): void {
    this.unsubscribe?.();
    this.feed?.stop();
  }
}

const factsOf = (identity: IdentityClaim | null) => (identity?.state === 'verified' ? identity.variables : []);
