import type { ConversationId, SessionId } from '../../protocol/ids.ts';
import type { Bus } from '../bus/bus.ts';
import type { ConversationHead, Session, Store } from '../store/store.ts';
import type { Clock } from './clock.ts';
import type { Desk } from './desk.ts';
import type { Places } from './places.ts';
import { createPresence } from './presence.ts';
import type { Router } from './router.ts';
import { createSerial } from './serial.ts';
import type { Work } from './work.ts';

export interface VisitorPresence extends Pick<Desk, 'visitorCame' | 'visitorWent'> {
  isHere(session: SessionId): boolean;
  /** A chat begins: whether its visitor is here counts from now on. */
  begun(session: Session): Promise<void>;
}

interface VisitorPresenceOptions {
  readonly store: Pick<Store, 'conversations' | 'sessions'>;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly work: Work;
  readonly router: Pick<Router, 'wake'>;
  readonly places: Pick<Places, 'left' | 'moved'>;
  readonly graceMs: number;
}

/** Whether visitors are there: kept in the store, since nobody is asked to help who has left, and told to agents. */
export function createVisitorPresence(options: VisitorPresenceOptions): VisitorPresence {
  const { store, bus, clock, work, router, places, graceMs } = options;
  const oneByOne = createSerial<SessionId>();
  const presence = createPresence<SessionId>({
    clock,
    graceMs,
    onGone: (session, wentAt) => work.aside('a visitor who went', () => gone(session, wentAt)),
  });

  const signal = (conversation: ConversationId, connected: boolean) =>
    bus.publish(`conversation:${conversation}`, {
      kind: 'signal',
      conversation,
      to: 'agents',
      signal: { kind: 'presence', connected },
    });

  const gone = (session: SessionId, wentAt: number) =>
    oneByOne(session, async () => {
      if (presence.isHere(session)) return;
      await store.sessions.setLost(session, wentAt);
      const head = await store.conversations.latestOfSession(session);
      if (head && head.phase !== 'ended') signal(head.id, false);
      if (head && isInLine(head)) places.left(head.queue);
    });

  return {
    isHere: presence.isHere,

    async visitorCame({ id }) {
      if (!presence.came(id)) return;
      await oneByOne(id, async () => {
        const head = await store.conversations.latestOfSession(id);
        if (!head || !presence.isHere(id)) return;
        await store.sessions.setLost(id, null);
        if (head.phase === 'ended') return;
        signal(head.id, true);
        if (head.phase === 'waiting') router.wake(head.queue);
        if (isInLine(head)) places.moved(head.queue);
      });
    },

    async visitorWent({ id }) {
      presence.went(id);
    },

    async begun({ id }) {
      if (presence.isHere(id)) await oneByOne(id, () => store.sessions.setLost(id, null));
      // The socket closed before the request was committed: nobody has noted yet that they left.
      else await gone(id, clock.now());
    },
  };
}

const isInLine = ({ phase }: Pick<ConversationHead, 'phase'>): boolean => phase === 'waiting' || phase === 'presented';
