import type { ConversationId, SessionId } from '../../protocol/ids.ts';
import type { Store } from '../store/store.ts';
import { createLru } from './lru.ts';

/**
 * Which conversation is a session's latest. Remembered, since every message asks; what it remembers may be behind where
 * another node began a new one, which can only be when the remembered one has ended.
 */
export interface CurrentConversation {
  of(session: SessionId): Promise<ConversationId | null>;
  lookAgain(session: SessionId): Promise<ConversationId | null>;
  began(session: SessionId, conversation: ConversationId): void;
}

interface CurrentConversationOptions {
  readonly store: Pick<Store, 'conversations'>;
  readonly capacity: number;
}

export function createCurrentConversation({ store, capacity }: CurrentConversationOptions): CurrentConversation {
  const known = createLru<SessionId, ConversationId>(capacity);

  async function lookAgain(session: SessionId): Promise<ConversationId | null> {
    const latest = await store.conversations.latestOfSession(session);
    if (latest) known.set(session, latest.id);
    return latest?.id ?? null;
  }

  return {
    async of(session) {
      return known.get(session) ?? (await lookAgain(session));
    },
    lookAgain,
    began: (session, conversation) => known.set(session, conversation),
  };
}
