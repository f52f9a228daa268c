import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { HttpError } from '../../protocol/http.ts';
import { SiteId } from '../../protocol/ids.ts';
import { Inspection, InspectToken, Install } from '../../protocol/install.ts';
import type { Context } from '../context.ts';
import { siteOf } from './site-view.ts';

const Params = Type.Object({ site: SiteId }, { additionalProperties: false });
const access = { config: { access: 'admin' } } as const;

/** For who puts the widget into a site: is the script there, and what is wrong with the tokens? */
export const installRoutes =
  ({ store, tokens }: Context): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/sites/:site/install',
      {
        ...access,
        schema: {
          summary: 'Where the script was seen, and which tokens were refused',
          params: Params,
          response: { 200: Install, '4xx': HttpError },
        },
      },
      async (request) => {
        const { organization, id } = await siteOf(store, request, request.params.site);
        const [sightings, refused] = await Promise.all([
          store.installs.sightings(organization, id),
          store.installs.refusedTokens(organization, id),
        ]);
        return { sightings, refused };
      },
    );

    app.post(
      '/sites/:site/inspect-token',
      {
        ...access,
        schema: {
          summary: 'What the server would say of a token; nothing of it is kept',
          params: Params,
          body: InspectToken,
          response: { 200: Inspection, '4xx': HttpError },
        },
      },
      async (request) => {
        const site = await siteOf(store, request, request.params.site);
        const verdict = await tokens.verify(request.body.token.trim(), { site });
        if (!verdict.ok) return { ok: false as const, check: verdict.check, detail: verdict.detail ?? '' };
        const { subject, keyId, issuer, expiresAt, variables } = verdict;
        return { ok: true as const, subject, keyId, issuer, expiresAt, variables: [...variables.keys()] };
      },
    );
  };
