import type { AgentId, ConversationId, QueueId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { LogEvent } from '../domain/conversation.ts';
import { type Found, findExcerpt } from '../domain/excerpt.ts';
import type { Outcome } from '../domain/findable.ts';
import { type Passage, passagesOf } from '../domain/passages.ts';
import { indexWords, needsLook, type SearchQuery } from '../domain/search-query.ts';
import { type FoundConversation, timeOfNumber } from '../store/search-store.ts';
import type { Agent, ConversationHead, Store } from '../store/store.ts';
import type { Follower } from './follower.ts';
import { isOverseen, overseenQueues } from './oversight.ts';
import { readBothEnds } from './read-log.ts';

/** What is asked of the chat log; all of it must be so. Without anything, all conversations are meant. */
export interface ChatFilter {
  readonly query?: SearchQuery | undefined;
  readonly from?: number | undefined;
  readonly until?: number | undefined;
  readonly queue?: QueueId | undefined;
  readonly agent?: AgentId | undefined;
  readonly category?: string | undefined;
  readonly outcome?: Outcome | undefined;
  /** As `factOf` writes it. */
  readonly fact?: string | undefined;
}

export interface LoggedChat {
  readonly head: ConversationHead;
  /** All of them, or of a long chat the first and the last. */
  readonly events: readonly LogEvent[];
  readonly hit: Found<Passage> | null;
}

export interface ChatPage {
  readonly chats: readonly LoggedChat[];
  /** Where it goes on; null at the end. There may be more even where this page has few or none. */
  readonly next: string | null;
  /** Of a search: when everything since was looked through. */
  readonly searchedTo: number | null;
}

/** The conversations that somebody oversees. */
export interface ChatLog {
  page(agent: Agent, filter: ChatFilter, before: string | null): Promise<ChatPage>;
  find(agent: Agent, id: ConversationId): Promise<LoggedChat | null>;
  isIndexing(): boolean;
}

/**
 * What one page may cost: conversations that the index names, of which only the text can tell whether the words stand side
 * by side. Then the page ends, and the next goes on from there.
 */
const mostLooks = 150;

export function createChatLog(options: {
  readonly store: Pick<Store, 'log' | 'conversations' | 'queues' | 'search'>;
  readonly indexer: Pick<Follower, 'isCatchingUp' | 'caughtUp'>;
}): ChatLog {
  const { store, indexer } = options;

  async function all(agent: Agent, overseen: readonly QueueId[] | null, before: string | null): Promise<ChatPage> {
    const { organization } = agent;
    const heads = await store.conversations.page(organization, overseen, placeOf(before), limits.chatLogPage);
    const chats = heads.map(async (head) => ({ head, events: await readBothEnds(store, head), hit: null }));
    const last = heads.at(-1);
    const isFull = heads.length === limits.chatLogPage && last;
    return {
      chats: await Promise.all(chats),
      next: isFull ? `${last.requestedAt}.${last.id}` : null,
      searchedTo: null,
    };
  }

  /** Null where it turns out to be none: erased meanwhile, handed to a queue that they do not oversee, or not as asked. */
  async function look(
    { organization }: Agent,
    { conversation }: Pick<FoundConversation, 'conversation'>,
    overseen: readonly QueueId[] | null,
    query: SearchQuery | undefined,
  ): Promise<LoggedChat | null> {
    const head = await store.conversations.findOf(organization, conversation);
    if (!head || !isOverseen(overseen, head)) return null;
    const events = await readBothEnds(store, head);
    if (!query) return { head, events, hit: null };
    const { isThere, found: hit } = findExcerpt(query, events.flatMap(passagesOf));
    const isWhole = events.length >= head.seq;
    return !isThere && isWhole && needsLook(query) ? null : { head, events, hit };
  }

  async function search(agent: Agent, filter: ChatFilter, overseen: readonly QueueId[] | null, before: number | null) {
    const { query, fact, queue, ...rest } = filter;
    const queues = queue === undefined ? overseen : isOverseen(overseen, { queue }) ? [queue] : [];
    const question = {
      ...rest,
      queues,
      words: query ? indexWords(query) : [],
      facts: fact === undefined ? [] : [fact],
    };
    const chats: LoggedChat[] = [];
    let next = before;
    for (let looks = 0; looks < mostLooks && chats.length < limits.chatLogPage; ) {
      const wanted = limits.chatLogPage - chats.length;
      const found = await store.search.find(agent.organization, question, next, wanted);
      const looked = await Promise.all(found.map((one) => look(agent, one, overseen, query)));
      chats.push(...looked.filter((chat) => chat !== null));
      next = found.at(-1)?.number ?? null;
      looks += found.length;
      if (found.length < wanted) return { chats, next: null };
    }
    return { chats, next };
  }

  return {
    async page(agent, filter, before) {
      const overseen = await overseenQueues(agent, store);
      if (!isSearch(filter)) return all(agent, overseen, before);
      // Of a chat that goes on, what was said just now is put into the index when somebody asks.
      if (before === null && !indexer.isCatchingUp()) await indexer.caughtUp();
      const { chats, next } = await search(agent, filter, overseen, before === null ? null : Number(before));
      const searchedTo = next === null ? null : timeOfNumber(next);
      return { chats, next: next === null ? null : String(next), searchedTo };
    },
    async find(agent, conversation) {
      const overseen = await overseenQueues(agent, store);
      return look(agent, { conversation }, overseen, undefined);
    },
    isIndexing: () => indexer.isCatchingUp(),
  };
}

/** Without a search, nothing depends on the index, and so not on how far it is. */
export const isSearch = (filter: ChatFilter): boolean => Object.values(filter).some((value) => value !== undefined);

function placeOf(before: string | null): Pick<ConversationHead, 'requestedAt' | 'id'> | null {
  const [requestedAt, id] = before?.split('.') ?? [];
  return id === undefined ? null : { requestedAt: Number(requestedAt), id: id as ConversationId };
}
