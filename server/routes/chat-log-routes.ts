import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type ChatLogEntry, ChatLogPage, ChatLogQuery, HttpError } from '../../protocol/http.ts';
import type { ConversationId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Context } from '../context.ts';
import { overseenQueues } from '../desk/oversight.ts';
import type { ConversationHead, Store } from '../store/store.ts';
import { staffOf } from './staff.ts';

/** The chats of an organization, for who oversees them; `GET /conversations/{id}/events` is what was said in one. */
export const chatLogRoutes =
  ({ store }: Context): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/chat-log',
      {
        config: { access: 'supervisor' },
        schema: {
          summary: 'Conversations, the newest first',
          querystring: ChatLogQuery,
          response: { 200: ChatLogPage, '4xx': HttpError },
        },
      },
      async (request) => {
        const { agent } = staffOf(request);
        const queues = await overseenQueues(agent, store);
        const before = positionOf(request.query.before);
        const heads = await store.conversations.page(agent.organization, queues, before, limits.chatLogPage);
        const last = heads.at(-1);
        return {
          conversations: await Promise.all(heads.map((head) => entryOf(head, store))),
          next: heads.length === limits.chatLogPage && last ? `${last.requestedAt}.${last.id}` : null,
        };
      },
    );
  };

function positionOf(before: string | undefined): Pick<ConversationHead, 'requestedAt' | 'id'> | null {
  const [requestedAt, id] = before?.split('.') ?? [];
  return id === undefined ? null : { requestedAt: Number(requestedAt), id: id as ConversationId };
}

async function entryOf(head: ConversationHead, store: Store): Promise<ChatLogEntry> {
  const { id, queue, requestedAt, endedAt } = head;
  const staff = await Promise.all([head.agent, ...head.guests].map((agent) => agent && store.agents.find(agent)));
  return {
    conversation: id,
    visitor: await visitorName(id, store),
    queue: { id: queue, name: (await store.queues.find(queue))?.name ?? '' },
    requestedAt,
    endedAt,
    agents: staff.flatMap((agent) => agent?.name || []),
  };
}

/** What a name is verified as counts before what was claimed; it is said when the chat begins. */
async function visitorName(id: ConversationId, { log }: Pick<Store, 'log'>): Promise<string | null> {
  const first = await log.read(id, 0, 10);
  const variables = first.flatMap(({ body }) =>
    body.type === 'verified' || body.type === 'claimed' ? [...body.variables] : [],
  );
  const names = variables.filter(({ name }) => name === 'name');
  const name = names.find(({ verified }) => verified) ?? names[0];
  return name ? String(name.value) : null;
}
