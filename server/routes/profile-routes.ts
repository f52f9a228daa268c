import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { ProfileEdit, ProfileView, ProfileViews } from '../../protocol/administration.ts';
import { HttpError } from '../../protocol/http.ts';
import { ProfileId, type QueueId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Context } from '../context.ts';
import { createId } from '../identity/secret-token.ts';
import type { ProfileRecord, Queue } from '../store/queues-store.ts';
import { auditor } from './audited.ts';
import { HttpProblem } from './http-errors.ts';
import { staffOf } from './staff.ts';

const Params = Type.Object({ id: ProfileId }, { additionalProperties: false });
const admin = { config: { access: 'admin' } } as const;

/** Profiles: the sets of queues that an agent can log on with. */
export const profileRoutes =
  (context: Context): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { store } = context;
    const audit = auditor(context);
    const organizationOf = (request: FastifyRequest) => staffOf(request).agent.organization;
    const queuesOf = (request: FastifyRequest) => store.queues.listOf(organizationOf(request));

    async function profileOf(request: FastifyRequest, id: ProfileId): Promise<ProfileRecord> {
      const profile = (await store.queues.profilesOf(organizationOf(request))).find((one) => one.id === id);
      if (!profile) throw new HttpProblem('not_found', 'There is no such profile.');
      return profile;
    }

    async function check(request: FastifyRequest, queues: readonly QueueId[]): Promise<Queue[]> {
      const known = await queuesOf(request);
      const ids = new Set(known.map(({ id }) => id));
      for (const [index, queue] of queues.entries())
        if (!ids.has(queue))
          throw new HttpProblem('invalid_field', 'There is no such queue.', { field: `queues.${index}` });
      return known;
    }

    app.get(
      '/profiles',
      { ...admin, schema: { summary: 'All profiles', response: { 200: ProfileViews, '4xx': HttpError } } },
      async (request) => {
        const queues = await queuesOf(request);
        const profiles = await store.queues.profilesOf(organizationOf(request));
        return { profiles: profiles.map((profile) => viewOf(profile, queues)) };
      },
    );

    app.post(
      '/profiles',
      {
        ...admin,
        schema: { summary: 'Make a profile', body: ProfileEdit, response: { 201: ProfileView, '4xx': HttpError } },
      },
      async (request, reply) => {
        const organization = organizationOf(request);
        const queues = await check(request, request.body.queues);
        if ((await store.queues.profilesOf(organization)).length >= limits.profiles)
          throw new HttpProblem('too_many', `At most ${limits.profiles} profiles are kept.`);
        const profile: ProfileRecord = { ...request.body, id: createId<'profile'>(), organization };
        await store.queues.createProfile(profile);
        await audit(request, { action: 'profile.create', target: targetOf(profile), after: viewOf(profile, queues) });
        return reply.code(201).send(viewOf(profile, queues));
      },
    );

    app.put(
      '/profiles/:id',
      {
        ...admin,
        schema: {
          summary: 'Change a profile',
          params: Params,
          body: ProfileEdit,
          response: { 200: ProfileView, '4xx': HttpError },
        },
      },
      async (request) => {
        const before = await profileOf(request, request.params.id);
        const queues = await check(request, request.body.queues);
        const profile: ProfileRecord = { ...before, ...request.body };
        await store.queues.updateProfile(profile);
        await audit(request, {
          action: 'profile.change',
          target: targetOf(profile),
          before: viewOf(before, queues),
          after: viewOf(profile, queues),
        });
        return viewOf(profile, queues);
      },
    );

    app.delete(
      '/profiles/:id',
      {
        ...admin,
        schema: {
          summary: 'Delete a profile; whoever is logged on with it is off',
          params: Params,
          response: { 204: Type.Null(), '4xx': HttpError },
        },
      },
      async (request, reply) => {
        const before = await profileOf(request, request.params.id);
        await store.queues.deleteProfile(before.organization, before.id);
        await audit(request, {
          action: 'profile.delete',
          target: targetOf(before),
          before: viewOf(before, await queuesOf(request)),
        });
        return reply.code(204).send(null);
      },
    );
  };

const targetOf = ({ id, name }: ProfileRecord) => ({ kind: 'profile', id, name });

const viewOf = ({ id, name, queues }: ProfileRecord, all: readonly Queue[]): ProfileView => ({
  id,
  name,
  queues: queues.map((queue) => ({ id: queue, name: all.find((one) => one.id === queue)?.name ?? '' })),
});
