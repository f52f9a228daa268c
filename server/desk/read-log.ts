import type { ConversationId } from '../../protocol/ids.ts';
import type { LogEvent } from '../domain/conversation.ts';
import type { ConversationHead, Store } from '../store/store.ts';

type Source = { readonly log: Pick<Store['log'], 'read'> };

const eventsAtOnce = 500;
/** Of a chat that is longer than that: how it began, which says who it is, and how it went on at last. */
const firstEvents = 300;

/** A whole conversation, or of a long one both ends: bounded, whatever was said in it. */
export async function readBothEnds({ log }: Source, { id, seq }: Pick<ConversationHead, 'id' | 'seq'>) {
  if (seq <= eventsAtOnce) return log.read(id, 0, eventsAtOnce);
  const last = eventsAtOnce - firstEvents;
  return [...(await log.read(id, 0, firstEvents)), ...(await log.read(id, seq - last, last))];
}

/** All of it, piece by piece. */
export async function* readPieces({ log }: Source, id: ConversationId): AsyncGenerator<LogEvent[]> {
  let after = 0;
  for (;;) {
    const events = await log.read(id, after, eventsAtOnce);
    if (events.length > 0) yield events;
    if (events.length < eventsAtOnce) return;
    after = events.at(-1)?.seq ?? after;
  }
}
