import { describe, expect, test } from 'vitest';
import type { AgentId, OrganizationId, QueueId, SiteId } from '../../../protocol/ids.ts';
import { plainQueue } from '../../domain/queue.ts';
import type { SiteKey } from '../../domain/site.ts';
import type { ProfileRecord } from '../queues-store.ts';
import type { Duty } from '../store.ts';
import { furnish, newAgent, newId, newSite, open } from './furnish.ts';
import type { Opened } from './store-contract.ts';

export function describeDesk(opened: Opened): void {
  const start = async () => {
    const { store } = opened;
    return { store, furnished: await furnish(store), other: await furnish(store) };
  };

  describe('sites', () => {
    test('are found by their id, by staff only within their organization', async () => {
      const { store, furnished, other } = await start();
      const { site, organization } = furnished;
      expect(await store.sites.find(site.id)).toEqual(site);
      expect(await store.sites.findOf(organization, site.id)).toEqual(site);
      expect(await store.sites.findOf(other.organization, site.id)).toBeNull();
      expect(await store.sites.find(newId<'site'>() as SiteId)).toBeNull();
      const second = { ...newSite(organization, furnished.queue), name: 'Another' };
      await store.sites.create(second);
      expect(await store.sites.listOf(organization)).toEqual([second, site]);
      expect(await store.sites.listOf(newId<'organization'>() as OrganizationId)).toEqual([]);
    });

    test('change in what is named, by their own organization alone', async () => {
      const { store, furnished, other } = await start();
      const { site, organization } = furnished;
      const queue: QueueId = newId();
      await store.queues.create({ id: queue, organization, name: 'Support' });
      const change = {
        name: 'New',
        origins: ['https://b.example', 'https://c.example'],
        queue,
        queues: [furnished.queue],
        ask: [],
        tokenLifetimeMs: 5,
        labels: {},
      } as const;
      await store.sites.update(other.organization, site.id, change);
      await store.sites.update(organization, site.id, {});
      expect(await store.sites.find(site.id)).toEqual(site);
      await store.sites.update(organization, site.id, { name: 'Renamed' });
      expect(await store.sites.find(site.id)).toEqual({ ...site, name: 'Renamed' });
      await store.sites.update(organization, site.id, change);
      expect(await store.sites.find(site.id)).toEqual({ ...site, ...change });
      await expect(store.sites.update(organization, site.id, { queue: other.queue })).rejects.toThrow();
    });

    test('have keys of every kind, each name once, revoked once', async () => {
      const { store, furnished } = await start();
      const { id, keys } = furnished.site;
      const added: SiteKey[] = [
        {
          kid: 'k2',
          kind: 'public',
          algorithm: 'ES256',
          jwk: { kty: 'EC', x: 'x' },
          createdAt: 2,
          revokedAt: null,
          lastUsedAt: null,
        },
        {
          kid: 'k3',
          kind: 'jwks',
          url: 'https://id.example/jwks',
          issuer: 'i',
          audience: 'a',
          createdAt: 3,
          revokedAt: null,
          lastUsedAt: null,
        },
      ];
      for (const key of added) expect(await store.sites.addKey(id, key)).toBe(true);
      expect(await store.sites.addKey(id, { ...added[0], createdAt: 9 } as SiteKey)).toBe(false);
      expect(await store.sites.addKey(newId<'site'>() as SiteId, added[0] as SiteKey)).toBe(false);
      expect(await store.sites.revokeKey(id, 'k2', 77)).toBe(true);
      expect(await store.sites.revokeKey(id, 'k2', 88)).toBe(false);
      expect(await store.sites.revokeKey(id, 'unknown', 88)).toBe(false);
      const [first, second] = added;
      expect((await store.sites.find(id))?.keys).toEqual([...keys, { ...first, revokedAt: 77 }, second]);

      await store.sites.keyUsed(id, 'k3', 100_000);
      await store.sites.keyUsed(id, 'k3', 100_001);
      expect((await store.sites.find(id))?.keys.at(-1)?.lastUsedAt).toBe(100_000);
      await store.sites.keyUsed(id, 'k3', 160_001);
      expect((await store.sites.find(id))?.keys.at(-1)?.lastUsedAt).toBe(160_001);
    });
  });

  describe('queues and profiles', () => {
    test('belong to their organization, and keep their order', async () => {
      const { store, furnished } = await start();
      const { organization, queue, profile } = furnished;
      const support: QueueId = newId();
      await store.queues.create({ id: support, organization, name: 'Support' });
      const both: ProfileRecord = { id: newId(), organization, name: 'Both', queues: [support, queue] };
      await store.queues.createProfile(both);
      expect(await store.queues.profilesOf(organization)).toEqual([
        both,
        { id: profile, organization, name: 'Everything', queues: [queue] },
      ]);
      expect(await store.queues.find(support)).toEqual({
        id: support,
        organization,
        name: 'Support',
        wrapUpMs: 0,
        closing: null,
        settings: plainQueue,
        retiredAt: null,
      });
      const closing = { categories: ['Sold'], required: true };
      await store.queues.update(organization, support, { wrapUpMs: 9000, closing });
      expect(await store.queues.find(support)).toMatchObject({ name: 'Support', wrapUpMs: 9000, closing });
      expect(await store.queues.find(newId<'queue'>() as QueueId)).toBeNull();
      expect((await store.queues.listOf(organization)).map(({ name }) => name)).toEqual(['Sales', 'Support']);
      expect(await store.queues.organization(organization)).toEqual({
        id: organization,
        name: 'Lamps',
        timeZone: null,
      });
      expect(await store.queues.organization(newId<'organization'>() as OrganizationId)).toBeNull();
    });

    test('a profile that names a queue of others is not made, nor half of it', async () => {
      const { store, furnished, other } = await start();
      const { organization, queue } = furnished;
      const mixed: ProfileRecord = { id: newId(), organization, name: 'Mixed', queues: [queue, other.queue] };
      await expect(store.queues.createProfile(mixed)).rejects.toThrow();
      expect((await store.queues.profilesOf(organization)).map(({ name }) => name)).toEqual(['Everything']);
    });
  });

  describe('agents', () => {
    test('are found by their id and by their e-mail, however it is written', async () => {
      const { store, furnished } = await start();
      const agent = {
        ...newAgent(furnished.organization, [furnished.profile]),
        email: `Anna.${newId()}@Balie.Example`,
      };
      await store.agents.create(agent);
      const stored = { ...agent, email: agent.email.toLowerCase() };
      expect(await store.agents.find(agent.id)).toEqual(stored);
      expect(await store.agents.findByEmail(agent.email.toUpperCase())).toEqual(stored);
      expect(await store.agents.findByEmail('nobody@balie.example')).toBeNull();
      expect(await store.agents.find(newId<'agent'>() as AgentId)).toBeNull();
      const twin = { ...newAgent(furnished.organization, []), email: stored.email };
      await expect(store.agents.create(twin)).rejects.toThrow();
    });

    test('are off until they log on, and change in what is named', async () => {
      const { store, furnished } = await start();
      const { agent, profile } = furnished;
      const nothing = { profile: null, pausedBy: null, reason: null, wrapUpUntil: null };
      const off = { agent: agent.id, state: 'off', missed: 0, ...nothing };
      expect(await store.agents.duty(agent.id)).toMatchObject(off);
      const ready = { state: 'ready', profile, since: 10, idleSince: 10, lostAt: null } as const;
      expect(await store.agents.setDuty(agent.id, ready)).toEqual({ ...off, ...ready });
      const paused = {
        state: 'paused',
        pausedBy: 'missed',
        reason: 'lunch',
        missed: 3,
        since: 20,
        lostAt: 15,
      } as const;
      expect(await store.agents.setDuty(agent.id, paused)).toEqual({ ...off, ...ready, ...paused });
      expect(await store.agents.setDuty(agent.id, {})).toEqual({ ...off, ...ready, ...paused });
      expect(await store.agents.setDuty(agent.id, { pausedBy: null, reason: null })).toMatchObject({
        pausedBy: null,
        reason: null,
      });
      expect(await store.agents.duty(agent.id)).toMatchObject({ state: 'paused', since: 20 });
      await expect(store.agents.setDuty(newId<'agent'>() as AgentId, ready)).rejects.toThrow();
    });

    test('are candidates when ready, connected and on a profile with the queue, with their load', async () => {
      const { store, furnished } = await start();
      const { organization, queue, profile } = furnished;
      const log = async (change: Partial<Duty>, profiles = [profile]) => {
        const agent = newAgent(organization, profiles);
        await store.agents.create(agent);
        await store.agents.setDuty(agent.id, { state: 'ready', profile, idleSince: 5, lostAt: null, ...change });
        return agent;
      };
      const bare: ProfileRecord = { id: newId(), organization, name: 'Bare', queues: [] };
      await store.queues.createProfile(bare);
      const busy = await log({ idleSince: 7 });
      const free = await log({ idleSince: 3, wrapUpUntil: 50 });
      const another = newAgent(organization, [profile]);
      await store.agents.create(another);
      await log({ state: 'paused' });
      await log({ state: 'off' });
      await log({ lostAt: 4 });
      await log({ profile: bare.id });
      await open(store, furnished, { phase: 'active', agent: busy.id });
      await open(store, furnished, { phase: 'presented', agent: busy.id, dueAt: 9 });
      await open(store, furnished, { phase: 'active', agent: another.id, guests: [another.id, busy.id] });
      await open(store, furnished, { phase: 'active', agent: another.id, asked: busy.id, dueAt: 9 });
      await open(store, furnished, { phase: 'ended', agent: busy.id, guests: [busy.id], endedAt: 9 });
      await open(store, furnished, { phase: 'waiting', agent: busy.id });
      const byIdle = (await store.agents.candidates(queue)).sort((a, b) => a.idleSince - b.idleSince);
      expect(byIdle).toEqual([
        { agent: free.id, load: 0, room: 4, idleSince: 3, freeAt: 50 },
        { agent: busy.id, load: 4, room: 4, idleSince: 7, freeAt: 0 },
      ]);
      expect(await store.agents.countReady(queue)).toBe(3);
      expect(await store.agents.countReady(newId<'queue'>() as QueueId)).toBe(0);
    });

    test('are listed with what they are to colleagues, of their own organization', async () => {
      const { store, furnished } = await start();
      const { organization, profile, agent } = furnished;
      const bram = { ...newAgent(organization, [profile]), name: 'Bram', room: 2 };
      await store.agents.create(bram);
      const away = { state: 'off', reason: null, connected: false, load: 0 };
      expect(await store.agents.listOf(organization)).toEqual([
        { id: agent.id, name: 'Anna', room: 4, ...away },
        { id: bram.id, name: 'Bram', room: 2, ...away },
      ]);
      await store.agents.setDuty(bram.id, { state: 'paused', pausedBy: 'agent', reason: 'Lunch', lostAt: null });
      await open(store, furnished, { phase: 'active', agent: agent.id, guests: [bram.id] });
      await open(store, furnished, { phase: 'active', agent: agent.id, asked: bram.id, dueAt: 9 });
      expect(await store.agents.listOf(organization)).toEqual([
        { id: agent.id, name: 'Anna', room: 4, ...away, load: 2 },
        { id: bram.id, name: 'Bram', room: 2, state: 'paused', reason: 'Lunch', connected: true, load: 2 },
      ]);
    });

    test('3: have duties that are listed, of their own organization', async () => {
      const { store, furnished } = await start();
      const { organization, profile, agent } = furnished;
      const other = await furnish(store);
      await store.agents.create(newAgent(organization, [profile]));
      await store.agents.setDuty(other.agent.id, { state: 'ready' });
      expect(await store.agents.dutiesOf(organization)).toEqual([]);
      const duty = await store.agents.setDuty(agent.id, { state: 'paused', reason: 'Lunch', since: 5, profile });
      expect(await store.agents.dutiesOf(organization)).toEqual([duty]);
    });

    test('are lost too while they are off but are guests, or are asked', async () => {
      const { store, furnished } = await start();
      const off = async (change: (agent: AgentId) => Parameters<typeof open>[2]) => {
        const agent = newAgent(furnished.organization, [furnished.profile]);
        await store.agents.create(agent);
        await store.agents.setDuty(agent.id, { state: 'off', lostAt: 70 });
        await open(store, furnished, { phase: 'active', agent: furnished.agent.id, ...change(agent.id) });
        return agent.id;
      };
      const guest = await off((agent) => ({ guests: [agent] }));
      const asked = await off((agent) => ({ asked: agent, dueAt: 9 }));
      const gone = await off((agent) => ({ phase: 'ended', guests: [agent], endedAt: 5 }));
      expect(among(await store.agents.lostSince(70), [guest, asked, gone]).toSorted()).toEqual(
        [guest, asked].toSorted(),
      );
    });

    test('are lost when gone for long enough, unless off with nothing left to do', async () => {
      const { store, furnished } = await start();
      const log = async (change: Partial<Duty>, withConversation = false) => {
        const agent = newAgent(furnished.organization, [furnished.profile]);
        await store.agents.create(agent);
        await store.agents.setDuty(agent.id, { profile: furnished.profile, ...change });
        if (withConversation) await open(store, furnished, { phase: 'active', agent: agent.id });
        return agent.id;
      };
      const ready = await log({ state: 'ready', lostAt: 100 });
      const paused = await log({ state: 'paused', lostAt: 90 });
      const offAndBusy = await log({ state: 'off', lostAt: 80 }, true);
      const here = await log({ state: 'ready', lostAt: null });
      await log({ state: 'off', lostAt: 80 });
      await log({ state: 'ready', lostAt: 101 });
      const lost = async (before: number) =>
        among(await store.agents.lostSince(before), [ready, paused, offAndBusy, here]);
      expect(await lost(100)).toEqual([offAndBusy, paused, ready]);
      await store.agents.loseAll(500);
      expect(await store.agents.duty(here)).toMatchObject({ lostAt: 500, state: 'ready' });
      expect(await store.agents.duty(ready)).toMatchObject({ lostAt: 100 });
      expect(await lost(500)).toEqual([offAndBusy, paused, ready, here]);
    });

    test('a duty on a profile of others is refused', async () => {
      const { store, furnished, other } = await start();
      await expect(store.agents.setDuty(furnished.agent.id, { profile: other.profile })).rejects.toThrow();
    });
  });
}

const among = (duties: readonly Duty[], agents: readonly AgentId[]) =>
  duties.map(({ agent }) => agent).filter((agent) => agents.includes(agent));
