import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const occupant = createServer();
let folder: string;
let taken: string;
let free: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'balie-start-'));
  taken = await listen(occupant);
  const passer = createServer();
  free = await listen(passer);
  passer.close();
});

afterAll(async () => {
  occupant.close();
  await rm(folder, { recursive: true });
});

async function listen(server: ReturnType<typeof createServer>): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return String((server.address() as AddressInfo).port);
}

/** What is left of a start that can't be: its exit code and everything that it printed. */
async function start(script: string, env: Record<string, string>) {
  const { PATH = '', HOME = '', NODE_COMPILE_CACHE = '' } = process.env;
  const child = spawn(process.execPath, [join(root, script)], {
    env: { PATH, HOME, NODE_COMPILE_CACHE, BALIE_DATA_DIR: join(folder, 'data'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  child.stdout.on('data', (text) => {
    printed += text;
  });
  child.stderr.on('data', (text) => {
    printed += text;
  });
  const [code] = await once(child, 'close');
  return { code, printed };
}

describe('npm start', () => {
  it('says which port is taken before it makes anything', async () => {
    const server = await start('scripts/start.mjs', { PORT: taken, DEMO_PORT: free });
    expect(server).toEqual({
      code: 1,
      printed: `Balie can't start: port ${taken} is taken; choose another with PORT.\n`,
    });
    const shop = await start('scripts/start.mjs', { PORT: free, DEMO_PORT: taken });
    expect(shop).toEqual({
      code: 1,
      printed: `Balie can't start: port ${taken} is taken; choose another with DEMO_PORT.\n`,
    });
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });

  it('needs two ports', async () => {
    expect(await start('scripts/start.mjs', { PORT: free, DEMO_PORT: free })).toEqual({
      code: 1,
      printed: `Balie can't start: PORT and DEMO_PORT are both ${free}.\n`,
    });
  });
});

describe('a server that can not start', () => {
  // Eight processes, one after the other.
  it('ends with one line that names the setting', { timeout: 120_000 }, async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    const broken: [Record<string, string>, string][] = [
      [{ PORT: taken }, `port ${taken} is taken; choose another with PORT.`],
      [{ PORT: 'eighty' }, 'PORT must be integer'],
      [{ DEMO_PORT: '-1' }, 'DEMO_PORT must be >= 1'],
      [{ BALIE_LOG_LEVEL: 'loud' }, 'BALIE_LOG_LEVEL must be'],
      [{ BALIE_TRUST_PROXY: 'somebody' }, 'BALIE_TRUST_PROXY names somebody'],
      [{ BALIE_PUBLIC_URL: 'here' }, 'BALIE_PUBLIC_URL must'],
      [
        { HOST: '192.0.2.1' },
        `the server can't listen on port ${free} (EADDRNOTAVAIL); choose another with PORT or HOST.`,
      ],
      [{ BALIE_DATA_DIR: file }, `${file} can't be written (EEXIST); choose another folder with BALIE_DATA_DIR.`],
    ];
    for (const [env, reason] of broken) {
      const { code, printed } = await start('server/main.ts', { PORT: free, ...env });
      expect(printed).toContain(reason);
      expect(printed).toMatch(/^Balie can't start: [^\n]+\n$/);
      expect(code).toBe(1);
    }
  });
});
