import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { NewQueue, QueueEdit, QueueView, QueueViews } from '../../protocol/administration.ts';
import { HttpError } from '../../protocol/http.ts';
import { QueueId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Context } from '../context.ts';
import { hasSensibleTimes, isOpenAt, isTimeZone } from '../domain/opening-hours.ts';
import { plainQueue } from '../domain/queue.ts';
import { createId } from '../identity/secret-token.ts';
import type { Queue } from '../store/queues-store.ts';
import { auditor } from './audited.ts';
import { HttpProblem } from './http-errors.ts';
import { staffOf } from './staff.ts';

const Params = Type.Object({ id: QueueId }, { additionalProperties: false });
const admin = { config: { access: 'admin' } } as const;

/** Queues and how each is run. None is deleted, since the logs name them: one that is retired takes no more requests. */
export const queueRoutes =
  (context: Context): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { store, now } = context;
    const audit = auditor(context);

    async function queueOf(request: FastifyRequest, id: QueueId): Promise<Queue> {
      const queue = await store.queues.find(id);
      if (queue?.organization !== staffOf(request).agent.organization)
        throw new HttpProblem('not_found', 'There is no such queue.');
      return queue;
    }

    async function check(request: FastifyRequest, id: QueueId, { hours, whenClosed, retired }: QueueEdit) {
      if (hours && !isTimeZone(hours.timeZone)) throw invalid('hours.timeZone', 'There is no such time zone.');
      if (hours && !hasSensibleTimes(hours)) throw invalid('hours.week', 'A time ends before it begins.');
      if (whenClosed?.do === 'queue') {
        const known = await store.queues.find(whenClosed.queue);
        const isGood = known?.organization === staffOf(request).agent.organization && known.id !== id;
        if (!isGood) throw invalid('whenClosed.queue', 'There is no such other queue.');
      }
      if (retired && (await sitesOf(request)).some((site) => site.queue === id))
        throw new HttpProblem('conflict', 'A site sends its requests here; choose another queue there first.');
    }

    const sitesOf = (request: FastifyRequest) => store.sites.listOf(staffOf(request).agent.organization);
    const viewOf = (queue: Queue) => queueView(queue, now());
    /** For the audit log: whether it is open now is nobody's change. */
    const plain = (queue: Queue) => ({ ...viewOf(queue), open: undefined });

    app.get(
      '/queues',
      { ...admin, schema: { summary: 'All queues', response: { 200: QueueViews, '4xx': HttpError } } },
      async (request) => ({
        queues: (await store.queues.listOf(staffOf(request).agent.organization)).map(viewOf),
      }),
    );

    app.post(
      '/queues',
      { ...admin, schema: { summary: 'Make a queue', body: NewQueue, response: { 201: QueueView, '4xx': HttpError } } },
      async (request, reply) => {
        const { organization } = staffOf(request).agent;
        if ((await store.queues.listOf(organization)).length >= limits.queues)
          throw new HttpProblem('too_many', `At most ${limits.queues} queues are kept.`);
        const id = createId<'queue'>();
        await store.queues.create({ id, organization, name: request.body.name });
        const queue = await queueOf(request, id);
        await audit(request, { action: 'queue.create', target: targetOf(queue) });
        return reply.code(201).send(viewOf(queue));
      },
    );

    app.patch(
      '/queues/:id',
      {
        ...admin,
        schema: {
          summary: 'Change a queue',
          params: Params,
          body: QueueEdit,
          response: { 200: QueueView, '4xx': HttpError },
        },
      },
      async (request) => {
        const before = await queueOf(request, request.params.id);
        await check(request, before.id, request.body);
        const { name, wrapUpMs, closing, retired, ...settings } = request.body;
        await store.queues.update(before.organization, before.id, {
          ...(name !== undefined && { name }),
          ...(wrapUpMs !== undefined && { wrapUpMs }),
          ...(closing !== undefined && { closing }),
          ...(retired !== undefined && { retiredAt: retired ? (before.retiredAt ?? now()) : null }),
          settings: { ...before.settings, ...settings },
        });
        const after = await queueOf(request, before.id);
        await audit(request, {
          action: 'queue.change',
          target: targetOf(after),
          before: plain(before),
          after: plain(after),
        });
        return viewOf(after);
      },
    );
  };

const invalid = (field: string, message: string) => new HttpProblem('invalid_field', message, { field });
const targetOf = ({ id, name }: Queue) => ({ kind: 'queue', id, name });

const queueView = ({ id, name, wrapUpMs, closing, settings, retiredAt }: Queue, now: number): QueueView => ({
  ...plainQueue,
  ...settings,
  id,
  name,
  wrapUpMs,
  closing,
  retired: retiredAt !== null,
  open: retiredAt === null && isOpenAt(settings.hours, now),
});
