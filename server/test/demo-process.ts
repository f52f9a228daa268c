import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { freePort } from './free-port.ts';
import { startServer } from './server-process.ts';
import { TestAgent } from './test-agent.ts';
import { TestVisitor } from './test-visitor.ts';

const password = 'a password for tests only';

/** The real server in a process of its own, with the demo's organization; ended when the test is. */
export async function startDemoProcess() {
  const dataDir = await mkdtemp(join(tmpdir(), 'balie-demo-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const [port, shopPort] = [await freePort(), await freePort()];
  const server = await startServer({
    PORT: String(port),
    DEMO_PORT: String(shopPort),
    BALIE_DEMO: '1',
    BALIE_DEMO_PASSWORD: password,
    BALIE_DATA_DIR: dataDir,
    BALIE_LOG_LEVEL: 'error',
  });
  onTestFinished(async () => void (await server.end('SIGKILL')));
  const { siteId } = JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8')) as { siteId: string };
  const url = `http://127.0.0.1:${port}`;
  return {
    dataDir,
    server,
    url,
    visitor: () => new TestVisitor({ url, origin: `http://127.0.0.1:${shopPort}`, site: siteId }),
    agent: (name: string) => TestAgent.signIn({ url, email: `${name}@balie.example`, password }),
  };
}
