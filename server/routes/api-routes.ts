import type { FastifyInstance } from 'fastify';
import { limits } from '../../protocol/limits.ts';
import type { Context } from '../context.ts';
import { apiConversationRoutes } from './api-conversation-routes.ts';
import { apiDirectoryRoutes } from './api-directory-routes.ts';
import { keyOf } from './api-key-guard.ts';
import { HttpProblem } from './http-errors.ts';

/** What other systems read. Each key has a count of its own, over all of it and from whichever address. */
export const apiRoutes = (context: Context) => async (app: FastifyInstance) => {
  const count = app.createRateLimit({
    max: limits.apiRequestsPerMinute,
    timeWindow: 60_000,
    keyGenerator: (request) => keyOf(request).id,
  });
  app.addHook('onRequest', async (request) => {
    const found = await count(request);
    if (found.isAllowed || !found.isExceeded) return;
    throw new HttpProblem('too_many', 'Too many requests with this key.', { retryAfterSeconds: found.ttlInSeconds });
  });
  await app.register(apiConversationRoutes(context));
  await app.register(apiDirectoryRoutes(context));
};
