import type { FastifyRequest } from 'fastify';

/** Is the request from a page of this server? Compared whole: scheme, host and port. */
export function isOwnOrigin(request: FastifyRequest, publicUrl: string | null): boolean {
  const { origin } = request.headers;
  return origin !== undefined && (origin === publicUrl || origin === `${request.protocol}://${request.host}`);
}
