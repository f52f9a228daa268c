import { describe, expect, type TestContext, test } from 'vitest';
import type { ProfileView, QueueView } from '../../../protocol/administration.ts';
import type { SiteView } from '../../../protocol/http.ts';
import type { Inspection, Install } from '../../../protocol/install.ts';
import { origin } from '../../test/furnish.ts';
import { openServer } from '../../test/open-server.ts';
import { signToken } from '../../test/sign-token.ts';

async function openLayout(t: TestContext) {
  const server = await openServer(t);
  const admin = await server.signIn('admin-a');
  const ask = async <Value>(method: string, path: string, body?: unknown) => {
    const answer = await admin.fetch(`/api${path}`, { method, ...(body !== undefined && { body }) });
    return { status: answer.status, value: (answer.status === 204 ? null : await answer.json()) as Value };
  };
  const fieldOf = async (method: string, path: string, body: unknown) => {
    const { status, value } = await ask<{ error?: { field?: string } }>(method, path, body);
    return [status, value?.error?.field];
  };
  return { server, admin, ask, fieldOf };
}

describe('queues', () => {
  test('are made by name, and changed one setting at a time', async (t) => {
    const { ask } = await openLayout(t);
    const { value: queue, status } = await ask<QueueView>('POST', '/queues', { name: 'Returns' });
    expect([status, queue.open, queue.hours, queue.wrapUpMs]).toEqual([201, true, null, 0]);
    expect(queue.answerWithinMs).toBe(60_000);
    const hours = { timeZone: 'Europe/Amsterdam', week: [], holidays: [] };
    const change = {
      hours,
      welcome: 'Welcome',
      whenClosed: { do: 'queue', queue: 'queue-a' },
      maxWaiting: 3,
      answerWithinMs: 20_000,
    };
    const changed = await ask<QueueView>('PATCH', `/queues/${queue.id}`, change);
    expect(changed.value).toEqual({ ...queue, ...change, open: false });
    expect((await ask<QueueView>('PATCH', `/queues/${queue.id}`, { hours: null })).value).toEqual({
      ...queue,
      ...change,
      hours: null,
    });
  });

  test('what makes no sense is refused by its field', async (t) => {
    const { fieldOf } = await openLayout(t);
    const hours = { timeZone: 'Europe/Amsterdam', week: [], holidays: [] };
    for (const [change, field] of [
      [{ hours: { ...hours, timeZone: 'Europe/Atlantis' } }, 'hours.timeZone'],
      [{ hours: { ...hours, week: [{ day: 1, from: '17:00', to: '09:00' }] } }, 'hours.week'],
      [{ whenClosed: { do: 'queue', queue: 'queue-a' } }, 'whenClosed.queue'],
      [{ whenClosed: { do: 'queue', queue: 'queue-b' } }, 'whenClosed.queue'],
      [{ wrapUpMs: -1 }, 'wrapUpMs'],
      [{ answerWithinMs: 999 }, 'answerWithinMs'],
      [{ answerWithinMs: 3_600_001 }, 'answerWithinMs'],
      [{ welcome: 'x'.repeat(501) }, 'welcome'],
    ] as const)
      expect([change, await fieldOf('PATCH', '/queues/queue-a', change)]).toEqual([change, [400, field]]);
  });

  test('one that a site sends its requests to is not retired', async (t) => {
    const { ask } = await openLayout(t);
    expect((await ask('PATCH', '/queues/queue-a', { retired: true })).status).toBe(409);
    const { value } = await ask<QueueView>('POST', '/queues', { name: 'Returns' });
    expect((await ask<QueueView>('PATCH', `/queues/${value.id}`, { retired: true })).value).toMatchObject({
      retired: true,
      open: false,
    });
    expect((await ask('PATCH', '/sites/site-a', { queue: value.id })).status).toBe(400);
  });
});

