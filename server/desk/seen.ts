import type { ConversationId, SessionId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Bus } from '../bus/bus.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from './clock.ts';
import type { ConversationCache } from './conversation-cache.ts';
import type { Desk } from './desk.ts';
import { createPace } from './pace.ts';
import type { Work } from './work.ts';

interface SeenOptions {
  readonly store: Pick<Store, 'conversations'>;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly work: Work;
  readonly conversations: ConversationCache;
}

/** Up to where a visitor has read: kept, and told to agents in their own numbering. */
export function createSeen({ store, bus, clock, work, conversations }: SeenOptions): Desk['seen'] {
  const pace = createPace<string>({ clock, intervalMs: limits.seenIntervalMs });
  /** The furthest of what came in while the pace held it back, which need not be the last. */
  const furthest = new Map<string, number>();

  async function mark(session: SessionId, conversation: ConversationId, visitorSeq: number): Promise<void> {
    let known = await conversations.load(conversation);
    if (known && known.state.visitorSeq < visitorSeq) known = await conversations.refresh(conversation);
    if (known?.anchor.session !== session) return;
    await store.conversations.markSeen(conversation, Math.min(visitorSeq, known.state.visitorSeq));
    const seq = await store.conversations.seenSeq(conversation);
    const signal = { kind: 'seen', seq } as const;
    bus.publish(`conversation:${conversation}`, { kind: 'signal', conversation, to: 'agents', signal });
  }

  return async (session, conversation, visitorSeq) => {
    // By session too: what a stranger says of a conversation must not hold back what its visitor says.
    const key = `${session.id} ${conversation}`;
    furthest.set(key, Math.max(furthest.get(key) ?? 0, visitorSeq));
    pace(key, () => {
      const upTo = furthest.get(key) ?? 0;
      furthest.delete(key);
      work.aside('seen', () => mark(session.id, conversation, upTo));
    });
  };
}
