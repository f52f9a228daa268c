import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { EarlierConversations, EventsPage, EventsQuery, HttpError } from '../../protocol/http.ts';
import { ConversationId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Context } from '../context.ts';
import { wireEvent } from '../realtime/event-text.ts';
import { HttpProblem } from './http-errors.ts';
import { readerOf, staffOf } from './staff.ts';

const Params = Type.Object({ id: ConversationId }, { additionalProperties: false });

/** What an agent may read beside the conversations that stand open: the earlier chats of the same verified visitor. */
export const conversationRoutes =
  ({ store, desk, readings }: Context): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/conversations/:id/earlier',
      {
        config: { access: 'agent' },
        schema: {
          summary: 'Earlier conversations of the same verified visitor',
          params: Params,
          response: { 200: EarlierConversations, '4xx': HttpError },
        },
      },
      async (request) => {
        const heads = await desk.earlier(staffOf(request).agent, request.params.id);
        if (!heads) throw notFound();
        const conversations = await Promise.all(
          heads.map(async ({ id, queue, agent, requestedAt, endedAt }) => ({
            conversation: id,
            queue: { id: queue, name: (await store.queues.find(queue))?.name ?? '' },
            requestedAt,
            endedAt: endedAt ?? requestedAt,
            agent: agent ? ((await store.agents.find(agent))?.name ?? null) : null,
          })),
        );
        return { conversations };
      },
    );

    app.get(
      '/conversations/:id/events',
      {
        config: { access: 'agent' },
        schema: {
          summary: 'Events of a conversation, in order',
          params: Params,
          querystring: EventsQuery,
          response: { 200: EventsPage, '4xx': HttpError },
        },
      },
      async (request) => {
        const head = await desk.readable(staffOf(request).agent, request.params.id);
        if (!head) {
          readings.refused(readerOf(request), request.params.id);
          throw notFound();
        }
        await readings.conversation(readerOf(request), head);
        const { after = '0', limit = String(limits.historyPage) } = request.query;
        const size = Math.min(limits.historyPage, Math.max(1, Number(limit)));
        const events = await store.log.read(head.id, Number(after), size);
        const last = events.at(-1);
        return {
          events: events.map((event) => ({ seq: event.seq, event: wireEvent(event) })),
          next: events.length === size && last ? last.seq : null,
        };
      },
    );
  };

const notFound = () => new HttpProblem('not_found', 'There is no such conversation.');
