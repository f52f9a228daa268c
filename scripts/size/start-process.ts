import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The real server on a free port, with what it made for a demo. */
export async function startProcess(file: string, env: Record<string, string>) {
  const port = String(await freePort());
  const child = fork(join(root, file), {
    env: { ...process.env, BALIE_LOG_LEVEL: 'warn', ...env, PORT: port },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`${file} ended with ${code}.`)));
  await Promise.race([once(child, 'message'), ended]);
  ended.catch(() => {});
  const demo = JSON.parse(readFileSync(join(env.BALIE_DATA_DIR ?? '', 'demo.json'), 'utf8')) as { siteId: string };
  return {
    url: `http://127.0.0.1:${port}`,
    demo,
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
