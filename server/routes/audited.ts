import type { FastifyRequest } from 'fastify';
import type { OrganizationId } from '../../protocol/ids.ts';
import type { Context } from '../context.ts';
import { createId } from '../identity/secret-token.ts';
import { networkOf } from '../realtime/address-limits.ts';
import type { AuditRecord } from '../store/audit-store.ts';
import type { Agent } from '../store/store.ts';
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
      ...recordOf(request, agent.organization, now()),
      actor: agent.id,
      actorName: agent.name,
      action,
      target,
      ...(before && after ? differing(before, after) : { before, after }),
    });
  };

/** At the door nobody is signed in: what becomes of somebody's log-in is in the log of their organization all the same. */
export function createDoorAudit({ store, now, log }: Pick<Context, 'store' | 'now' | 'log'>) {
  const about = (request: FastifyRequest, { id, name, organization }: Agent, action: string): AuditRecord => ({
    ...recordOf(request, organization, now()),
    actor: id,
    actorName: name,
    action,
    target: { kind: 'person', id, name },
    before: null,
    after: null,
  });
  return {
    /** Of who proved to be this person. */
    async passed(request: FastifyRequest, agent: Agent, action: 'account.sign_in' | 'account.link.use'): Promise<void> {
      await store.audit.append(about(request, agent, action));
    },
    /** By nobody knows whom. The answer does not wait for it: how long it takes would tell whose address has a log-in. */
    failed(request: FastifyRequest, agent: Agent, check: 'password' | 'code'): void {
      const record = { ...about(request, agent, 'account.sign_in.failed'), actor: 'stranger', actorName: '' };
      store.audit
        .append({ ...record, after: { check } })
        .catch((error) => log.error({ err: error }, 'a failed sign-in was not written down'));
    },
  };
}

const recordOf = (request: FastifyRequest, organization: OrganizationId, at: number) => ({
  id: createId(),
  organization,
  at,
  address: networkOf(request.ip),
});

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
