import type { ConversationId } from '../../protocol/ids.ts';
import { absent, type Conversation } from '../domain/conversation.ts';
import { fold } from '../domain/evolve.ts';
import type { Store } from '../store/store.ts';
import type { Anchor } from './anchor.ts';
import { createLru } from './lru.ts';

export interface Known {
  readonly anchor: Anchor;
  readonly state: Conversation;
}

/**
 * Conversations folded from their logs. What it remembers may be behind, since other nodes write too: whoever decides
 * on it finds out when the append conflicts, and refreshes before refusing anything.
 */
export interface ConversationCache {
  /** As far as this node knows. */
  load(id: ConversationId): Promise<Known | null>;
  /** As it is in the log now. */
  refresh(id: ConversationId): Promise<Known | null>;
  put(known: Known): void;
  /** It was erased, or who it is with. */
  forget(id: ConversationId): void;
}

interface ConversationCacheOptions {
  readonly store: Pick<Store, 'log' | 'conversations'>;
  readonly capacity: number;
}

/** Events read at a time when a log is folded. */
const pageOfEvents = 500;

export function createConversationCache({ store, capacity }: ConversationCacheOptions): ConversationCache {
  const cache = createLru<ConversationId, Known>(capacity);

  function put(known: Known): void {
    const before = cache.get(known.anchor.id);
    // Two may have loaded it side by side, and the slower one must not set it back.
    if (!before || before.state.seq < known.state.seq) cache.set(known.anchor.id, known);
  }

  async function refresh(id: ConversationId): Promise<Known | null> {
    const before = cache.get(id);
    // Also of one that is remembered: it may have been erased, and then nothing may be decided on it.
    const anchor = await store.conversations.find(id);
    if (!anchor) {
      cache.delete(id);
      return null;
    }
    let state = before?.state ?? absent;
    for (;;) {
      const events = await store.log.read(id, state.seq, pageOfEvents);
      state = fold(events, state);
      if (events.length < pageOfEvents) break;
    }
    const known = { anchor: anchorOf(anchor), state };
    put(known);
    return known;
  }

  return {
    async load(id) {
      return cache.get(id) ?? (await refresh(id));
    },
    refresh,
    put,
    forget: (id) => cache.delete(id),
  };
}

const anchorOf = ({ id, organization, site, session }: Anchor): Anchor => ({ id, organization, site, session });
