import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiScope } from '../../protocol/codes.ts';
import type { AgentId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Context } from '../context.ts';
import { type ApiKey, allows, isLive } from '../domain/api-key.ts';
import { createSecretToken, hashToken } from '../identity/secret-token.ts';
import { networkOf } from '../realtime/address-limits.ts';
import type { Reader } from '../realtime/readings.ts';
import { HttpProblem } from './http-errors.ts';

const keys = new WeakMap<FastifyRequest, ApiKey>();
/** Known by sight, so that one that went astray is found by who looks for such things. */
const form = /^Bearer (balie_[A-Za-z0-9_-]{43})$/i;

/** 256 bits of chance. The store keeps its hash alone. */
export const createApiSecret = (): string => `balie_${createSecretToken()}`;

/** Of a route whose access is `key`. */
export function keyOf(request: FastifyRequest): ApiKey {
  const key = keys.get(request);
  if (!key) throw keyExpected();
  return key;
}

/** The same as the audit log knows it. It is in no conversation, so that all it reads is written down. */
export function readerOfKey(request: FastifyRequest): Reader {
  const { id, name, organization } = keyOf(request);
  return { agent: { id: id as string as AgentId, name, organization }, address: networkOf(request.ip) };
}

/** Throws where the key may not do what it is about to do now. */
export function mustAllow(key: ApiKey, scope: ApiScope): void {
  if (!allows(key, scope)) throw new HttpProblem('not_allowed', `This takes a key with the scope ${scope}.`);
}

/** Lets other systems in by their key alone: no cookie counts here, so nothing that a browser adds by itself does. */
export function createKeyGuard({ store, now }: Pick<Context, 'store' | 'now'>) {
  return async (request: FastifyRequest, reply: FastifyReply, scope: ApiScope | undefined): Promise<void> => {
    const key = await find(request.headers.authorization);
    if (!key) {
      reply.header('www-authenticate', 'Bearer');
      throw keyExpected();
    }
    if (scope) mustAllow(key, scope);
    keys.set(request, key);
  };

  async function find(header: string | undefined): Promise<ApiKey | null> {
    const [, secret] = form.exec(header ?? '') ?? [];
    const key = secret === undefined ? null : await store.apiKeys.findByHash(hashToken(secret));
    const at = now();
    if (!key || !isLive(key, at)) return null;
    // Who looks wants to know whether it is in use, not how often.
    if (at - (key.lastUsedAt ?? 0) >= limits.keyUsedMs) await store.apiKeys.used(key.id, at);
    return key;
  }
}

const keyExpected = () =>
  new HttpProblem('key_expected', 'Send a key that is not revoked or past its time: Authorization: Bearer balie_…');
