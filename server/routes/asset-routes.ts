import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync } from 'fastify';
import type { Context } from '../context.ts';
import { policyReportPath } from './policy-report-routes.ts';
import { createScriptSightings } from './script-sightings.ts';

const dist = (part: string): string => fileURLToPath(new URL(`../../dist/${part}/`, import.meta.url));

/** Hashed in its name, so it never changes under it. */
const forever = 'public, max-age=31536000, immutable';
const shortly = 'public, max-age=300, stale-while-revalidate=86400';

const ours = ["default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'"];
const consolePolicy = [
  ...ours,
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
  `report-uri ${policyReportPath}`,
].join('; ');
/** Of the page in which the console shows what a site's widget will look like. It asks for nothing. */
const previewPolicy = [
  ...ours,
  "form-action 'none'",
  "frame-ancestors 'self'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** What browsers load: the loader and the chat for other people's pages, the console for ours. */
export const assetRoutes =
  (context: Context): FastifyPluginAsync =>
  async (app) => {
    const sight = createScriptSightings(context);
    for (const part of ['widget', 'console'])
      if (!existsSync(dist(part))) throw new Error('The browser parts are not built. Run: npm run build');
    const config = { access: 'public' } as const;
    app.addHook('onRoute', (route) => {
      route.config = { ...route.config, access: 'public' };
    });

    await app.register(async (scope) => {
      scope.addHook('onRequest', async (_request, reply) => {
        reply.header('cross-origin-resource-policy', 'cross-origin').header('access-control-allow-origin', '*');
      });
      await scope.register(fastifyStatic, { root: dist('widget'), serve: false, preCompressed: true });
      scope.get('/balie.js', { config, schema: { hide: true } }, (request, reply) => {
        sight(request);
        return reply.header('cache-control', shortly).sendFile('balie.js', { cacheControl: false });
      });
      scope.get<{ Params: { file: string } }>('/widget/:file', { config, schema: { hide: true } }, (request, reply) =>
        reply.header('cache-control', forever).sendFile(request.params.file, { cacheControl: false }),
      );
    });

    await app.register(async (scope) => {
      scope.addHook('onRequest', async (request, reply) => {
        const hashed = /-[\w-]{8,}\.(js|css)$/.test(request.url);
        const policy = /^\/console\/preview\.html/.test(request.url) ? previewPolicy : consolePolicy;
        reply.header('content-security-policy', policy).header('cache-control', hashed ? forever : 'no-cache');
      });
      await scope.register(fastifyStatic, {
        root: dist('console'),
        prefix: '/console/',
        preCompressed: true,
        cacheControl: false,
        redirect: true,
      });
    });
    app.get('/', { config, schema: { hide: true } }, (_request, reply) => reply.redirect('/console/'));
  };
