import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { AgentId, ConversationId, OrganizationId, WebhookId } from '../../protocol/ids.ts';
import { createSecretToken, hashToken } from '../identity/secret-token.ts';
import { openStore } from '../store/open-store.ts';
import { openSink, type Sink } from '../webhooks/test/sink.ts';
import { freePort } from './free-port.ts';
import { furnish, origin } from './furnish.ts';
import type { Line } from './restless.ts';
import { RestlessAgent } from './restless-agent.ts';
import { RestlessVisitor } from './restless-visitor.ts';
import { type ServerProcess, startServer } from './server-process.ts';
import { TestAgent } from './test-agent.ts';

const kills = 6;
const webhook = 'webhook-a' as WebhookId;

/** `kill -9` while chats go on and their events leave, whether between commit and delivery or after the answer. */
test(`E175 a webhook is told of every event, in order, under one id each, whatever ${kills} kills cut off`, async () => {
  const sink = await openSink({ onTestFinished });
  const { url, dataDir, env, agent, admin } = await prepare(sink);
  const line: Line = { up: Promise.resolve(), acks: 0, onAck: () => {} };
  const visitors = Array.from({ length: 5 }, () => new RestlessVisitor(line, { url, origin, site: 'site-a' }));
  const everybody = [...visitors, new RestlessAgent(line, agent, { ...names, profile: 'profile-a' })];

  let server: ServerProcess = await startServer(env);
  onTestFinished(async () => void (await server.end('SIGKILL')));
  const running = everybody.map((one) => one.run());
  for (let kill = 0; kill < kills; kill++) {
    await sink.has(sink.received.length + 20 + kill * 7);
    const back = Promise.withResolvers<void>();
    line.up = back.promise;
    await server.end('SIGKILL');
    server = await startServer(env);
    back.resolve();
  }
  await sink.has(sink.received.length + 20);
  for (const one of everybody) one.stop();
  await Promise.all(running);
  await vi.waitFor(
    async () => {
      const answer = await fetch(`${url}/api/webhooks`, { headers: { cookie: admin } });
      const { webhooks } = (await answer.json()) as { webhooks: { waiting: number }[] };
      expect(webhooks).toMatchObject([{ waiting: 0, state: 'on' }]);
    },
    { timeout: 120_000, interval: 500 },
  );
  expect(await server.end('SIGTERM')).toBe(0);

  const store = await openStore({ dataDir });
  onTestFinished(() => store.close());
  const ids = new Map<string, string>();
  const told = new Map<string, number[]>();
  for (const { id, payload } of sink.received) {
    if (!('seq' in payload.data)) continue;
    const { conversation, seq } = payload.data;
    const place = `${conversation} ${seq}`;
    expect(ids.get(id) ?? place, 'an id is of one event').toBe(place);
    if (!ids.has(id)) told.set(conversation, [...(told.get(conversation) ?? []), seq]);
    ids.set(id, place);
  }
  expect(told.size).toBeGreaterThanOrEqual(visitors.length);
  let events = 0;
  for (const [conversation, seqs] of told) {
    const visible = await store.log.readVisible(conversation as ConversationId, 0, 100_000);
    expect(seqs).toEqual(visible.map(({ visitorSeq }) => visitorSeq));
    events += seqs.length;
  }
  console.info(`${kills} kills, ${events} events of ${told.size} chats told in ${sink.received.length} deliveries`);
}, 360_000);

const names = { id: 'anna-a' as AgentId, colleague: 'bram-a' as AgentId };
const sessionOf = async (dataDir: string, agent: AgentId) => {
  const store = await openStore({ dataDir });
  const [token, csrf] = [createSecretToken(), createSecretToken()];
  const session = { agent, tokenHash: hashToken(token), csrf, createdAt: Date.now() };
  await store.staffSessions.create({ ...session, expiresAt: Date.now() + 3_600_000 });
  await store.close();
  return { cookie: `balie=${token}`, csrf };
};

async function prepare(sink: Sink) {
  const dataDir = await mkdtemp(join(tmpdir(), 'balie-kill-webhooks-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const store = await openStore({ dataDir });
  await furnish(store, 'a');
  const organization = 'organization-a' as OrganizationId;
  await store.webhooks.update(organization, webhook, { url: sink.url });
  await store.webhooks.setState(organization, webhook, 'on', 1);
  await store.close();
  const { cookie, csrf } = await sessionOf(dataDir, names.id);
  const admin = await sessionOf(dataDir, 'admin-a' as AgentId);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    PORT: String(port),
    BALIE_DATA_DIR: dataDir,
    BALIE_LOG_LEVEL: 'warn',
    BALIE_ALLOW_PRIVATE_WEBHOOKS: '1',
  };
  return { url, dataDir, env, agent: new TestAgent(url, cookie, csrf), admin: admin.cookie };
}
