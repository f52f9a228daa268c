import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CommandId } from '../../../protocol/ids.ts';
import { openStore } from '../open-store.ts';
import type { Append, ConversationHead, Session, Store } from '../store.ts';
import { begin, type Furnished, follow, furnish, message, newId, newSession, open } from './furnish.ts';
import { createTestDatabase, type TestDatabase } from './postgres-server.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

const node = (url = database.url) => openStore({ url, dataDir: '' });

describe('two nodes on one PostgreSQL', () => {
  let nodes: [Store, Store];
  let furnished: Furnished;
  beforeEach(async () => {
    // Together, so that they also race for the migrations.
    nodes = (await Promise.all([node(), node()])) as [Store, Store];
    furnished = await furnish(nodes[0]);
  });
  afterEach(() => Promise.all(nodes.map((store) => store.close())));

  test('race for one conversation: each position has one winner, and the log has no gap', async () => {
    const begun = await open(nodes[0], furnished);
    const racers = Array.from({ length: 40 }, (_, racer) => race(nodes[racer % 2] as Store, begun, racer));
    expect(new Set(await Promise.all(racers)).size).toBe(40);
    const events = await nodes[1].log.read(begun.id, 0, 100);
    expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 41 }, (_, index) => index + 1));
  });

  test('R191 get the same command at the same moment: it is carried out once, and both hear of the same event', async () => {
    const begun = await open(nodes[0], furnished);
    let head = begun;
    for (let round = 0; round < 50; round++) {
      const append = follow(head, [message(`${round}`)], { command: newId() });
      const outcomes = await Promise.all(nodes.map((store) => store.log.append(append)));
      expect(outcomes).toContainEqual({ kind: 'appended' });
      expect(outcomes).toContainEqual({ kind: 'duplicate', event: append.events[0] });
      head = append.head;
    }
    expect(await nodes[0].log.read(begun.id, 0, 100)).toHaveLength(51);
  });

  test('begin a conversation of one session at the same moment: one of them does', async () => {
    for (let round = 0; round < 20; round++) {
      const session = await newSession(nodes[0], furnished);
      const appends = nodes.map(() => begin(session, furnished.queue));
      const outcomes = await Promise.all(nodes.map((store, index) => store.log.append(appends[index] as Append)));
      expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['appended', 'session_busy']);
    }
  });

  test('begin, write and end in groups that cross, and never wait for one another in a circle', async () => {
    const sessions = await Promise.all(Array.from({ length: 8 }, () => newSession(nodes[0], furnished)));
    const play = async (store: Store, seed: number) => {
      for (let round = 0; round < 25; round++) {
        const order = sessions.toSorted((a, b) => rank(a, round, seed) - rank(b, round, seed));
        await Promise.all(order.map((session, index) => step(store, session, (index + round) % 3)));
      }
    };
    await Promise.all([play(nodes[0], 1), play(nodes[1], 2), play(nodes[0], 3), play(nodes[1], 4)]);
    await Promise.all(nodes.map((store) => store.close()));
    const [row] = await database.execute(
      'select deadlocks::int from pg_stat_database where datname = current_database()',
    );
    expect(row).toEqual({ deadlocks: 0 });
    nodes = (await Promise.all([node(), node()])) as [Store, Store];
  });

  /** One of: begin, write, end; whatever the session's conversation is found in. */
  async function step(store: Store, session: Session, kind: number): Promise<void> {
    const head = await store.conversations.latestOfSession(session.id);
    const ended = { change: { phase: 'ended', endedAt: 1 } } as const;
    const append =
      !head || (kind === 0 && head.phase === 'ended')
        ? begin(session, furnished.queue)
        : follow(head, [message('x')], kind === 2 ? ended : {});
    await store.log.append(append);
  }
});

