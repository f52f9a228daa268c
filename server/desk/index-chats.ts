import type { LogEvent } from '../domain/conversation.ts';
import { type Findable, indexEvents, nothingYet } from '../domain/findable.ts';
import { passagesOf } from '../domain/passages.ts';
import { type IndexedStep, searchFollower } from '../store/search-store.ts';
import type { Store } from '../store/store.ts';
import { type Batch, createFollower, type Follower, type FollowerOptions } from './follower.ts';

export type IndexerOptions = Pick<FollowerOptions, 'bus' | 'clock' | 'log'> & {
  readonly store: Pick<Store, 'log' | 'followers' | 'conversations' | 'search'>;
};

/** After this a chat that nobody ended counts as one to which little is added. */
const settledAfterMs = 24 * 3_600_000;

/** Puts what was committed into the full-text index of the chat log, each event once. */
export function createSearchIndexer({ store, clock, ...rest }: IndexerOptions): Follower {
  function stepOf({ organization, conversation, head, from, memory, events }: Batch): IndexedStep {
    const before: Findable = memory === '' ? nothingYet : JSON.parse(memory);
    const { findable, words, facts } = indexEvents(events, before);
    const { requestedAt, queue } = head;
    return {
      organization,
      conversation,
      requestedAt,
      from,
      to: events.at(-1)?.seq ?? from,
      memory: JSON.stringify(findable),
      words,
      facts,
      marks: { ...findable, queue },
      isSettled: findable.outcome !== 'open' || clock.now() - requestedAt > settledAfterMs,
    };
  }

  return createFollower({
    ...rest,
    clock,
    store,
    name: searchFollower,
    concerns: isFindable,
    // Of a chat that goes on nobody searches this moment's words, and each time costs as much as several messages.
    canWait: ({ body }) => !marking.has(body.type),
    handle: (batches) => store.search.record(batches.map(stepOf)),
  });
}

const marking: ReadonlySet<string> = new Set<LogEvent['body']['type']>([
  'requested',
  'moved',
  'accepted',
  'joined',
  'ended',
]);

const isFindable = (event: LogEvent): boolean => marking.has(event.body.type) || passagesOf(event).length > 0;