describe('profiles', () => {
  test('are made, changed and deleted; who is logged on with one that is gone is off', async (t) => {
    const { server, ask } = await openLayout(t);
    const anna = await server.agent();
    const { value: queue } = await ask<QueueView>('POST', '/queues', { name: 'Returns' });
    const { value: profile } = await ask<ProfileView>('POST', '/profiles', {
      name: 'Both',
      queues: ['queue-a', queue.id],
    });
    expect(profile.queues.map(({ name }) => name)).toEqual(['Queue a', 'Returns']);
    const { value } = await ask<ProfileView>('PUT', `/profiles/${profile.id}`, { name: 'One', queues: [queue.id] });
    expect(value).toEqual({ id: profile.id, name: 'One', queues: [{ id: queue.id, name: 'Returns' }] });
    expect((await ask('DELETE', '/profiles/profile-a')).status).toBe(204);
    expect(await server.context.store.agents.duty('anna-a' as never)).toMatchObject({ state: 'off', profile: null });
    anna.socket.close();
  });

  test('need a queue of their own organization', async (t) => {
    const { fieldOf } = await openLayout(t);
    expect(await fieldOf('POST', '/profiles', { name: 'None', queues: [] })).toEqual([400, 'queues']);
    expect(await fieldOf('POST', '/profiles', { name: 'Theirs', queues: ['queue-a', 'queue-b'] })).toEqual([
      400,
      'queues.1',
    ]);
  });
});

describe('sites', () => {
  test('are made with an origin and a queue, and nothing else asked', async (t) => {
    const { ask, fieldOf } = await openLayout(t);
    const site = { name: 'Shop', origin: 'https://new.example', queue: 'queue-a' };
    const { status, value } = await ask<SiteView>('POST', '/sites', site);
    expect([status, value.origins, value.keys, value.settings.languages]).toEqual([
      201,
      ['https://new.example'],
      [],
      ['en', 'nl'],
    ]);
    expect(await fieldOf('POST', '/sites', { ...site, origin: 'new.example/path' })).toEqual([400, 'origin']);
    expect(await fieldOf('POST', '/sites', { ...site, queue: 'queue-b' })).toEqual([400, 'queue']);
    const rules = [{ path: '/business/*', queue: 'queue-b' }];
    expect(await fieldOf('PATCH', '/sites/site-a', { settings: { rules } })).toEqual([400, 'settings.rules.0.queue']);
  });

  test('tell where their script was seen, and nobody learns of sites that have not listed the origin', async (t) => {
    const { server, ask } = await openLayout(t);
    const load = (referer: string) => fetch(`${server.url}/balie.js`, { headers: { referer } });
    for (const page of [`${origin}/`, 'https://stranger.example/', 'no address', `${origin}.evil.example/`])
      await load(page);
    await expect
      .poll(async () => (await ask<Install>('GET', '/sites/site-a/install')).value.sightings)
      .toEqual([{ origin, firstAt: expect.any(Number), lastAt: expect.any(Number) }]);
  });

  test('tell what was wrong with tokens, and keep nothing of them', async (t) => {
    const { server, ask } = await openLayout(t);
    await server.connect().hello({ token: await signToken({ site: 'someone-else', subject: 'canary' }) });
    await expect
      .poll(async () => (await ask<Install>('GET', '/sites/site-a/install')).value.refused)
      .toEqual([{ at: expect.any(Number), check: 'issuer', detail: '' }]);
    await server.connect().hello({ token: await signToken() });
    await expect
      .poll(async () => (await server.context.store.sites.find('site-a' as never))?.keys[0]?.lastUsedAt)
      .toEqual(expect.any(Number));
  });

  test('look at a token as the server would, and keep nothing of it', async (t) => {
    const { ask } = await openLayout(t);
    const inspect = async (token: string) =>
      (await ask<Inspection>('POST', '/sites/site-a/inspect-token', { token })).value;
    expect(await inspect(await signToken({}))).toMatchObject({ ok: true, keyId: 'k1' });
    expect(await inspect(`${await signToken({})}x`)).toMatchObject({ ok: false, check: expect.any(String) });
    expect(await inspect('what is this')).toMatchObject({ ok: false, check: 'malformed' });
    expect((await ask<Install>('GET', '/sites/site-a/install')).value.refused).toEqual([]);
  });
});
