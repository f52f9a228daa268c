import type { Agent, ConversationHead, Store } from '../store/store.ts';
import type { Desk } from './desk.ts';
import { isOverseen, overseenQueues, oversightOf } from './oversight.ts';

interface ReadableOptions {
  readonly store: Pick<Store, 'agents' | 'conversations' | 'queues'>;
}

/** Earlier chats of one visitor that are named at a time. */
const manyEarlier = 50;

/** Who may read which conversation. */
export function createReadable({
  store,
}: ReadableOptions): Pick<Desk, 'conversationsOf' | 'readable' | 'overseen' | 'earlier'> {
  const find = (agent: Agent, id: ConversationHead['id']) => store.conversations.findOf(agent.organization, id);

  return {
    conversationsOf: (agent) => store.conversations.withAgent(agent.id),

    async readable(agent, conversation) {
      const head = await find(agent, conversation);
      if (!head || isTheirs(agent, head)) return head;
      if (isOverseen(await overseenQueues(agent, store), head)) return head;
      if (head.phase !== 'ended' || head.subject === null) return null;
      const theirs = await store.conversations.withAgent(agent.id);
      return theirs.some((one) => isOfSameVisitor(one, head)) ? head : null;
    },

    async overseen(agent, conversation) {
      const head = await find(agent, conversation);
      return head && isOverseen(await oversightOf(agent, store), head) ? head : null;
    },

    async earlier(agent, conversation) {
      const head = await find(agent, conversation);
      if (!head || !isTheirs(agent, head)) return null;
      return head.subject === null ? [] : store.conversations.earlier(head, manyEarlier);
    },
  };
}

/** With them, presented to them, to be joined by them, or ended while they were in it. */
export const isTheirs = ({ id }: Pick<Agent, 'id'>, head: ConversationHead): boolean =>
  head.agent === id || head.asked === id || head.guests.includes(id);

/** A subject is known by its site alone; that of another site may be somebody else. */
const isOfSameVisitor = (one: ConversationHead, other: ConversationHead): boolean =>
  one.subject !== null && one.subject === other.subject && one.site === other.site;
