import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { makeDataFolder } from '../data-folder.ts';
import { freePort } from './free-port.ts';
import { spawnServer } from './server-process.ts';

const refusal = /\/proc\S* can't be made \(\w+\); choose another folder with BALIE_DATA_DIR\.\n$/;

test('a data folder that the kernel refuses as absent ends the start with one line', async () => {
  const server = spawnServer({ PORT: String(await freePort()), BALIE_DATA_DIR: '/proc/x' });
  expect(await server.exited).toBe(1);
  expect(server.output()).toMatch(/^Balie can't start: .*\n$/);
  expect(server.output()).toMatch(refusal);
});

test('it ends the making of an organization just so', async () => {
  const script = fileURLToPath(new URL('../organization.ts', import.meta.url));
  const env = { PATH: process.env.PATH ?? '', BALIE_DATA_DIR: '/proc/x/y' };
  const made = promisify(execFile)(process.execPath, [script, '--name', 'Gloed', '--email', 'ada@gloed.example'], {
    env,
  });
  await expect(made).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(refusal) });
});

test('a data folder is made with those it lies in, and left alone where it is', async (t) => {
  const root = await mkdtemp(join(tmpdir(), 'balie-folder-'));
  t.onTestFinished(() => rm(root, { recursive: true, force: true }));
  const folder = join(root, 'a', 'b');
  for (let time = 0; time < 2; time++) makeDataFolder(folder);
  expect(existsSync(folder)).toBe(true);
});
