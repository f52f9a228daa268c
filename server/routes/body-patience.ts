import type { FastifyInstance } from 'fastify';
import { HttpProblem } from './http-errors.ts';

const bodyMs = 30_000;

/**
 * For who sends a body drop by drop (slowloris). The server's own limit on a whole request is for the longest, an upload
 * over a slow line, which watches its pace itself; all others are short.
 */
export function limitBodyTime(app: FastifyInstance): void {
  app.addHook('preParsing', async ({ headers }, _reply, payload) => {
    const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
    if (!hasBody || headers['content-type']?.startsWith('multipart/')) return payload;
    const giveUp = () => {
      // Once nobody reads it any more, there is nobody to tell.
      if (payload.listenerCount('error') > 0) payload.emit('error', late());
    };
    const timer = setTimeout(giveUp, bodyMs);
    for (const done of ['end', 'close']) payload.once(done, () => clearTimeout(timer));
    return payload;
  });
}

const late = () => new HttpProblem('timeout', 'The request took too long.');
