import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import {
  HttpError,
  NewSiteKey,
  NewSiteKeyView,
  SiteChange,
  SiteKeyView as SiteKeySchema,
  type SiteKeyView,
  SiteView as SiteSchema,
  type SiteView,
} from '../../protocol/http.ts';
import { SiteId } from '../../protocol/ids.ts';
import type { Context } from '../context.ts';
import type { Site, SiteKey } from '../domain/site.ts';
import { parseSiteKey } from '../identity/site-key.ts';
import { HttpProblem } from './http-errors.ts';
import { staffOf } from './staff.ts';

const closed = { additionalProperties: false } as const;
const Params = Type.Object({ site: SiteId }, closed);
const KeyParams = Type.Object({ site: SiteId, kid: Type.String({ maxLength: 64 }) }, closed);
const access = { config: { access: 'admin' } } as const;

/** An organization's sites and their keys, for its administrators. */
export const siteRoutes =
  ({ store, desk, config, now }: Context): FastifyPluginAsyncTypebox =>
  async (app) => {
    async function siteOf(request: FastifyRequest, id: SiteId): Promise<Site> {
      const site = await store.sites.findOf(staffOf(request).agent.organization, id);
      if (!site) throw new HttpProblem('not_found', 'There is no such site.');
      return site;
    }

    async function viewOf(site: Site): Promise<SiteView> {
      const { id, name, origins, ask, tokenLifetimeMs, labels, files, keys } = site;
      const queue = { id: site.queue, name: (await store.queues.find(site.queue))?.name ?? '' };
      return {
        id,
        name,
        origins: [...origins],
        queue,
        ask: [...ask],
        tokenLifetimeMs,
        labels: { ...labels },
        files,
        keys: keys.map(keyView),
      };
    }

    app.get(
      '/sites',
      {
        ...access,
        schema: {
          summary: 'All sites',
          response: { 200: Type.Object({ sites: Type.Array(SiteSchema) }, closed), '4xx': HttpError },
        },
      },
      async (request) => {
        const sites = await store.sites.listOf(staffOf(request).agent.organization);
        return { sites: await Promise.all(sites.map(viewOf)) };
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
          response: { 200: SiteSchema, '4xx': HttpError },
        },
      },
      async (request) => {
        const site = await siteOf(request, request.params.site);
        for (const [index, origin] of (request.body.origins ?? []).entries())
          if (!isOrigin(origin))
            throw new HttpProblem(
              'invalid_field',
              'An origin is a scheme, a host and maybe a port: https://shop.example',
              { field: `origins.${index}` },
            );
        await store.sites.update(site.organization, site.id, request.body);
        return viewOf(await siteOf(request, site.id));
      },
    );

    app.post(
      '/sites/:site/keys',
      {
        ...access,
        schema: {
          summary: 'Add a key',
          params: Params,
          body: NewSiteKey,
          response: { 201: NewSiteKeyView, '4xx': HttpError },
        },
      },
      async (request, reply) => {
        const site = await siteOf(request, request.params.site);
        const parsed = parseSiteKey(request.body, {
          existing: site.keys,
          now: now(),
          allowPrivate: config.allowPrivateJwks,
        });
        if (!parsed.ok) throw new HttpProblem('key_refused', parsed.message, { field: parsed.field });
        if (!(await store.sites.addKey(site.id, parsed.key)))
          throw new HttpProblem('conflict', 'The site has a key of this name.', { field: 'kid' });
        const made = parsed.key.kind === 'secret' && !('secret' in request.body && request.body.secret);
        return reply.code(201).send({
          key: keyView(parsed.key),
          ...(made && parsed.key.kind === 'secret' && { secret: parsed.key.secret }),
        });
      },
    );

    app.post(
      '/sites/:site/keys/:kid/revoke',
      {
        ...access,
        schema: {
          summary: 'Revoke a key at once',
          params: KeyParams,
          response: { 200: SiteKeySchema, '4xx': HttpError },
        },
      },
      async (request) => {
        const site = await siteOf(request, request.params.site);
        await desk.revokeKey(site.id, request.params.kid);
        const key = (await siteOf(request, site.id)).keys.find(({ kid }) => kid === request.params.kid);
        if (!key) throw new HttpProblem('not_found', 'The site has no key of this name.');
        return keyView(key);
      },
    );
  };

function isOrigin(text: string): boolean {
  try {
    const { origin, protocol } = new URL(text);
    return origin === text && (protocol === 'https:' || protocol === 'http:');
  } catch {
    return false;
  }
}

const keyView = (key: SiteKey): SiteKeyView => ({
  kid: key.kid,
  kind: key.kind,
  algorithm: key.kind === 'jwks' ? null : key.algorithm,
  createdAt: key.createdAt,
  revokedAt: key.revokedAt,
});
