import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { NewSite } from '../../protocol/administration.ts';
import { HttpError, SiteChange, SiteView } from '../../protocol/http.ts';
import { type QueueId, SiteId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Context } from '../context.ts';
import { createId } from '../identity/secret-token.ts';
import { auditor } from './audited.ts';
import { HttpProblem } from './http-errors.ts';
import { plainSite, siteOf, siteTarget, siteView } from './site-view.ts';
import { staffOf } from './staff.ts';

const closed = { additionalProperties: false } as const;
const Params = Type.Object({ site: SiteId }, closed);
const access = { config: { access: 'admin' } } as const;

/** An organization's sites, for its administrators. */
export const siteRoutes =
  (context: Context): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { store } = context;
    const audit = auditor(context);

    async function checkQueues(request: FastifyRequest, wanted: Readonly<Record<string, QueueId | undefined>>) {
      const known = await store.queues.listOf(staffOf(request).agent.organization);
      const open = new Set(known.filter(({ retiredAt }) => retiredAt === null).map(({ id }) => id));
      for (const [field, queue] of Object.entries(wanted))
        if (queue !== undefined && !open.has(queue))
          throw new HttpProblem('invalid_field', 'There is no such queue.', { field });
    }

    app.get(
      '/sites',
      {
        ...access,
        schema: {
          summary: 'All sites',
          response: { 200: Type.Object({ sites: Type.Array(SiteView) }, closed), '4xx': HttpError },
        },
      },
      async (request) => {
        const sites = await store.sites.listOf(staffOf(request).agent.organization);
        return { sites: await Promise.all(sites.map((site) => siteView(site, store))) };
      },
    );

    app.post(
      '/sites',
      { ...access, schema: { summary: 'Make a site', body: NewSite, response: { 201: SiteView, '4xx': HttpError } } },
      async (request, reply) => {
        const { organization } = staffOf(request).agent;
        const { name, origin, queue } = request.body;
        mustBeOrigin(origin, 'origin');
        await checkQueues(request, { queue });
        if ((await store.sites.listOf(organization)).length >= limits.sites)
          throw new HttpProblem('too_many', `At most ${limits.sites} sites are kept.`);
        const id = createId<'site'>();
        await store.sites.create({
          id,
          organization,
          name,
          origins: [origin],
          queue,
          queues: [],
          ask: ['name', 'email'],
          tokenLifetimeMs: limits.tokenLifetimeMs,
          files: true,
          labels: {},
          keys: [],
        });
        const site = await siteOf(store, request, id);
        await audit(request, { action: 'site.create', target: siteTarget(site), after: await plainSite(site, store) });
        return reply.code(201).send(await siteView(site, store));
      },
    );

    app.patch(
      '/sites/:site',
      {
        ...access,
        schema: {
          summary: 'Change a site',
          params: Params,
          body: SiteChange,
          response: { 200: SiteView, '4xx': HttpError },
        },
      },
      async (request) => {
        const site = await siteOf(store, request, request.params.site);
        const { settings, ...change } = request.body;
        for (const [index, origin] of (change.origins ?? []).entries()) mustBeOrigin(origin, `origins.${index}`);
        await checkQueues(request, {
          queue: change.queue,
          ...Object.fromEntries((change.queues ?? []).map((queue, index) => [`queues.${index}`, queue])),
          ...Object.fromEntries(
            (settings?.rules ?? []).map(({ queue }, index) => [`settings.rules.${index}.queue`, queue]),
          ),
        });
        await store.sites.update(site.organization, site.id, {
          ...change,
          ...(settings && { settings: { ...site.settings, ...settings } }),
        });
        const changed = await siteOf(store, request, site.id);
        await audit(request, {
          action: 'site.change',
          target: siteTarget(site),
          before: await plainSite(site, store),
          after: await plainSite(changed, store),
        });
        return siteView(changed, store);
      },
    );
  };

function mustBeOrigin(text: string, field: string): void {
  if (!isOrigin(text))
    throw new HttpProblem('invalid_field', 'An origin is a scheme, a host and maybe a port: https://shop.example', {
      field,
    });
}

function isOrigin(text: string): boolean {
  try {
    const { origin, protocol } = new URL(text);
    return origin === text && (protocol === 'https:' || protocol === 'http:');
  } catch {
    return false;
  }
}
