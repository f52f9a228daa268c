import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import type { ApiScope } from '../../protocol/codes.ts';
import type { Role } from '../../protocol/entities.ts';
import type { Context } from '../context.ts';
import { isSameSecret } from '../identity/secret-token.ts';
import { networkOf } from '../realtime/address-limits.ts';
import type { Reader } from '../realtime/readings.ts';
import { findSignedIn, type SignedInAgent } from '../realtime/signed-in.ts';
import { createKeyGuard } from './api-key-guard.ts';
import { HttpProblem } from './http-errors.ts';
import { isOwnOrigin } from './origin.ts';
import { createStaffCookie } from './staff-cookie.ts';

/** Who may use a route: `key` is another system. Every route says so; the server does not start with one that does not. */
export type Access = 'public' | 'key' | Role;

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    /** What a key must be good for; of routes whose access is `key`. */
    scope?: ApiScope;
    /** For the pages of sites: who sends it is known by something that no browser adds by itself. */
    crossOrigin?: boolean;
  }
}

const rank: Record<Role, number> = { agent: 1, supervisor: 2, admin: 3 };
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Of each server, for the tests that are made from it. */
const tables = new WeakMap<FastifyInstance, readonly RouteOptions[]>();
const people = new WeakMap<FastifyRequest, SignedInAgent>();

/** Of a route whose access is not public. */
export function staffOf(request: FastifyRequest): SignedInAgent {
  const person = people.get(request);
  if (!person) throw new HttpProblem('sign_in_expected', 'Sign in first.');
  return person;
}

/** The same person as the audit log knows them (`Context.readings`). */
export const readerOf = (request: FastifyRequest): Reader => ({
  agent: staffOf(request).agent,
  address: networkOf(request.ip),
});

/** Every route of a server that was built with `guardRoutes`. */
export const routesOf = (app: FastifyInstance): readonly RouteOptions[] => tables.get(app) ?? [];

/** Guards every route by what it says of itself, in one place. */
export function guardRoutes(app: FastifyInstance, context: Context): void {
  const cookie = createStaffCookie(context.config.publicUrl);
  const routes: RouteOptions[] = [];
  tables.set(app, routes);
  app.addHook('onRoute', (route) => void routes.push(route));
  app.addHook('onReady', async () => {
    for (const { config, url } of routes)
      if (!config?.access || (config.access === 'key' && !config.scope))
        throw new Error(`The route ${url} does not say who may use it.`);
  });

  const admitKey = createKeyGuard(context);

  app.addHook('onRequest', async (request, reply) => {
    const { access = 'public', scope } = request.routeOptions.config;
    const mutates = !safeMethods.has(request.method);
    if (mutates && !request.routeOptions.config.crossOrigin) refuseOtherOrigins(request, context.config.publicUrl);
    if (access === 'public') return;
    if (access === 'key') return admitKey(request, reply, scope);
    const person = await findSignedIn(context.store, cookie.read(request), context.now());
    if (!person) throw new HttpProblem('sign_in_expected', 'Sign in first.');
    if (rank[person.agent.role] < rank[access]) throw new HttpProblem('not_allowed', `This takes the role ${access}.`);
    if (mutates && !hasToken(request, person))
      throw new HttpProblem('csrf_refused', 'Send the session’s csrf value in the header x-csrf-token.');
    people.set(request, person);
  });

  app.addHook('onSend', async (_request, reply: FastifyReply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
}

/** A browser always names the page that a request comes from; whoever names none is no browser and brings no cookie along. */
function refuseOtherOrigins(request: FastifyRequest, publicUrl: string | null): void {
  const site = request.headers['sec-fetch-site'];
  const foreign = request.headers.origin !== undefined && !isOwnOrigin(request, publicUrl);
  if (foreign || (site !== undefined && site !== 'same-origin' && site !== 'none'))
    throw new HttpProblem('origin_refused', 'Requests from other origins are refused.');
}

const hasToken = (request: FastifyRequest, { session }: SignedInAgent): boolean => {
  const header = request.headers['x-csrf-token'];
  return typeof header === 'string' && isSameSecret(header, session.csrf);
};