describe('PostgreSQL', () => {
  test('that could lose what it committed is refused', async () => {
    const unsafe = await createTestDatabase();
    await unsafe.execute(`alter database ${nameOf(unsafe.url)} set synchronous_commit = off`);
    await expect(node(unsafe.url)).rejects.toMatchObject({
      code: 'unsafe_settings',
      message: expect.stringContaining('synchronous_commit = off'),
    });
    await unsafe.drop();
  });

  test('that cannot be reached is named, without the password', async () => {
    await expect(node('postgres://balie:hunter2@127.0.0.1:1/desk')).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/^Cannot use the database postgres:\/\/127\.0\.0\.1:1\/desk: (?!.*hunter2)/),
    });
  });

  test('R197 that ends every connection costs nothing that was acknowledged, and is used again at once', async () => {
    const store = await node();
    const begun = await open(store, await furnish(store));
    const others = `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`;
    let head = begun;
    for (let round = 0; round < 10; round++) {
      const append = follow(head, [message(`${round}`)], { command: newId() });
      const [outcome] = await Promise.allSettled([store.log.append(append), database.execute(others)]);
      const done = await eventually(() => store.log.findCommand(begun.id, append.events[0]?.command as CommandId));
      if (outcome.status === 'fulfilled') expect(done).toEqual(append.events[0]);
      if (done) head = append.head;
    }
    const last = follow(head, [message('last')]);
    expect(await eventually(() => store.log.append(last))).toEqual({ kind: 'appended' });
    expect(await store.log.read(begun.id, 0, 100)).toHaveLength(last.head.seq);
    await store.close();
  });

  test('whose answer to a commit is lost leaves the outcome open, to be looked up by the command', async () => {
    const proxy = await openProxy(database.url);
    const store = await node(proxy.url);
    const begun = await open(store, await furnish(store));
    const append = follow(begun, [message('did it arrive?')], { command: newId() });
    proxy.loseNextCommit();
    await expect(store.log.append(append)).rejects.toMatchObject({ code: 'outcome_unknown' });
    expect(await store.log.findCommand(begun.id, append.events[0]?.command as CommandId)).toEqual(append.events[0]);
    expect(await store.log.append(append)).toEqual({ kind: 'duplicate', event: append.events[0] });
    await store.close();
    proxy.close();
  });
});

const nameOf = (url: string) => new URL(url).pathname.slice(1);
const rank = ({ id }: Session, round: number, seed: number) => (id.charCodeAt(round % 16) * seed * 31) % 17;

async function race(store: Store, begun: ConversationHead, racer: number): Promise<number> {
  let head: ConversationHead | null = begun;
  while (head) {
    const append = follow(head, [message(`racer ${racer}`)], { command: newId() });
    if ((await store.log.append(append)).kind === 'appended') return append.head.seq;
    head = await store.conversations.find(begun.id);
  }
  throw new Error('The conversation is gone.');
}

/** Tries again where a connection was just ended: the next one is a new one. */
async function eventually<Result>(ask: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await ask();
    } catch (error) {
      if (tries === 20) throw error;
    }
  }
}

/** In front of the database; it can swallow the answer to a commit and break off. */
async function openProxy(url: string) {
  const target = new URL(url);
  const [port, hostname] = [Number(target.port || 5432), target.hostname];
  let losing = false;
  const sockets = new Set<Socket>();
  const server: Server = createServer((client) => {
    const upstream = connect(port, hostname);
    let lost = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => (socket === client ? upstream : client).destroy());
    }
    client.on('data', (chunk) => {
      if (losing && chunk.includes('commit')) {
        lost = true;
        losing = false;
      }
      upstream.write(chunk);
    });
    // Only once the commit was answered: broken off before, it might never have reached the database.
    upstream.on('data', (chunk) => {
      if (!lost) client.write(chunk);
      else if (chunk.includes('COMMIT')) client.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  target.hostname = '127.0.0.1';
  target.port = String((server.address() as AddressInfo).port);
  return {
    url: target.href,
    loseNextCommit() {
      losing = true;
    },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
