import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, type TestContext, test } from 'vitest';
import { parseOrder } from '../organization-order.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { furnish } from './furnish.ts';

describe('1: the command line', () => {
  const script = fileURLToPath(new URL('../organization.ts', import.meta.url));

  async function openFolder(t: TestContext) {
    const dataDir = await mkdtemp(join(tmpdir(), 'balie-organization-'));
    t.onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
    const env = { PATH: process.env.PATH ?? '', BALIE_DATA_DIR: dataDir, BALIE_PUBLIC_URL: 'https://chat.example' };
    const run = promisify(execFile);
    return { dataDir, command: (...args: string[]) => run(process.execPath, [script, ...args], { env }) };
  }

  test('makes an organization and prints a link; an address that has a log-in is refused', async (t) => {
    const { command } = await openFolder(t);
    const { stdout } = await command('--name', 'Gloed', '--email', 'ada@gloed.example');
    expect(stdout).toMatch(/^Gloed is there\. ada chooses a password/);
    expect(stdout).toMatch(/https:\/\/chat\.example\/console\/#\/welcome\/[\w-]{43}\n/);
    const again = command('--name', 'Other', '--email', 'Ada@gloed.example');
    await expect(again).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('has the e-mail address') });
  });

  test.each([
    [[]],
    [['--name', 'Gloed']],
    [['--name', 'Gloed', '--email', 'no address']],
    [['delete']],
    [['delete', 'one', 'two']],
    [['drop', 'one']],
  ])('says how it is used: %j', (args) => {
    expect(() => parseOrder(args)).toThrow('Usage:');
  });

  test('T161 deletes the one of that id and that name, and no other', async (t) => {
    const { command, dataDir } = await openFolder(t);
    const listed = async (work?: (store: Store) => Promise<void>) => {
      const store = await openStore({ dataDir });
      await work?.(store);
      const all = await store.organizations.list();
      await store.close();
      return all.map(({ id }) => id);
    };
    const both = await listed(async (store) => {
      for (const name of ['a', 'b']) await furnish(store, name);
    });
    expect((await command('list')).stdout).toBe('organization-a  Organization a\norganization-b  Organization b\n');
    const wrong = command('delete', 'organization-b', '--name', 'Organization a');
    await expect(wrong).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('is called Organization b') });
    expect(await listed()).toEqual(both);
    const right = await command('delete', 'organization-b', '--name', 'Organization b');
    expect(right.stdout).toMatch(/^Organization b is gone/);
    expect(await listed()).toEqual(['organization-a']);
  });
});
