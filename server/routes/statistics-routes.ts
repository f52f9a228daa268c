import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { HttpError } from '../../protocol/http.ts';
import type { ConversationId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import {
  type Figures,
  RatingComments,
  RatingCommentsQuery,
  StatisticsExportQuery,
  StatisticsQuery,
  StatisticsReport,
} from '../../protocol/statistics.ts';
import type { Context } from '../context.ts';
import { filterFor, reportFor, rowsBy } from '../desk/statistics-report.ts';
import { csvRow, csvStart } from '../domain/csv.ts';
import type { CommentPlace } from '../store/statistics-store.ts';
import type { Store } from '../store/store.ts';
import { auditor } from './audited.ts';
import { createNames, type Names } from './names.ts';
import { readerOf, staffOf } from './staff.ts';
import { mustBePeriod } from './statistics-period.ts';

const access = { config: { access: 'supervisor' } } as const;

/** What was counted, and what visitors said of their chats, for who oversees the queues of it. */
export const statisticsRoutes =
  (context: Context): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { store, now, readings } = context;
    const audit = auditor(context);

    app.get(
      '/statistics',
      {
        ...access,
        schema: {
          summary: 'What was counted from one day to another: by day, queue and agent',
          querystring: StatisticsQuery,
          response: { 200: StatisticsReport, '4xx': HttpError },
        },
      },
      async (request) => {
        mustBePeriod(request.query);
        return reportFor(staffOf(request).agent, request.query, store, now());
      },
    );

    app.get(
      '/statistics/comments',
      {
        ...access,
        schema: {
          summary: 'What visitors said of their chats, the newest first',
          querystring: RatingCommentsQuery,
          response: { 200: RatingComments, '4xx': HttpError },
        },
      },
      async (request) => {
        const { before, ...asked } = request.query;
        mustBePeriod(asked);
        const { agent } = staffOf(request);
        const filter = await filterFor(agent, asked, store);
        const [at, id] = before?.split('.') ?? [];
        const after = id === undefined ? null : { at: Number(at), conversation: id as ConversationId };
        const places = await store.statistics.comments(agent.organization, filter, after, limits.ratingCommentsPage);
        if (places.length > 0)
          await readings.other(readerOf(request), 'statistics.comments', JSON.stringify(asked), asked);
        const names = createNames(store);
        const comments = await Promise.all(places.map((place) => commentAt(place, names, store)));
        const last = places.at(-1);
        const isMore = places.length === limits.ratingCommentsPage && last;
        return {
          comments: comments.filter((one) => one !== null),
          next: isMore ? `${last.at}.${last.conversation}` : null,
        };
      },
    );

    app.get(
      '/statistics/export',
      {
        ...access,
        schema: {
          summary: 'The figures of each day, queue or agent, as CSV',
          querystring: StatisticsExportQuery,
          response: { 200: Type.String(), '4xx': HttpError },
        },
      },
      async (request, reply) => {
        const { by, ...asked } = request.query;
        mustBePeriod(asked);
        const { agent } = staffOf(request);
        const rows = await rowsBy(by, agent, await filterFor(agent, asked, store), store);
        await audit(request, { action: 'statistics.export', after: request.query });
        reply.header('content-disposition', `attachment; filename="statistics-${asked.from}-${asked.to}-${by}.csv"`);
        reply.type('text/csv; charset=utf-8');
        const body = rows.map(({ name, figures }) => csvRow([name, ...columns.map((column) => figures[column])]));
        return csvStart + csvRow([by, ...columns]) + body.join('');
      },
    );
  };

/** `docs/supervisor-guide.md` says what the columns hold. */
const columns: readonly (keyof Figures)[] = [
  ...(['requests', 'offered', 'accepted', 'declined', 'missed', 'withdrawn', 'abandoned', 'messages'] as const),
  ...(['waitMedianMs', 'wait90Ms', 'serviceLevel', 'durationMs', 'ratings', 'score'] as const),
];

/** Its words are in the log alone; null where they went since. */
async function commentAt(place: CommentPlace, names: Names, { log }: Pick<Store, 'log'>) {
  const { conversation, seq, at, queue, agent, score } = place;
  const [event] = await log.read(conversation, seq - 1, 1);
  if (event?.body.type !== 'rated' || event.body.comment === undefined) return null;
  return {
    conversation,
    at,
    queue: { id: queue, name: await names.queue(queue) },
    agent: agent === '' ? null : { id: agent, name: await names.agent(agent) },
    score,
    comment: event.body.comment,
  };
}
