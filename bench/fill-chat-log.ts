import { createHash, randomBytes } from 'node:crypto';
import type { EventBody } from '../protocol/entities.ts';
import { openStore } from '../server/store/open-store.ts';
import { createRandom, sentence } from './vocabulary.ts';

export const chats = 100_000;
export const messagesEach = 10;
/** Of one visitor. */
const chatsEach = 250;
const queues = 20;
const agents = 100;
/** Handed to the log at once, so that a commit is shared by many. */
const atOnce = 500;

type Where = Parameters<typeof openStore>[0];

/** A million messages in the log, of chats that have ended, one a minute; none of them is in the index yet. */
export async function fillChatLog(where: Where) {
  const store = await openStore(where);
  const organization = named('bench');
  await store.queues.createOrganization({ id: organization, name: 'Bench' });
  for (let queue = 0; queue < queues; queue++)
    await store.queues.create({ id: named(`queue-${queue}`), organization, name: `Queue ${queue}` });
  const site = { id: named('site'), organization, queue: named('queue-0'), queues: [], labels: {}, keys: [] };
  await store.sites.create({ ...site, name: 'Bench', origins: [], ask: [], tokenLifetimeMs: 60_000, files: true });
  const person = { organization, passwordHash: 'none', room: 4, profiles: [] };
  for (let agent = 0; agent < agents; agent++)
    await store.agents.create({
      ...person,
      id: named(`agent-${agent}`),
      name: `Agent ${agent}`,
      email: `agent-${agent}@balie.example`,
      role: agent === 0 ? 'admin' : 'agent',
    });
  const token = randomBytes(32).toString('base64url');
  const tokenHash = createHash('sha256').update(token).digest('base64url');
  const [createdAt, expiresAt] = [Date.now(), Date.now() + 24 * 3_600_000];
  await store.staffSessions.create({ agent: named('agent-0'), tokenHash, csrf: 'none', createdAt, expiresAt });
  const session = { organization, site: site.id, thumbprint: 'none', subject: null, createdAt };
  for (let visitor = 0; visitor < chats / chatsEach; visitor++)
    await store.sessions.create({
      ...session,
      id: named(`session-${visitor}`),
      tokenHash: `none-${visitor}`,
      lostAt: null,
      revokedAt: null,
    });

  const random = createRandom(1);
  const begin = Date.now() - chats * 60_000;
  for (let chat = 0; chat < chats; chat += atOnce)
    await Promise.all(
      Array.from({ length: atOnce }, (_, place) => store.log.append(chatOf(chat + place, begin, random))),
    );
  await store.close();
  return { cookie: `balie=${token}`, begin };
}

function chatOf(number: number, begin: number, random: () => number) {
  const requestedAt = begin + number * 60_000;
  const queue = { id: named(`queue-${number % queues}`), name: `Queue ${number % queues}` };
  const agent = { id: named(`agent-${Math.floor(random() * agents)}`), name: 'Agent' };
  const name = `Visitor${number}`;
  const bodies: EventBody[] = [
    { type: 'requested', queue, page: { url: 'https://shop.example/', title: 'Shop' }, locale: 'en' },
    { type: 'claimed', variables: [{ name: 'name', value: name, verified: false, source: 'form' }] },
    { type: 'presented', agent, until: requestedAt + 30_000 },
    { type: 'accepted', agent },
    ...Array.from(
      { length: messagesEach },
      (): EventBody => ({ type: 'message', text: sentence(random, 12), audience: 'everyone' }),
    ),
    { type: 'classified', category: `Category ${number % 7}` },
    { type: 'ended', reason: 'agent' },
  ];
  let visible = 0;
  const events = bodies.map((body, place) => ({
    seq: place + 1,
    visitorSeq: body.type === 'message' ? ++visible : null,
    at: requestedAt + place * 1000,
    by: place % 2 ? ({ kind: 'agent', agent } as const) : ({ kind: 'visitor' } as const),
    command: null,
    body,
  }));
  const head = {
    id: named(`chat-${number}`),
    organization: named('bench'),
    site: named('site'),
    session: named(`session-${Math.floor(number / chatsEach)}`),
    queue: queue.id,
    phase: 'ended' as const,
    agent: agent.id,
    ...{ guests: [], asked: null, invitedQueue: null, subject: null, keyId: null, dueAt: null },
    requestedAt,
    endedAt: requestedAt + 60_000,
    since: requestedAt + 60_000,
    seq: events.length,
    visitorSeq: visible,
  };
  return { head, expected: 0, events };
}

const named = (name: string) => name as never;
