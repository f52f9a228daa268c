import { describe, expect, type TestContext, test } from 'vitest';
import type { Invited, People, Person } from '../../../protocol/administration.ts';
import { limits } from '../../../protocol/limits.ts';
import { hashToken } from '../../identity/secret-token.ts';
import { openServer } from '../../test/open-server.ts';
import { TestAgent } from '../../test/test-agent.ts';

const dewi = {
  name: 'Dewi',
  email: 'dewi@balie.example',
  role: 'agent',
  room: 3,
  languages: ['nl', 'id'],
  profiles: ['profile-a'],
};
const chosen = 'a sentence of mine';

async function openPeople(t: TestContext) {
  const server = await openServer(t);
  const admin = await server.signIn('admin-a');
  const ask = async <Value>(method: string, path: string, body?: unknown) => {
    const answer = await admin.fetch(path, { method, ...(body !== undefined && { body }) });
    return { status: answer.status, value: (answer.status === 204 ? null : await answer.json()) as Value };
  };
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/api${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.url, ...headers },
      body: JSON.stringify(body),
    });
  const invite = async (person = dewi) => {
    const { value } = await ask<Invited>('POST', '/api/people', person);
    return { ...value, token: tokenOf(value.link) };
  };
  const signIn = (email: string, password: string) => TestAgent.signIn({ url: server.url, email, password });
  return { server, admin, ask, post, invite, signIn };
}

const tokenOf = (link: string): string => link.split('/').at(-1) as string;

