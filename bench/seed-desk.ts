import { createHash, randomBytes } from 'node:crypto';
import type { Id } from '../protocol/ids.ts';
import { openStore } from '../server/store/open-store.ts';

/** What an agent needs to connect: as if they had signed in, without a hundred passwords to hash. */
export interface AgentSeat {
  readonly cookie: string;
  readonly csrf: string;
  readonly profile: string;
}

interface SeedOptions {
  readonly dataDir: string;
  readonly origin: string;
  readonly agents: number;
  readonly room: number;
}

/** Fills an empty store with one site and its agents, before the server that is measured opens it. */
export async function seedDesk({ dataDir, origin, agents, room }: SeedOptions) {
  const store = await openStore({ dataDir });
  const organization = named('bench');
  const queue = named('queue');
  const profile = named('profile');
  const site = named('site');
  await store.queues.createOrganization({ id: organization, name: 'Bench' });
  await store.queues.create({ id: queue, organization, name: 'Bench' });
  await store.queues.createProfile({ id: profile, organization, name: 'Bench', queues: [queue] });
  await store.sites.create({
    id: site,
    organization,
    name: 'Bench',
    origins: [origin],
    queue,
    queues: [],
    ask: ['name', 'email'],
    tokenLifetimeMs: 3_600_000,
    files: true,
    labels: {},
    keys: [],
  });
  const seats: AgentSeat[] = [];
  for (let index = 0; index < agents; index++) {
    const token = randomBytes(32).toString('base64url');
    const csrf = randomBytes(32).toString('base64url');
    const agent = named(`agent-${index}`);
    await store.agents.create({
      id: agent,
      organization,
      name: `Agent ${index}`,
      email: `agent-${index}@balie.example`,
      passwordHash: 'none',
      role: 'agent',
      room,
      profiles: [profile],
    });
    const tokenHash = createHash('sha256').update(token).digest('base64url');
    await store.staffSessions.create({
      agent,
      tokenHash,
      csrf,
      createdAt: Date.now(),
      expiresAt: Date.now() + 3_600_000,
    });
    seats.push({ cookie: `balie=${token}`, csrf, profile });
  }
  await store.close();
  return { site: site as string, seats };
}

const named = (name: string) => name as Id<never> as never;
