import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import type { TestContext } from 'vitest';
import { buildApp } from '../app.ts';
import type { Config } from '../config.ts';
import { openContext } from '../context.ts';
import { systemClock } from '../desk/clock.ts';
import { furnish, origin, password } from './furnish.ts';
import { TestAgent } from './test-agent.ts';
import { TestVisitor, type TestVisitorOptions } from './test-visitor.ts';

/** A whole server on a free port, over a store of its own, with two organizations unless it is told otherwise; closed when the test ends. */
export async function openServer(t: TestContext, settings: Partial<Config> = {}, organizations = ['a', 'b']) {
  const dataDir = await mkdtemp(join(tmpdir(), 'balie-server-'));
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line) => void lines.push(line) });
  let offsetMs = 0;
  const clock = { ...systemClock, now: () => Date.now() + offsetMs };
  const context = await openContext({ ...configOf(dataDir), ...settings }, log, clock);
  for (const name of organizations) await furnish(context.store, name);
  const app = await buildApp(context);
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const open = new Set<{ close(): void }>();
  t.onTestFinished(async () => {
    for (const one of open) one.close();
    await app.close();
    await context.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const connect = (options: Partial<TestVisitorOptions> = {}) => {
    const visitor = new TestVisitor({ url, origin, site: 'site-a', ...options });
    open.add(visitor);
    return visitor;
  };

  return {
    app: app as FastifyInstance,
    context,
    url,
    /** Everything the server wrote to its log. */
    log: () => lines.join(''),
    /** Sets the server's clock forward. Timers run on as they were. */
    advance(ms: number) {
      offsetMs += ms;
    },
    /** A browser on the site `site-a`, connected but silent. */
    connect,
    /** The same, after its hello. */
    async visitor(options: Partial<TestVisitorOptions> = {}) {
      const visitor = connect(options);
      await visitor.hello();
      return visitor;
    },
    /** Signed in, connected and ready. */
    async agent(name = 'anna-a') {
      const agent = await TestAgent.signIn({ url, email: `${name}@balie.example`, password });
      open.add(agent);
      await agent.connect();
      await agent.beReady(`profile-${name.at(-1)}`);
      return agent;
    },
    /** Signed in alone: for the REST part. */
    signIn: (name = 'anna-a') => TestAgent.signIn({ url, email: `${name}@balie.example`, password }),
  };
}

export type TestServer = Awaited<ReturnType<typeof openServer>>;

const configOf = (dataDir: string): Config => ({
  port: 0,
  host: '127.0.0.1',
  publicUrl: null,
  dataDir,
  databaseUrl: null,
  logLevel: 'debug',
  trustProxy: false,
  agentGraceMs: 60_000,
  presentMs: 30_000,
  allowPrivateJwks: false,
  allowPrivateWebhooks: false,
  clamav: null,
  smtp: null,
  demo: null,
});
