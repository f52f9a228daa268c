import type { ConversationId } from '../../protocol/ids.ts';
import { summarize } from '../domain/chat-summary.ts';
import type { Store } from '../store/store.ts';
import { createLru } from './lru.ts';

/** Names are said when a chat begins: later events of a log tell nothing new. */
const beginning = 10;
const remembered = 20_000;
/** Logs that are read side by side. */
const atOnce = 50;

/** What visitors are called. Read once, and then remembered. */
export function createVisitorNames({ log }: Pick<Store, 'log'>) {
  const known = createLru<ConversationId, { readonly name: string | null }>(remembered);

  async function read(id: ConversationId): Promise<void> {
    known.set(id, { name: summarize(await log.read(id, 0, beginning)).visitor });
  }

  return async (ids: readonly ConversationId[]): Promise<Map<ConversationId, string | null>> => {
    const missing = ids.filter((id) => !known.get(id));
    while (missing.length > 0) await Promise.all(missing.splice(0, atOnce).map(read));
    return new Map(ids.map((id) => [id, known.get(id)?.name ?? null]));
  };
}
