import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Child, startChild, untilAnswers } from './child.ts';
import { freePort } from './free-port.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export const password = 'a password for tests only';

/** What the server's first start writes for the shop. */
export interface DemoKey {
  readonly siteId: string;
  readonly keyId: string;
  readonly keySecret: string;
}

/**
 * The built product as `npm start` runs it: the server on a data folder of its own, and the shop on another origin. Every
 * test begins with the folder as the first start left it.
 */
export interface Product {
  readonly url: string;
  readonly shopUrl: string;
  readonly dataDir: string;
  readonly key: DemoKey;
  readonly output: () => string;
  /** A fresh data folder, and settings of the server for this one test. */
  renew(env?: Record<string, string>): Promise<void>;
  /** `kill -9`: nothing is said, nothing is flushed. */
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export async function startProduct(): Promise<Product> {
  const folder = await mkdtemp(join(tmpdir(), 'balie-e2e-'));
  const seeded = join(folder, 'seeded');
  const data = join(folder, 'data');
  const [port, shopPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  let extra: Record<string, string> = {};

  async function startServer(dataFolder: string): Promise<Child> {
    const child = startChild(join(root, 'server/main.ts'), {
      PORT: String(port),
      DEMO_PORT: String(shopPort),
      BALIE_DATA_DIR: dataFolder,
      BALIE_DEMO: '1',
      BALIE_DEMO_PASSWORD: password,
      ...extra,
    });
    await untilAnswers(child, `${url}/readyz`);
    return child;
  }

  let server = await startServer(seeded);
  const key = JSON.parse(await readFile(join(seeded, 'demo.json'), 'utf8')) as DemoKey;
  await server.end('SIGTERM');

  const shop = startChild(join(root, 'examples/shop/server.ts'), {
    DEMO_PORT: String(shopPort),
    BALIE_URL: url,
    BALIE_SITE: key.siteId,
    BALIE_KEY_ID: key.keyId,
    BALIE_KEY_SECRET: key.keySecret,
  });
  const shopUrl = `http://127.0.0.1:${shopPort}`;
  await untilAnswers(shop, shopUrl);

  return {
    url,
    shopUrl,
    /** Of the server. */
    dataDir: data,
    key,
    output: () => server.output() + shop.output(),
    async renew(env = {}) {
      await server.end('SIGKILL');
      await rm(data, { recursive: true, force: true });
      await cp(seeded, data, { recursive: true });
      extra = env;
      server = await startServer(data);
    },
    kill: () => server.end('SIGKILL'),
    async start() {
      server = await startServer(data);
    },
    async stop() {
      await Promise.all([server.end('SIGKILL'), shop.end('SIGTERM')]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
