import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, type TestContext, test } from 'vitest';
import type { OrganizationId, SiteId } from '../../protocol/ids.ts';
import { seedDemo } from '../demo.ts';
import type { Site } from '../domain/site.ts';
import { verifyPassword } from '../identity/password.ts';
import { openStore } from '../store/open-store.ts';

async function openDemo(t: TestContext) {
  const dataDir = await mkdtemp(join(tmpdir(), 'balie-demo-'));
  const store = await openStore({ dataDir });
  t.onTestFinished(async () => {
    await store.close();
    await rm(dataDir, { recursive: true, force: true });
  });
  return {
    store,
    start: (change: { demoPort?: number; password?: string } = {}) =>
      seedDemo({ store, dataDir, demoPort: 8081, now: 1000, ...change }),
    handed: async () => JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8')),
    mode: async () => (await stat(join(dataDir, 'demo.json'))).mode & 0o777,
    async site(): Promise<Site> {
      const { siteId } = JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8'));
      const site = await store.sites.find(siteId as SiteId);
      if (!site) throw new Error('the shop has no site');
      return site;
    },
  };
}

describe('the demo', () => {
  test('is furnished at the first start, with log-ins that are told once', async (t) => {
    const { store, start } = await openDemo(t);
    const logIns = await start();
    expect(logIns?.emails).toEqual(['admin', 'anna', 'bram', 'chloe', 'sofie'].map((name) => `${name}@balie.example`));
    const anna = await store.agents.findByEmail('anna@balie.example');
    expect(anna).toMatchObject({ name: 'Anna', role: 'agent', room: 4 });
    expect((await store.agents.findByEmail('admin@balie.example'))?.role).toBe('admin');
    expect(await verifyPassword(anna?.passwordHash ?? null, logIns?.password ?? '')).toBe(true);

    const profiles = await store.queues.profilesOf(anna?.organization as OrganizationId);
    expect(profiles.map(({ name, queues }) => [name, queues.length])).toEqual(
      expect.arrayContaining([
        ['Everything', 2],
        ['Support', 1],
      ]),
    );
    expect(profiles.find(({ id }) => id === anna?.profiles[0])?.name).toBe('Everything');
    expect(await start()).toBeNull();
  });

  test('has the password that is given to the first start; a later one changes nothing', async (t) => {
    const { store, start } = await openDemo(t);
    expect(await start({ password: 'a first password' })).toMatchObject({ password: 'a first password' });
    expect(await start({ password: 'another password' })).toBeNull();
    const anna = await store.agents.findByEmail('anna@balie.example');
    expect(await verifyPassword(anna?.passwordHash ?? null, 'a first password')).toBe(true);
    expect(await verifyPassword(anna?.passwordHash ?? null, 'another password')).toBe(false);
  });

  test('hands the shop its key in a file that nobody else may read, the same at every start', async (t) => {
    const { start, handed, mode, site } = await openDemo(t);
    await start();
    const first = await handed();
    expect(await mode()).toBe(0o600);
    expect((await site()).keys).toMatchObject([
      { kind: 'secret', kid: first.keyId, secret: first.keySecret, revokedAt: null },
    ]);
    expect(Buffer.byteLength(first.keySecret)).toBeGreaterThanOrEqual(32);
    await start();
    expect(await handed()).toEqual(first);
    expect((await site()).keys).toHaveLength(1);
  });

  test('hands the shop another key where the first was revoked', async (t) => {
    const { store, start, handed, site } = await openDemo(t);
    await start();
    const first = await handed();
    await store.sites.revokeKey((await site()).id, first.keyId, 2000);
    await start();
    expect((await handed()).keyId).not.toBe(first.keyId);
    expect((await handed()).keySecret).not.toBe(first.keySecret);
  });

  test('lets in the pages of the shop, wherever it listens now, and what an administrator added', async (t) => {
    const { store, start, site } = await openDemo(t);
    await start();
    const { organization, id, origins } = await site();
    expect(origins).toEqual(['http://127.0.0.1:8081', 'http://localhost:8081']);
    await store.sites.update(organization, id, { origins: [...origins, 'https://shop.example'] });
    await start({ demoPort: 9000 });
    expect((await site()).origins).toEqual(['http://127.0.0.1:9000', 'http://localhost:9000', 'https://shop.example']);
  });

  test('sends chats to Support, and to Sales from pages that name it', async (t) => {
    const { start, store, site } = await openDemo(t);
    await start();
    const { queue, queues } = await site();
    expect((await store.queues.find(queue))?.name).toBe('Support');
    expect(queues).toEqual(['sales']);
  });

  test('a first start that was cut off is finished by the next', async (t) => {
    const { start, store } = await openDemo(t);
    await store.queues.createOrganization({ id: 'balie-demo' as OrganizationId, name: 'Balie Demo' });
    expect((await start())?.emails).toHaveLength(5);
  });

  test('leaves alone what somebody else set up', async (t) => {
    const { start, store, handed } = await openDemo(t);
    await store.queues.createOrganization({ id: 'theirs' as OrganizationId, name: 'Theirs' });
    expect(await start()).toBeNull();
    await expect(handed()).rejects.toThrow();
  });
});
