import type { OrganizationId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Context } from '../context.ts';
import { createId } from '../identity/secret-token.ts';
import type { AuditRecord } from '../store/audit-store.ts';
import type { Agent } from '../store/store.ts';

interface Founding {
  readonly organization: string;
  /** Its first administrator. */
  readonly person: { readonly name: string; readonly email: string };
  /** Empty where they choose a password with a link. */
  readonly passwordHash: string;
}

/** Somebody has this address already, in this organization or another: one e-mail address is one log-in. */
export class EmailTaken extends Error {
  constructor(email: string) {
    super(`Somebody has the e-mail address ${email} already.`);
  }
}

/**
 * Makes an organization with an administrator, and with one queue and one profile, so that a site can be made at once.
 * Throws `EmailTaken` before anything is made.
 */
export async function foundOrganization(
  { store, now }: Pick<Context, 'store' | 'now'>,
  { organization: name, person, passwordHash }: Founding,
): Promise<Agent> {
  if (await store.agents.findByEmail(person.email)) throw new EmailTaken(person.email);
  const organization = createId<'organization'>();
  const queue = { id: createId<'queue'>(), organization, name: 'Support' };
  const profile = { id: createId<'profile'>(), organization, name: 'Support', queues: [queue.id] };
  const agent = {
    ...person,
    id: createId<'agent'>(),
    organization,
    passwordHash,
    role: 'admin',
    room: limits.agentRoomDefault,
    profiles: [profile.id],
  } as const;
  const entry = entryOf(organization, name, now());
  await store.organizations.found({ organization: { id: organization, name }, queue, profile, agent, entry });
  return (await store.agents.find(agent.id)) as Agent;
}

const entryOf = (organization: OrganizationId, name: string, at: number): AuditRecord => ({
  id: createId(),
  organization,
  at,
  actor: 'operator',
  actorName: 'Operator',
  action: 'organization.create',
  target: { kind: 'organization', id: organization, name },
  before: null,
  after: null,
  address: null,
});
