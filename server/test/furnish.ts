import { apiScopes } from '../../protocol/codes.ts';
import type { Id } from '../../protocol/ids.ts';
import { hashPassword } from '../identity/password.ts';
import { hashToken } from '../identity/secret-token.ts';
import type { Store } from '../store/store.ts';

export const origin = 'https://shop.example';
export const password = 'correct horse battery staple';
export const secret = 'a-secret-of-256-bits-made-for-tests-alone';
export const siteKey = {
  kind: 'secret',
  kid: 'k1',
  algorithm: 'HS256',
  secret,
  createdAt: 1,
  revokedAt: null,
} as const;

const named = (name: string) => name as Id<never> as never;

/** Hashed once: sixteen milliseconds a server add up. */
const passwordHash = hashPassword(password);

/**
 * An organization with a site, a queue, a profile, two agents, an administrator, some wording, a webhook that is off,
 * a key of the API and an invitation whose link is spent, all named after `name`.
 */
export async function furnish(store: Store, name: string): Promise<void> {
  const { queues, sites, agents } = store;
  const organization = named(`organization-${name}`);
  const queue = named(`queue-${name}`);
  const profile = named(`profile-${name}`);
  await queues.createOrganization({ id: organization, name: `Organization ${name}` });
  await queues.create({ id: queue, organization, name: `Queue ${name}` });
  await queues.createProfile({ id: profile, organization, name: `Profile ${name}`, queues: [queue] });
  await sites.create({
    id: named(`site-${name}`),
    organization,
    name: `Site ${name}`,
    origins: [origin],
    queue,
    queues: [],
    ask: ['name', 'email'],
    tokenLifetimeMs: 3_600_000,
    files: true,
    labels: {},
    keys: [siteKey],
  });
  for (const [person, role] of [
    ['anna', 'agent'],
    ['bram', 'agent'],
    ['admin', 'admin'],
  ] as const)
    await agents.create({
      id: named(`${person}-${name}`),
      organization,
      name: person,
      email: `${person}-${name}@balie.example`,
      passwordHash: await passwordHash,
      role,
      room: 4,
      profiles: [profile],
    });
  const wording = { organization, folder: '', title: 'Hello', text: 'Hello {{name}}' };
  await store.presets.create({ id: named(`preset-${name}`), ...wording, queue, place: 0 });
  const options = ['one', 'two'].map((value) => ({ value, label: value }));
  await store.savedOffers.create({
    id: named(`offer-${name}`),
    organization,
    name: 'Offer',
    content: { title: 'Offer', options, least: 1, most: 1, optional: false },
    savedBy: named(`anna-${name}`),
    savedAt: 1,
  });
  await store.staffLinks.replace(
    { tokenHash: `hash-${name}`, organization, agent: named(`bram-${name}`), createdAt: 1, expiresAt: 1 },
    {
      id: named(`mail-${name}`),
      subject: { kind: 'invitation', agent: named(`bram-${name}`) },
      recipient: `bram-${name}@balie.example`,
      language: 'en',
      createdAt: 1,
      secret: null,
      session: null,
    },
  );
  await store.webhooks.create({
    id: named(`webhook-${name}`),
    organization,
    name: `Webhook ${name}`,
    url: 'https://hooks.example/',
    kinds: [],
    audience: 'everyone',
    createdAt: 1,
    state: 'off',
    since: 1,
    failingSince: null,
    secrets: [{ secret: `whsec_${'A'.repeat(43)}=`, until: null }],
  });
  await store.apiKeys.create(
    {
      id: named(`key-${name}`),
      organization,
      name: `Key ${name}`,
      scopes: apiScopes,
      createdBy: named(`admin-${name}`),
      createdAt: 1,
      expiresAt: null,
      lastUsedAt: null,
      revokedAt: null,
    },
    hashToken(apiSecretOf(name)),
  );
}

/** Sofie, who oversees the queue of that organization; more than most tests need. */
export async function hireSupervisor(store: Store, name: string): Promise<void> {
  await store.agents.create({
    id: named(`sofie-${name}`),
    organization: named(`organization-${name}`),
    name: 'sofie',
    email: `sofie-${name}@balie.example`,
    passwordHash: await passwordHash,
    role: 'supervisor',
    room: 4,
    profiles: [named(`profile-${name}`)],
  });
}

/** Of a key that is good for everything. */
export const apiSecretOf = (name: string): string => `balie_${name.repeat(43)}`;
