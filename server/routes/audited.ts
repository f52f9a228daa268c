import type { FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import { createId } from '../identity/secret-token.ts';
import { networkOf } from '../realtime/address-limits.ts';
import type { AuditRecord } from '../store/audit-store.ts';
import { staffOf } from './staff.ts';

export interface Deed {
  readonly action: string;
  readonly target?: AuditRecord['target'];
  /** Without secrets, and without what visitors wrote. Where both are there, what is the same in them is left out. */
  readonly before?: object | null;
  readonly after?: object | null;
}

/** Writes down what somebody who is signed in did. Called once it is done, so that nothing stands there that was not. */
export const auditor =
  ({ store, now }: Pick<Context, 'store' | 'now'>) =>
  async (request: FastifyRequest, { action, target = null, before = null, after = null }: Deed): Promise<void> => {
    const { agent } = staffOf(request);
    await store.audit.append({
      id: createId(),
      organization: agent.organization,
      at: now(),
      actor: agent.id,
      actorName: agent.name,
      action,
      target,
      ...(before && after ? differing(before, after) : { before, after }),
      address: networkOf(request.ip),
    });
  };

/** What was changed, and not what was left as it is. */
function differing(before: object, after: object): { before: object; after: object } {
  const was = new Map(Object.entries(before));
  const is = new Map(Object.entries(after));
  const changed = [...new Set([...was.keys(), ...is.keys()])].filter(
    (name) => JSON.stringify(was.get(name)) !== JSON.stringify(is.get(name)),
  );
  const pick = (from: Map<string, unknown>) =>
    Object.fromEntries(changed.filter((name) => from.has(name)).map((name) => [name, from.get(name)]));
  return { before: pick(was), after: pick(is) };
}
