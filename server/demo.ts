import { randomBytes } from 'node:crypto';
import { chmod, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AgentId, OrganizationId, ProfileId, QueueId, SiteId } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';
import { seedWording } from './demo-wording.ts';
import { plainSite, type Site, type SiteKey } from './domain/site.ts';
import { hashPassword } from './identity/password.ts';
import { createSecret } from './identity/site-key.ts';
import type { Store } from './store/store.ts';

interface DemoOptions {
  readonly store: Store;
  readonly dataDir: string;
  readonly demoPort: number;
  /** For the log-ins that the first start makes; random where it is absent. A later start changes no password. */
  readonly password?: string;
  readonly now: number;
}

/** What the first start prints, once: the password is nowhere else. */
export interface DemoLogIns {
  readonly emails: readonly string[];
  readonly password: string;
}

const organization = 'balie-demo' as OrganizationId;
const sales = 'sales' as QueueId;
const support = 'support' as QueueId;
const everything = 'everything' as ProfileId;
const supportOnly = 'support-only' as ProfileId;
const everyProfile = [everything, supportOnly];
/** The shop in `examples/shop`, which names the queue of its page for business orders by its id. */
const shop = 'gloed' as SiteId;

const staff = [
  { id: 'demo-admin' as AgentId, name: 'Admin', email: 'admin@balie.example', role: 'admin' },
  { id: 'demo-anna' as AgentId, name: 'Anna', email: 'anna@balie.example', role: 'agent' },
  { id: 'demo-bram' as AgentId, name: 'Bram', email: 'bram@balie.example', role: 'agent' },
  { id: 'demo-chloe' as AgentId, name: 'Chloe', email: 'chloe@balie.example', role: 'agent' },
  { id: 'demo-sofie' as AgentId, name: 'Sofie', email: 'sofie@balie.example', role: 'supervisor' },
] as const;

/**
 * Furnishes an empty store for the demo, and at every start hands the shop its key in `demo.json`. A store that somebody
 * else set up is left alone. Null where there are no new log-ins to print. Each thing is made where it is missing, so
 * that a first start which was cut off is finished by the next.
 */
export async function seedDemo({ store, dataDir, demoPort, password, now }: DemoOptions): Promise<DemoLogIns | null> {
  const known = await store.queues.organization(organization);
  if (!known && (await store.queues.anyOrganization())) return null;
  if (!known) await store.queues.createOrganization({ id: organization, name: 'Balie Demo' });
  await furnish(store);
  const site = await openShop(store, demoPort);
  await hand(dataDir, await liveKey(store, site, now));
  const logIns = await hire(store, password ?? randomBytes(12).toString('base64url'));
  await seedWording({ store, organization, support, sales, admin: staff[0].id, now });
  return logIns;
}

async function furnish({ queues }: Store): Promise<void> {
  const made = new Set<string>((await queues.listOf(organization)).map(({ id }) => id));
  for (const [id, name] of [
    [sales, 'Sales'],
    [support, 'Support'],
  ] as const)
    if (!made.has(id)) await queues.create({ id, organization, name });

  const profiles = new Set<string>((await queues.profilesOf(organization)).map(({ id }) => id));
  for (const profile of [
    { id: everything, name: 'Everything', queues: [sales, support] },
    { id: supportOnly, name: 'Support', queues: [support] },
  ])
    if (!profiles.has(profile.id)) await queues.createProfile({ ...profile, organization });
}

async function openShop({ sites }: Store, demoPort: number): Promise<Site> {
  const known = await sites.findOf(organization, shop);
  if (known) {
    await sites.update(organization, shop, { origins: originsFor(demoPort, known.origins) });
    return known;
  }
  const site: Site = {
    id: shop,
    organization,
    name: 'Gloed',
    origins: originsFor(demoPort, []),
    queue: support,
    queues: [sales],
    ask: ['name', 'email'],
    tokenLifetimeMs: limits.tokenLifetimeMs,
    files: true,
    labels: { name: 'Name', email: 'E-mail', customer_number: 'Customer number', cart: 'Basket', plan: 'Plan' },
    settings: plainSite,
    keys: [],
  };
  await sites.create(site);
  return site;
}

async function hire({ agents }: Store, password: string): Promise<DemoLogIns | null> {
  const emails: string[] = [];
  for (const person of staff) {
    if (await agents.findByEmail(person.email)) continue;
    const passwordHash = await hashPassword(password);
    await agents.create({
      ...person,
      organization,
      passwordHash,
      room: limits.agentRoomDefault,
      // A supervisor oversees the queues of their profiles.
      profiles: person.role === 'supervisor' ? [supportOnly] : everyProfile,
    });
    emails.push(person.email);
  }
  return emails.length > 0 ? { emails, password } : null;
}

/** The shop's port may have changed; what an administrator added beside it stays. */
function originsFor(demoPort: number, before: readonly string[]): string[] {
  const others = before.filter((origin) => !/^http:\/\/(127\.0\.0\.1|localhost)(:|$)/.test(origin));
  return [`http://127.0.0.1:${demoPort}`, `http://localhost:${demoPort}`, ...others];
}

type SecretKey = Extract<SiteKey, { kind: 'secret' }>;

/** The key that the shop signs with; another one where it was revoked, as a site's owner would make. */
async function liveKey(store: Store, site: Site, now: number): Promise<SecretKey> {
  const live = site.keys.findLast((key): key is SecretKey => key.kind === 'secret' && key.revokedAt === null);
  if (live) return live;
  const kid = `shop-${site.keys.length + 1}`;
  const key: SecretKey = {
    kid,
    kind: 'secret',
    algorithm: 'HS256',
    secret: createSecret(),
    createdAt: now,
    revokedAt: null,
  };
  await store.sites.addKey(site.id, key);
  return key;
}

/** Written aside and moved, so that whoever waits for the file never reads half of it. */
async function hand(dataDir: string, { kid, secret }: SecretKey): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  const path = join(dataDir, 'demo.json');
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify({ siteId: shop, keyId: kid, keySecret: secret }, null, 2)}\n`, {
    mode: 0o600,
  });
  await chmod(draft, 0o600);
  await rename(draft, path);
}
