import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { HttpError, NewPreset, Preset, Presets } from '../../protocol/http.ts';
import { PresetId, type QueueId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Context } from '../context.ts';
import { createId } from '../identity/secret-token.ts';
import type { PresetRecord } from '../store/wording-store.ts';
import { auditor } from './audited.ts';
import { HttpProblem } from './http-errors.ts';
import { staffOf } from './staff.ts';

const Params = Type.Object({ id: PresetId }, { additionalProperties: false });
const admin = { config: { access: 'admin' } } as const;

/** Messages written beforehand: every agent reads them, administrators write them. */
export const presetRoutes =
  ({ store, now }: Context): FastifyPluginAsyncTypebox =>
  async (app) => {
    const audit = auditor({ store, now });

    async function checkQueue(request: FastifyRequest, id: QueueId | null): Promise<void> {
      const queue = id && (await store.queues.find(id));
      if (id && queue?.organization !== staffOf(request).agent.organization)
        throw new HttpProblem('invalid_field', 'There is no such queue.', { field: 'queue' });
    }

    app.get(
      '/presets',
      {
        config: { access: 'agent' },
        schema: { summary: 'All presets', response: { 200: Presets, '4xx': HttpError } },
      },
      async (request) => ({
        presets: (await store.presets.listOf(staffOf(request).agent.organization)).map(viewOf),
      }),
    );

    app.post(
      '/presets',
      {
        ...admin,
        schema: { summary: 'Write a preset', body: NewPreset, response: { 201: Preset, '4xx': HttpError } },
      },
      async (request, reply) => {
        const { organization } = staffOf(request).agent;
        await checkQueue(request, request.body.queue);
        const place = (await store.presets.listOf(organization)).length;
        if (place >= limits.presets) throw new HttpProblem('too_many', `At most ${limits.presets} presets are kept.`);
        const preset: PresetRecord = { ...request.body, id: createId<'preset'>(), organization, place };
        await store.presets.create(preset);
        await audit(request, { action: 'preset.create', target: targetOf(preset), after: viewOf(preset) });
        return reply.code(201).send(viewOf(preset));
      },
    );

    app.put(
      '/presets/:id',
      {
        ...admin,
        schema: {
          summary: 'Change a preset',
          params: Params,
          body: NewPreset,
          response: { 200: Preset, '4xx': HttpError },
        },
      },
      async (request) => {
        const { organization } = staffOf(request).agent;
        await checkQueue(request, request.body.queue);
        const before = (await store.presets.listOf(organization)).find(({ id }) => id === request.params.id);
        if (!before) throw notFound();
        const preset: PresetRecord = { ...before, ...request.body };
        await store.presets.update(preset);
        await audit(request, {
          action: 'preset.change',
          target: targetOf(preset),
          before: viewOf(before),
          after: viewOf(preset),
        });
        return viewOf(preset);
      },
    );

    app.delete(
      '/presets/:id',
      {
        ...admin,
        schema: { summary: 'Delete a preset', params: Params, response: { 204: Type.Null(), '4xx': HttpError } },
      },
      async (request, reply) => {
        const { organization } = staffOf(request).agent;
        const before = (await store.presets.listOf(organization)).find(({ id }) => id === request.params.id);
        if (!before || !(await store.presets.delete(organization, before.id))) throw notFound();
        await audit(request, { action: 'preset.delete', target: targetOf(before), before: viewOf(before) });
        return reply.code(204).send(null);
      },
    );
  };

const viewOf = ({ id, queue, folder, title, text }: PresetRecord): Preset => ({ id, queue, folder, title, text });
const targetOf = ({ id, title }: PresetRecord) => ({ kind: 'preset', id, name: title });
const notFound = () => new HttpProblem('not_found', 'There is no such preset.');
