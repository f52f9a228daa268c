import { randomBytes } from 'node:crypto';
import type { EventBody } from '../../../protocol/entities.ts';
import type {
  AgentId,
  CommandId,
  ConversationId,
  Id,
  OrganizationId,
  ProfileId,
  QueueId,
  SessionId,
  SiteId,
} from '../../../protocol/ids.ts';
import { record } from '../../domain/record.ts';
import { plainSite, type Site } from '../../domain/site.ts';
import type { Agent, Append, ConversationHead, Session, Store } from '../store.ts';

/** Tests share a database, each with an organization of its own. */
export interface Furnished {
  readonly organization: OrganizationId;
  readonly queue: QueueId;
  readonly profile: ProfileId;
  readonly site: Site;
  readonly agent: Agent;
}

export const newId = <Kind extends string>(): Id<Kind> => randomBytes(12).toString('base64url') as Id<Kind>;

export async function furnish(store: Store): Promise<Furnished> {
  const organization: OrganizationId = newId();
  const queue: QueueId = newId();
  const profile: ProfileId = newId();
  await store.queues.createOrganization({ id: organization, name: 'Lamps' });
  await store.queues.create({ id: queue, organization, name: 'Sales' });
  await store.queues.createProfile({ id: profile, organization, name: 'Everything', queues: [queue] });
  const site = newSite(organization, queue);
  await store.sites.create(site);
  const agent = newAgent(organization, [profile]);
  await store.agents.create(agent);
  return { organization, queue, profile, site, agent };
}

export const newSite = (organization: OrganizationId, queue: QueueId): Site => ({
  settings: plainSite,
  id: newId<'site'>() as SiteId,
  organization,
  name: 'Shop',
  origins: ['https://shop.example'],
  queue,
  queues: [],
  ask: ['name', 'email'],
  tokenLifetimeMs: 3_600_000,
  files: true,
  labels: { customer: 'Customer number' },
  keys: [
    {
      kid: 'k1',
      kind: 'secret',
      algorithm: 'HS256',
      secret: 'c2VjcmV0',
      createdAt: 1,
      revokedAt: null,
      lastUsedAt: null,
    },
  ],
});

const nothingMore = { languages: [], disabledAt: null, twoFactor: null } as const;

export function newAgent(organization: OrganizationId, profiles: readonly ProfileId[]): Agent {
  const id: AgentId = newId();
  const email = `${id}@balie.example`.toLowerCase();
  return { id, organization, name: 'Anna', email, passwordHash: 'x', role: 'agent', room: 4, profiles, ...nothingMore };
}

export async function newSession(store: Store, { organization, site }: Furnished): Promise<Session> {
  const session: Session = {
    id: newId<'session'>() as SessionId,
    organization,
    site: site.id,
    tokenHash: newId<'hash'>(),
    thumbprint: 'thumbprint',
    subject: null,
    createdAt: 1,
    lostAt: null,
    revokedAt: null,
  };
  await store.sessions.create(session);
  return session;
}

type Change = Partial<Omit<ConversationHead, 'id' | 'seq' | 'visitorSeq'>>;

/** The append that begins a conversation. */
export function begin(session: Session, queue: QueueId, change: Change = {}, command: string = newId()): Append {
  const head: ConversationHead = {
    id: newId<'conversation'>() as ConversationId,
    organization: session.organization,
    site: session.site,
    session: session.id,
    queue,
    phase: 'waiting',
    agent: null,
    guests: [],
    asked: null,
    invitedQueue: null,
    subject: null,
    keyId: null,
    requestedAt: 1000,
    since: 1000,
    endedAt: null,
    dueAt: null,
    seq: 0,
    visitorSeq: 0,
  };
  return follow(head, [requested(queue)], { change, command });
}

interface FollowOptions {
  readonly change?: Change;
  readonly command?: string | null;
  readonly at?: number;
}

/** The append that goes on from this head. */
export function follow(head: ConversationHead, bodies: readonly EventBody[], options: FollowOptions = {}): Append {
  const { change, command = null, at = 1000 } = options;
  const context = { by: { kind: 'visitor' } as const, now: at, command: command as CommandId | null };
  const events = record({ phase: 'absent', seq: head.seq, visitorSeq: head.visitorSeq }, bodies, context);
  const visible = events.filter(({ visitorSeq }) => visitorSeq !== null).length;
  const after = { ...head, ...change, seq: head.seq + events.length, visitorSeq: head.visitorSeq + visible };
  return { head: after, expected: head.seq, events };
}

export const message = (text: string): EventBody => ({ type: 'message', text, audience: 'everyone' });
export const whisper = (text: string): EventBody => ({ type: 'message', text, audience: 'agents' });
export const requested = (queue: QueueId): EventBody => ({
  type: 'requested',
  queue: { id: queue, name: 'Sales' },
  page: { url: 'https://shop.example/', title: 'Shop' },
  locale: 'en',
});

/** A conversation in the log, in the state given. */
export async function open(store: Store, furnished: Furnished, change: Change = {}): Promise<ConversationHead> {
  const append = begin(await newSession(store, furnished), furnished.queue, change);
  const outcome = await store.log.append(append);
  if (outcome.kind !== 'appended') throw new Error(`The conversation was not begun: ${outcome.kind}.`);
  return append.head;
}
