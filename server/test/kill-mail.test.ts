import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import type { AgentId } from '../../protocol/ids.ts';
import { readConfig } from '../config.ts';
import { openContext } from '../context.ts';
import { systemClock } from '../desk/clock.ts';
import { plainSite } from '../domain/site.ts';
import { createSecretToken, hashToken } from '../identity/secret-token.ts';
import { openMailSink } from '../mail/test/mail-sink.ts';
import { openStore } from '../store/open-store.ts';
import { freePort } from './free-port.ts';
import { furnish, origin } from './furnish.ts';
import { type ServerProcess, startServer } from './server-process.ts';
import { signToken } from './sign-token.ts';
import { TestAgent } from './test-agent.ts';
import { TestVisitor } from './test-visitor.ts';

const chats = 5;
const emailOf = (chat: number) => `ada-${chat}@shop.example`;

/** `kill -9` twice: after chats have ended and before their mails can leave, and while the mail server has half of them. */
test('E169 every transcript is sent, at most twice and then under one Message-ID, whatever two kills cut off', async () => {
  const mailServer = { isUp: false, answers: Promise.resolve() };
  const sink = await openMailSink(
    { onTestFinished },
    {
      onConnect: (_session, done) => done(mailServer.isUp ? null : new Error('not now')),
      beforeAnswer: () => mailServer.answers,
    },
  );
  const { url, env, agent } = await prepare(sink.url);

  const first = await startServer(env);
  const server: { process: ServerProcess } = { process: first };
  onTestFinished(async () => void (await server.process.end('SIGKILL')));
  await agent.connect();
  await agent.beReady('profile-a');
  for (let chat = 0; chat < chats; chat++) await chatOf(url, agent, chat);
  await first.end('SIGKILL');
  expect(sink.received).toEqual([]);

  mailServer.isUp = true;
  const answering = Promise.withResolvers<void>();
  mailServer.answers = answering.promise;
  server.process = await startServer(env);
  await sink.has(2);
  await server.process.end('SIGKILL');
  answering.resolve();
  const before = sink.received.length;

  // The same server a while later: what the dead one was at is given up to it.
  const later = { ...systemClock, now: () => Date.now() + 600_000 };
  const context = await openContext(readConfig(env), pino({ level: 'silent' }), later);
  onTestFinished(() => context.close());
  await sink.has(before + 1);
  const hasLeft = async () => {
    context.postman.wake();
    await context.postman.idle();
    const mails = await context.store.outbox.page('organization-a' as never, null, 100);
    return mails.filter(({ subject }) => subject.kind === 'transcript').every(({ state }) => state === 'sent');
  };
  // What the desk itself appends meanwhile is followed in a second round.
  for (let round = 0; round < 2; round++) await context.mails.caughtUp();
  expect(await hasLeft()).toBe(true);

  for (let chat = 0; chat < chats; chat++) {
    const got = sink.received.filter(({ to }) => to[0] === emailOf(chat));
    expect([chat, got.length > 0 && got.length <= 2]).toEqual([chat, true]);
    expect(new Set(got.map(({ parsed }) => parsed.messageId)).size).toBe(1);
    expect(got[0]?.parsed.text).toContain(`lamp number ${chat}`);
  }
  expect(sink.received.length).toBeGreaterThanOrEqual(chats + 2);
  console.info(`${chats} transcripts in ${sink.received.length} mails, ${before} of them before the second kill`);
}, 120_000);

async function chatOf(url: string, agent: TestAgent, chat: number): Promise<void> {
  const visitor = new TestVisitor({ url, origin, site: 'site-a' });
  const variables = { name: `Ada ${chat}`, email: emailOf(chat) };
  await visitor.hello({ token: await signToken({ subject: `C-${chat}`, variables }) });
  const from = agent.reader.frames.length;
  await visitor.request();
  await agent.accept(from);
  await visitor.event('accepted');
  await visitor.say(`Where is lamp number ${chat}?`);
  expect(await visitor.command({ type: 'end' })).toMatchObject({ type: 'ack' });
  visitor.close();
}

async function prepare(smtp: string) {
  const dataDir = await mkdtemp(join(tmpdir(), 'balie-kill-mail-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const store = await openStore({ dataDir });
  await furnish(store, 'a');
  await store.sites.update('organization-a' as never, 'site-a' as never, {
    settings: { ...plainSite, transcript: 'always' },
  });
  const [token, csrf] = [createSecretToken(), createSecretToken()];
  const session = { agent: 'anna-a' as AgentId, tokenHash: hashToken(token), csrf, createdAt: Date.now() };
  await store.staffSessions.create({ ...session, expiresAt: Date.now() + 3_600_000 });
  await store.close();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    PORT: String(port),
    BALIE_DATA_DIR: dataDir,
    BALIE_LOG_LEVEL: 'warn',
    BALIE_SMTP_URL: smtp,
    BALIE_MAIL_FROM: 'desk@balie.example',
    BALIE_PUBLIC_URL: url,
  };
  return { url, env, agent: new TestAgent(url, `balie=${token}`, csrf) };
}