describe('inviting somebody', () => {
  test('makes a person without a password, and a link with which they choose one, once', async (t) => {
    const { post, invite, signIn, ask } = await openPeople(t);
    const { person, token } = await invite();
    expect(person).toEqual({ id: person.id, ...dewi, state: 'invited', twoFactor: false });
    await expect(signIn(dewi.email, chosen)).rejects.toThrow('401');
    expect(await (await post('/links/look', { token })).json()).toEqual({
      name: 'Dewi',
      email: dewi.email,
      organization: 'Organization a',
    });
    expect((await post('/links/use', { token, password: chosen })).status).toBe(204);
    expect((await post('/links/use', { token, password: 'another sentence' })).status).toBe(410);
    expect((await post('/links/look', { token })).status).toBe(410);
    await signIn(dewi.email, chosen);
    const { value } = await ask<People>('GET', '/api/people');
    expect(value.people.find(({ id }) => id === person.id)?.state).toBe('active');
  });

  test('C139 a link that ran out, that a newer one replaced, or that never was, is told in the same words', async (t) => {
    const { server, post, invite, ask } = await openPeople(t);
    const first = await invite();
    const { value } = await ask<Invited>('POST', `/api/people/${first.person.id}/invite`);
    const answers = [
      await post('/links/look', { token: first.token }),
      await post('/links/look', { token: 'x'.repeat(43) }),
    ];
    server.advance(limits.staffLinkMs + 1);
    answers.push(await post('/links/look', { token: tokenOf(value.link) }));
    const told = await Promise.all(answers.map(async (answer) => [answer.status, (await answer.json()).error.message]));
    expect(told[0]?.[0]).toBe(410);
    expect(told).toEqual([told[0], told[0], told[0]]);
  });

  test('C139 no header of a request leads the link elsewhere where the address is set', async (t) => {
    const publicUrl = 'https://desk.example';
    const server = await openServer(t, { publicUrl });
    const answer = await fetch(`${server.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: publicUrl },
      body: JSON.stringify({ email: 'admin-a@balie.example', password: 'correct horse battery staple' }),
    });
    const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const { csrf } = (await answer.json()) as { csrf: string };
    const invited = await fetch(`${server.url}/api/people`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: publicUrl,
        cookie,
        'x-csrf-token': csrf,
        'x-forwarded-host': 'evil.example',
      },
      body: JSON.stringify(dewi),
    });
    expect(((await invited.json()) as Invited).link).toMatch(
      /^https:\/\/desk\.example\/console\/#\/welcome\/[\w-]{43}$/,
    );
  });

  test('CVE-2026-44707 whoever had the address first has no log-in by it: a password that nobody proved, and its link, are void', async (t) => {
    const { server, ask, post, invite, signIn } = await openPeople(t);
    // Somebody who saw the first link chose a password before the owner of the address came.
    const early = await invite();
    await post('/links/use', { token: early.token, password: 'chosen by another' });
    const thief = await signIn(dewi.email, 'chosen by another');
    const { value } = await ask<Invited>('POST', `/api/people/${early.person.id}/invite`);
    const token = tokenOf(value.link);
    expect((await post('/links/use', { token: early.token, password: 'chosen once more' })).status).toBe(410);
    expect((await post('/links/use', { token, password: chosen })).status).toBe(204);
    expect((await thief.fetch('/api/session')).status).toBe(401);
    await expect(signIn(dewi.email, 'chosen by another')).rejects.toThrow('401');
    expect((await (await signIn(dewi.email, chosen)).fetch('/api/session')).status).toBe(200);
    // The other organization can't have the address as well, and with it a second password.
    const stranger = await server.signIn('admin-b');
    const other = await stranger.fetch('/api/people', { method: 'POST', body: { ...dewi, profiles: [] } });
    expect([other.status, (await other.json()).error.field]).toEqual([409, 'email']);
  });

  test('W040 the store and the log hold the hash of a link alone', async (t) => {
    const { server, invite } = await openPeople(t);
    const { token } = await invite();
    expect(await server.context.store.staffLinks.find(token, 0)).toBeNull();
    expect(await server.context.store.staffLinks.find(hashToken(token), 0)).toMatchObject({
      organization: 'organization-a',
    });
    expect(server.log()).not.toContain(token);
  });

  test('an address that somebody has, that is none, or a profile of others, is refused by its field', async (t) => {
    const { ask } = await openPeople(t);
    for (const [change, status, field] of [
      [{ email: 'Anna-A@balie.example' }, 409, 'email'],
      [{ email: 'anna-b@balie.example' }, 409, 'email'],
      [{ email: 'no address' }, 400, 'email'],
      [{ profiles: ['profile-b'] }, 400, 'profiles.0'],
      [{ role: 'operator' }, 400, 'role'],
      [{ room: 0 }, 400, 'room'],
    ] as const) {
      const answer = await ask<{ error: { field: string } }>('POST', '/api/people', { ...dewi, ...change });
      expect([change, answer.status, answer.value.error.field]).toEqual([change, status, field]);
    }
  });
});

describe('changing somebody', () => {
  test('C145 who is shut out is out at once, of the socket too, and does not come in again', async (t) => {
    const { server, ask, signIn } = await openPeople(t);
    const anna = await server.agent();
    expect((await ask('PATCH', '/api/people/anna-a', { disabled: true })).status).toBe(200);
    expect((await anna.reader.closed).code).toBe(4401);
    expect((await anna.fetch('/api/session')).status).toBe(401);
    await expect(signIn('anna-a@balie.example', 'correct horse battery staple')).rejects.toThrow('401');
    expect((await ask('POST', '/api/people/anna-a/invite')).status).toBe(409);
    expect((await ask<Person>('PATCH', '/api/people/anna-a', { disabled: false })).value.state).toBe('active');
    await server.signIn();
  });

  test('C134 another role ends the sessions that had the one before', async (t) => {
    const { server, ask } = await openPeople(t);
    const anna = await server.signIn();
    expect((await ask('PATCH', '/api/people/anna-a', { role: 'supervisor' })).status).toBe(200);
    expect((await anna.fetch('/api/session')).status).toBe(401);
    expect((await (await server.signIn()).fetch('/api/chat-log')).status).toBe(200);
  });

  test('an administrator can’t shut themselves out, so that one is left', async (t) => {
    const { ask } = await openPeople(t);
    for (const change of [{ disabled: true }, { role: 'agent' }])
      expect((await ask('PATCH', '/api/people/admin-a', change)).status).toBe(403);
    expect((await ask('PATCH', '/api/people/admin-a', { name: 'Ada' })).status).toBe(200);
  });

  test('C155 stands in the audit log with what it was and is, and without a secret', async (t) => {
    const { ask, invite } = await openPeople(t);
    const { token } = await invite();
    await ask('PATCH', '/api/people/anna-a', { room: 7, name: 'Anna B' });
    const { value } = await ask<{ entries: Record<string, unknown>[] }>('GET', '/api/audit');
    expect(value.entries[0]).toMatchObject({
      actor: { id: 'admin-a', name: 'admin' },
      action: 'person.change',
      target: { kind: 'person', id: 'anna-a', name: 'Anna B' },
      before: { room: 4, name: 'anna' },
      after: { room: 7, name: 'Anna B' },
      address: expect.any(String),
    });
    expect(value.entries[1]).toMatchObject({ action: 'person.invite' });
    expect(JSON.stringify(value)).not.toContain(token);
  });
});
