import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Colleagues, HttpError } from '../../protocol/http.ts';
import type { Context } from '../context.ts';
import { staffOf } from './staff.ts';

/** Whom an agent can invite into a conversation, and who of them could come now. */
export const colleagueRoutes =
  ({ store, now }: Context): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/colleagues',
      {
        config: { access: 'agent' },
        schema: { summary: 'Colleagues and queues, as they are now', response: { 200: Colleagues, '4xx': HttpError } },
      },
      async (request) => {
        const me = staffOf(request).agent;
        const agents = (await store.agents.listOf(me.organization)).filter(({ id }) => id !== me.id);
        const queues = await store.queues.listOf(me.organization);
        const at = now();
        return {
          agents: agents.map(({ id, name, state, reason, connected, load, room }) => ({
            id,
            name,
            state: connected ? state : 'off',
            ...(reason !== null && { reason }),
            load,
            room,
          })),
          queues: await Promise.all(
            queues.map(async ({ id, name }) => {
              const candidates = await store.agents.candidates(id);
              const ready = candidates.filter(
                ({ agent, load, room, freeAt }) => agent !== me.id && load < room && freeAt <= at,
              );
              return { queue: { id, name }, ready: ready.length };
            }),
          ),
        };
      },
    );
  };
