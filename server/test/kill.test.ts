import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import type { AgentCommand, VisitorCommand } from '../../protocol/commands.ts';
import type { EventBody } from '../../protocol/entities.ts';
import type { AgentId, ConversationId, FileId, Id } from '../../protocol/ids.ts';
import type { LogEvent } from '../domain/conversation.ts';
import { fold } from '../domain/evolve.ts';
import { plainSite } from '../domain/site.ts';
import { openFolderBlobStore } from '../files/folder-blob-store.ts';
import { createSecretToken, hashToken } from '../identity/secret-token.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { freePort } from './free-port.ts';
import { holdsStatistics } from './holds-statistics.ts';
import type { Acked, Line } from './restless.ts';
import { RestlessAgent } from './restless-agent.ts';
import { RestlessVisitor } from './restless-visitor.ts';
import { type ServerProcess, startServer } from './server-process.ts';
import { TestAgent } from './test-agent.ts';

const kills = 20;
const visitorsAtOnce = 20;
const origin = 'https://shop.example';

/**
 * The promise of the product, against the real process: `kill -9` in the middle of the traffic of twenty chats, again
 * and again. How far each life gets is counted in acknowledgements, so that a kill always finds work under way.
 */
test(`INV1 INV4 R194 nothing that was acknowledged is lost, doubled or reordered by ${kills} kills`, async () => {
  const { url, dataDir, env, cookies } = await furnish();
  const line: Line = { up: Promise.resolve(), acks: 0, onAck: () => {} };
  const visitors = Array.from(
    { length: visitorsAtOnce },
    () => new RestlessVisitor(line, { url, origin, site: 'site' }),
  );
  const agents = cookies.map(
    ({ cookie, csrf, ...names }) =>
      new RestlessAgent(line, new TestAgent(url, cookie, csrf), { ...names, profile: 'profile' }),
  );

  let server: ServerProcess = await startServer(env);
  onTestFinished(async () => void (await server.end('SIGKILL')));
  const running = [...visitors, ...agents].map((one) => one.run());
  for (let kill = 0; kill < kills; kill++) {
    await acksReach(line, line.acks + 40 + ((kill * 37) % 60));
    const back = Promise.withResolvers<void>();
    line.up = back.promise;
    await server.end('SIGKILL');
    server = await startServer(env);
    back.resolve();
  }
  await acksReach(line, line.acks + 200);
  for (const one of [...visitors, ...agents]) one.stop();
  await Promise.all(running);
  expect(await server.end('SIGTERM')).toBe(0);

  const store = await openStore({ dataDir });
  onTestFinished(() => store.close());
  const logs = new Map<string, LogEvent[]>();
  const logOf = async (id: string) => {
    const log = logs.get(id) ?? (await store.log.read(id as ConversationId, 0, 100_000));
    logs.set(id, log);
    return log;
  };
  for (const visitor of visitors) {
    // An agent may have been faster; nothing else is ever refused, so every upload that was acknowledged is there.
    expect(visitor.refused.filter((code) => code !== 'offer_withdrawn')).toEqual([]);
    expect(visitor.copies.complaints).toEqual([]);
    for (const { conversation } of visitor.acked) await logOf(conversation);
    expect(missing(visitor.acked, logs, ({ visitorSeq }) => visitorSeq)).toEqual([]);
  }
  for (const agent of agents) {
    expect(agent.copies.complaints).toEqual([]);
    for (const { conversation } of agent.acked) await logOf(conversation);
    expect(missing(agent.acked, logs, ({ seq }) => seq)).toEqual([]);
  }
  for (const reader of [...visitors, ...agents])
    for (const [id, copy] of reader.copies.logs) {
      const log = await logOf(id);
      const readable = reader instanceof RestlessAgent ? log : log.filter(({ visitorSeq }) => visitorSeq !== null);
      expect(copy).toEqual(readable.slice(0, copy.length).map(asRead));
    }
  for (const [id, log] of logs) await holds(store, id, log);
  const uploads = new Map([...visitors, ...agents].flatMap((one) => [...one.uploads]));
  const files = await holdsFiles(store, dataDir, uploads, [...logs.values()]);
  await holdsStatistics(store, named('organization'));
  const counts = countsOf([...logs.values()]);
  for (const type of ['offered', 'answered', 'invited', 'joined', 'left', 'rated'] as const)
    expect(counts.get(type), `chats have ${type} in them`).toBeGreaterThan(5);
  expect(files).toBeGreaterThan(5);

  const said = [...visitors, ...agents].reduce((sum, { acked }) => sum + acked.length, 0);
  const found = [...counts].map(([type, count]) => `${count} ${type}`).join(', ');
  console.info(`${kills} kills, ${said} acknowledged commands, ${logs.size} conversations: all there, once, in order`);
  console.info(`${found}; ${uploads.size} uploads, ${files} files sent`);
  expect(said).toBe(line.acks);
}, 360_000);

const named = (name: string) => name as Id<never> as never;

