import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Context } from '../context.ts';
import { HttpProblem } from './http-errors.ts';

/** For whatever restarts the process and sends traffic to it. */
export const healthRoutes =
  ({ store, hub, log }: Context): FastifyPluginAsyncTypebox =>
  async (app) => {
    const config = { access: 'public' } as const;
    app.get('/healthz', { config, schema: { hide: true } }, async () => ({ status: 'ok' }));
    app.get('/readyz', { config, schema: { hide: true } }, async () => {
      if (hub.draining) throw new HttpProblem('unavailable', 'The server is stopping.', { retryAfterSeconds: 5 });
      try {
        await store.ping();
      } catch (error) {
        log.error({ err: error }, 'the store does not answer');
        throw new HttpProblem('unavailable', 'The store does not answer.', { retryAfterSeconds: 5 });
      }
      return { status: 'ready' };
    });
  };
