import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { HttpError, NewSiteKey, NewSiteKeyView, SiteKeyView } from '../../protocol/http.ts';
import { SiteId } from '../../protocol/ids.ts';
import type { Context } from '../context.ts';
import { parseSiteKey } from '../identity/site-key.ts';
import { auditor } from './audited.ts';
import { HttpProblem } from './http-errors.ts';
import { keyView, siteOf, siteTarget } from './site-view.ts';

const closed = { additionalProperties: false } as const;
const Params = Type.Object({ site: SiteId }, closed);
const KeyParams = Type.Object({ site: SiteId, kid: Type.String({ maxLength: 64 }) }, closed);
const access = { config: { access: 'admin' } } as const;

/** The keys that a site's tokens are verified with. A secret is shown once, in the answer to its making. */
export const siteKeyRoutes =
  (context: Context): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { store, desk, config, now } = context;
    const audit = auditor(context);

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
        const site = await siteOf(store, request, request.params.site);
        const parsed = parseSiteKey(request.body, {
          existing: site.keys,
          now: now(),
          allowPrivate: config.allowPrivateJwks,
        });
        if (!parsed.ok) throw new HttpProblem('key_refused', parsed.message, { field: parsed.field });
        if (!(await store.sites.addKey(site.id, parsed.key)))
          throw new HttpProblem('conflict', 'The site has a key of this name.', { field: 'kid' });
        await audit(request, { action: 'site.key.add', target: siteTarget(site), after: keyView(parsed.key) });
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
          response: { 200: SiteKeyView, '4xx': HttpError },
        },
      },
      async (request) => {
        const site = await siteOf(store, request, request.params.site);
        await desk.revokeKey(site.id, request.params.kid);
        const key = (await siteOf(store, request, site.id)).keys.find(({ kid }) => kid === request.params.kid);
        if (!key) throw new HttpProblem('not_found', 'The site has no key of this name.');
        await audit(request, { action: 'site.key.revoke', target: siteTarget(site), after: keyView(key) });
        return keyView(key);
      },
    );
  };