async function furnish() {
  const dataDir = await mkdtemp(join(tmpdir(), 'balie-kill-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const port = await freePort();
  const store = await openStore({ dataDir });
  const [organization, queue] = [named('organization'), named('queue')];
  await store.queues.createOrganization({ id: organization, name: 'Shop' });
  await store.queues.create({ id: queue, organization, name: 'Queue' });
  await store.queues.createProfile({ id: named('profile'), organization, name: 'Profile', queues: [queue] });
  await store.sites.create({
    id: named('site'),
    organization,
    name: 'Shop',
    origins: [origin],
    queue,
    queues: [],
    ask: [],
    tokenLifetimeMs: 3_600_000,
    files: true,
    labels: {},
    settings: { ...plainSite, survey: { ...plainSite.survey, on: true } },
    keys: [],
  });
  const cookies: { cookie: string; csrf: string; id: AgentId; colleague: AgentId }[] = [];
  for (const [name, colleague] of [
    ['anna', 'bram'],
    ['bram', 'anna'],
  ] as const) {
    const agent = { id: named(name), organization, name, email: `${name}@balie.example`, passwordHash: 'none' };
    await store.agents.create({ ...agent, role: 'agent', room: 20, profiles: [named('profile')] });
    const [token, csrf] = [createSecretToken(), createSecretToken()];
    const session = { agent: agent.id, tokenHash: hashToken(token), csrf, createdAt: Date.now() };
    await store.staffSessions.create({ ...session, expiresAt: Date.now() + 3_600_000 });
    cookies.push({ cookie: `balie=${token}`, csrf, id: agent.id, colleague: named(colleague) });
  }
  await store.close();
  const env = { PORT: String(port), BALIE_DATA_DIR: dataDir, BALIE_LOG_LEVEL: 'warn' };
  return { url: `http://127.0.0.1:${port}`, dataDir, env, cookies };
}

const acksReach = (line: Line, count: number): Promise<void> =>
  new Promise((resolve) => {
    line.onAck = () => line.acks >= count && resolve();
  });

/** What was acknowledged but is not in its log once, at the acknowledged place, after what the sender said before it. */
function missing(
  acked: readonly Acked<VisitorCommand | AgentCommand>[],
  logs: ReadonlyMap<string, LogEvent[]>,
  numberOf: (event: LogEvent) => number | null,
): unknown[] {
  const last = new Map<string, number>();
  return acked.filter(({ id, conversation, seq, command }) => {
    const found = logs.get(conversation)?.filter((event) => event.command === id) ?? [];
    const [event] = found;
    const after = last.get(conversation) ?? 0;
    last.set(conversation, seq);
    return found.length !== 1 || !event || numberOf(event) !== seq || seq <= after || !says(event.body, command);
  });
}

/** Of the commands whose words are to be found again. */
function says(body: EventBody, command: VisitorCommand | AgentCommand): boolean {
  switch (command.type) {
    case 'message': {
      const carried = body.type === 'message' ? (body.files ?? []).map(({ id }) => id) : [];
      return body.type === 'message' && body.text === command.text && `${carried}` === `${command.files ?? []}`;
    }
    case 'answer':
      return body.type === 'answered' && body.offer === command.offer && `${body.values}` === `${command.values}`;
    case 'offer':
      return body.type === 'offered' && body.content.title === command.content.title;
    case 'withdraw':
      return body.type === 'withdrawn' && body.offer === command.offer;
    case 'invite':
      return body.type === 'invited' && body.note === command.note;
    default:
      return true;
  }
}

/** Each upload that was acknowledged has its bytes, each file is in one message at most, and each that is knows it. */
async function holdsFiles(store: Store, dataDir: string, uploads: ReadonlyMap<FileId, string>, logs: LogEvent[][]) {
  const blobs = await openFolderBlobStore(dataDir);
  for (const [id, content] of uploads) {
    const blob = await blobs.open(id);
    expect(blob && (await text(blob.stream))).toBe(content);
  }
  const carried = logs
    .flat()
    .flatMap(({ body, command }) =>
      body.type === 'message' ? (body.files ?? []).map((file) => ({ ...file, command })) : [],
    );
  expect(new Set(carried.map(({ id }) => id)).size).toBe(carried.length);
  for (const { id, command } of carried) {
    const file = await store.files.find(id);
    // Where the process died between the two, it is noted when the message is sent again, or at the next sweep.
    expect(file).toMatchObject({ state: expect.stringMatching(/^(taken|sent)$/), command });
  }
  return carried.length;
}

const asRead = ({ at, by, command, body }: LogEvent) => ({ at, by, ...(command && { command }), body });

function countsOf(logs: readonly LogEvent[][]): ReadonlyMap<EventBody['type'], number> {
  const counts = new Map<EventBody['type'], number>();
  for (const { body } of logs.flat()) counts.set(body.type, (counts.get(body.type) ?? 0) + 1);
  return counts;
}

/** No gap in either numbering, no command twice, and the conversation is where its log says: nowhere is nowhere. */
async function holds(store: Store, id: string, log: readonly LogEvent[]): Promise<void> {
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
  const visible = log.filter(({ visitorSeq }) => visitorSeq !== null);
  expect(visible.map(({ visitorSeq }) => visitorSeq)).toEqual(visible.map((_, index) => index + 1));
  const commands = log.flatMap(({ command }) => command ?? []);
  expect(new Set(commands).size).toBe(commands.length);
  const head = await store.conversations.find(id as ConversationId);
  expect(['waiting', 'presented', 'active', 'ended']).toContain(head?.phase);
  const state = fold(log);
  expect(head).toMatchObject({ phase: state.phase, seq: log.length, visitorSeq: visible.length });
  expect(head).toMatchObject({ guests: 'guests' in state ? state.guests.map((guest) => guest.id) : [] });
  const offers = log.flatMap(({ body }) => (body.type === 'answered' || body.type === 'withdrawn' ? [body.offer] : []));
  expect(new Set(offers).size).toBe(offers.length);
}
