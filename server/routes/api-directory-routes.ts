import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { ApiAgents, ApiQueues, ApiStatistics, ApiStatisticsQuery } from '../../protocol/api.ts';
import type { ApiScope } from '../../protocol/codes.ts';
import { HttpError } from '../../protocol/http.ts';
import type { Context } from '../context.ts';
import { keyOf } from './api-key-guard.ts';
import { mustBePeriod } from './statistics-period.ts';

const access = <Scope extends ApiScope>(scope: Scope) =>
  ({ config: { access: 'key', scope, rateLimit: false } }) as const;
const common = (scope: ApiScope) => ({ tags: ['v1'], security: [{ apiKey: [scope] }] });
const badly = { '4xx': HttpError } as const;

/** Queues, people and sums for other systems. */
export const apiDirectoryRoutes =
  ({ store }: Context): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/queues',
      {
        ...access('queues:read'),
        schema: { ...common('queues:read'), summary: 'All queues', response: { 200: ApiQueues, ...badly } },
      },
      async (request) => {
        const queues = await store.queues.listOf(keyOf(request).organization);
        return { queues: queues.map(({ id, name, retiredAt }) => ({ id, name, retired: retiredAt !== null })) };
      },
    );

    app.get(
      '/agents',
      {
        ...access('people:read'),
        schema: { ...common('people:read'), summary: 'All people', response: { 200: ApiAgents, ...badly } },
      },
      async (request) => {
        const people = await store.agents.peopleOf(keyOf(request).organization);
        return {
          agents: people.map(({ id, name, email, role, languages, disabledAt }) => ({
            ...{ id, name, email, role },
            languages: [...languages],
            disabled: disabledAt !== null,
          })),
        };
      },
    );

    app.get(
      '/statistics',
      {
        ...access('statistics:read'),
        schema: {
          ...common('statistics:read'),
          summary: 'What was counted, from one day to another',
          querystring: ApiStatisticsQuery,
          response: { 200: ApiStatistics, ...badly },
        },
      },
      async (request) => {
        mustBePeriod(request.query);
        const { from, to, by = 'day', queue } = request.query;
        const filter = { from, to, queues: queue === undefined ? null : [queue] };
        const sums = await store.statistics.sums(keyOf(request).organization, by, filter);
        return { sums: sums.map(({ key, kind, value, count, total }) => ({ key, kind, value, count, total })) };
      },
    );
  };
