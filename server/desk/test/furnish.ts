import type { AgentId, OrganizationId, ProfileId, QueueId, SiteId } from '../../../protocol/ids.ts';
import { plainSite, type Site } from '../../domain/site.ts';
import type { Agent, Store } from '../../store/store.ts';

export const organization = 'org' as OrganizationId;
export const otherOrganization = 'other-org' as OrganizationId;
export const sales = 'sales' as QueueId;
export const support = 'support' as QueueId;
export const foreign = 'foreign' as QueueId;
export const everything = 'everything' as ProfileId;
export const supportOnly = 'support-only' as ProfileId;

export const shop: Site = {
  settings: plainSite,
  id: 'shop' as SiteId,
  organization,
  name: 'Shop',
  origins: ['https://shop.example'],
  queue: support,
  queues: [sales],
  ask: ['name', 'email'],
  tokenLifetimeMs: 3_600_000,
  files: true,
  labels: { plan: 'Plan' },
  keys: [{ kid: 'k1', kind: 'secret', algorithm: 'HS256', secret: 'x'.repeat(43), createdAt: 1, revokedAt: null }],
};

export const agentOf = (name: string, change: Partial<Agent> = {}): Agent => ({
  id: name.toLowerCase() as AgentId,
  organization,
  name,
  email: `${name.toLowerCase()}@balie.example`,
  passwordHash: 'none',
  role: 'agent',
  room: 4,
  profiles: [everything, supportOnly],
  languages: [],
  disabledAt: null,
  twoFactor: null,
  ...change,
});

/** Two queues, two profiles, one site, three agents, and Eve of another organization. */
export async function furnish(store: Store, { room = 4 } = {}): Promise<Map<string, Agent>> {
  await store.queues.createOrganization({ id: organization, name: 'Shop' });
  await store.queues.createOrganization({ id: otherOrganization, name: 'Elsewhere' });
  await store.queues.create({ id: sales, organization, name: 'Sales' });
  await store.queues.create({ id: support, organization, name: 'Support' });
  await store.queues.create({ id: foreign, organization: otherOrganization, name: 'Foreign' });
  await store.queues.createProfile({ id: everything, organization, name: 'Everything', queues: [sales, support] });
  await store.queues.createProfile({ id: supportOnly, organization, name: 'Support', queues: [support] });
  await store.sites.create({ ...shop, keys: [] });
  for (const key of shop.keys) await store.sites.addKey(shop.id, key);
  const agents = new Map<string, Agent>();
  for (const agent of [
    agentOf('Anna', { room }),
    agentOf('Bram', { room }),
    agentOf('Chloe', { room, profiles: [supportOnly] }),
    agentOf('Eve', { organization: otherOrganization, profiles: [] }),
  ]) {
    await store.agents.create(agent);
    agents.set(agent.id, agent);
  }
  return agents;
}
