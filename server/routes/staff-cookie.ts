import type { FastifyReply, FastifyRequest } from 'fastify';
import { limits } from '../../protocol/limits.ts';

/** The cookie that an agent's browser carries; its value is the session's token. */
export interface StaffCookie {
  read(request: FastifyRequest): string | undefined;
  set(reply: FastifyReply, token: string): void;
  clear(reply: FastifyReply): void;
}

export function createStaffCookie(publicUrl: string | null): StaffCookie {
  /** A proxy may end the HTTPS that people see; then the public address says so and the request does not. */
  const isSecure = ({ protocol }: FastifyRequest): boolean => (publicUrl ?? `${protocol}:`).startsWith('https:');
  /** The prefix makes browsers refuse the cookie from anywhere but this host, and without `Secure`. */
  const nameFor = (request: FastifyRequest): string => (isSecure(request) ? '__Host-balie' : 'balie');
  const optionsFor = (request: FastifyRequest) =>
    ({ path: '/', httpOnly: true, sameSite: 'strict', secure: isSecure(request) }) as const;

  return {
    read: (request) => request.cookies[nameFor(request)],
    set(reply, token) {
      const { request } = reply;
      reply.setCookie(nameFor(request), token, { ...optionsFor(request), maxAge: limits.staffSessionMs / 1000 });
    },
    clear(reply) {
      const { request } = reply;
      reply.clearCookie(nameFor(request), optionsFor(request));
    },
  };
}
