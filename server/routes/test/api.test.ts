import { describe, expect, type TestContext, test } from 'vitest';
import type { ApiConversation, ApiEvents, ApiFiles } from '../../../protocol/api.ts';
import type { ApiKeyView, NewApiKeyView } from '../../../protocol/api-keys.ts';
import type { AuditPage } from '../../../protocol/audit.ts';
import { type ApiScope, apiScopes } from '../../../protocol/codes.ts';
import { limits } from '../../../protocol/limits.ts';
import { apiSecretOf } from '../../test/furnish.ts';
import { openPrivate } from '../../test/open-private.ts';
import { openServer, type TestServer } from '../../test/open-server.ts';

const minuteMs = 60_000;
const routes: Readonly<Record<string, ApiScope>> = {
  '/conversations': 'conversations:read',
  '/queues': 'queues:read',
  '/agents': 'people:read',
  '/statistics?from=2026-01-01&to=2026-12-31': 'statistics:read',
};

const get = (server: TestServer, path: string, secret: string | null) =>
  fetch(`${server.url}/api/v1${path}`, { headers: secret === null ? {} : { authorization: `Bearer ${secret}` } });

async function open(t: TestContext) {
  const server = await openServer(t);
  const admin = await server.signIn('admin-a');
  const make = async (scopes: readonly ApiScope[], expiresAt: number | null = null): Promise<NewApiKeyView> => {
    const answer = await admin.fetch('/api/api-keys', {
      method: 'POST',
      body: { name: 'Warehouse', scopes, expiresAt },
    });
    expect(answer.status).toBe(201);
    return (await answer.json()) as NewApiKeyView;
  };
  const keys = async () => ((await (await admin.fetch('/api/api-keys')).json()) as { keys: ApiKeyView[] }).keys;
  return { server, admin, make, keys };
}

describe('8: keys of the API', () => {
  test('one is shown once, kept as a hash, and good until it is revoked, at once', async (t) => {
    const { server, admin, make, keys } = await open(t);
    const { key, secret } = await make(['queues:read']);
    expect(secret).toMatch(/^balie_[A-Za-z0-9_-]{43}$/);
    expect((await get(server, '/queues', secret)).status).toBe(200);
    expect((await keys()).find(({ id }) => id === key.id)?.lastUsedAt).toEqual(expect.any(Number));
    const texts = [JSON.stringify(await keys()), await (await admin.fetch('/api/audit')).text(), server.log()];
    for (const text of texts) expect(text).not.toContain(secret.slice(6));

    expect((await admin.fetch(`/api/api-keys/${key.id}/revoke`, { method: 'POST' })).status).toBe(200);
    const refused = await get(server, '/queues', secret);
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect(await refused.json()).toMatchObject({ error: { code: 'key_expected' } });
    const { entries } = (await (await admin.fetch('/api/audit?kind=api_key')).json()) as AuditPage;
    expect(entries.map(({ action }) => action)).toEqual(['api_key.revoke', 'api_key.create']);
  });

  test('one with an end is over at its end; one that is over already is not made', async (t) => {
    const { server, admin, make } = await open(t);
    const { secret } = await make(['queues:read'], Date.now() + minuteMs);
    expect((await get(server, '/queues', secret)).status).toBe(200);
    server.advance(minuteMs);
    expect((await get(server, '/queues', secret)).status).toBe(401);
    const body = { name: 'Late', scopes: ['queues:read'], expiresAt: Date.now() };
    expect((await admin.fetch('/api/api-keys', { method: 'POST', body })).status).toBe(400);
  });

  test('each opens what its scopes name and nothing else', async (t) => {
    const { server, make } = await open(t);
    for (const scope of apiScopes) {
      const { secret } = await make([scope]);
      for (const [path, needed] of Object.entries(routes)) {
        const isOpen = needed === scope || (needed === 'conversations:read' && scope === 'conversations:read-private');
        expect([scope, path, (await get(server, path, secret)).status]).toEqual([scope, path, isOpen ? 200 : 403]);
      }
    }
  });

  test('what is no key is none, however it is sent', async (t) => {
    const { server, make } = await open(t);
    const { secret } = await make(['queues:read']);
    const path = `${server.url}/api/v1/queues`;
    for (const headers of [
      {},
      { authorization: secret },
      { authorization: `Basic ${secret}` },
      { authorization: `Bearer ${secret}x` },
      { authorization: `Bearer ${secret.slice(6)}` },
      { authorization: `Bearer balie_${'x'.repeat(43)}` },
      { 'x-api-key': secret },
      { cookie: `balie=${secret}` },
    ] as Record<string, string>[])
      expect([headers, (await fetch(path, { headers })).status]).toEqual([headers, 401]);
    expect((await fetch(`${path}?access_token=${secret}`)).status).toBe(401);
  });

  test('answers are kept by nobody, and open to no page of another origin', async (t) => {
    const { server } = await open(t);
    const headers = { authorization: `Bearer ${apiSecretOf('a')}`, origin: 'https://evil.example' };
    const answer = await fetch(`${server.url}/api/v1/queues`, { headers });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    const preflight = {
      method: 'OPTIONS',
      headers: { origin: headers.origin, 'access-control-request-method': 'GET' },
    };
    expect(
      (await fetch(`${server.url}/api/v1/queues`, preflight)).headers.get('access-control-allow-origin'),
    ).toBeNull();
  });

  test('T159 each has a count of its own, over all routes together', async (t) => {
    const { server } = await open(t);
    const [own, other] = [apiSecretOf('a'), apiSecretOf('b')];
    const ask = (at: number) => get(server, at % 2 ? '/queues' : '/agents', own).then((answer) => answer.text());
    for (let count = 0; count < limits.apiRequestsPerMinute; count += 50)
      await Promise.all(Array.from({ length: 50 }, (_, at) => ask(at)));
    const refused = await get(server, '/queues', own);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await get(server, '/queues', other)).status).toBe(200);
  }, 60_000);

  test('sums are of a year at most, and of days that there are', async (t) => {
    const { server } = await open(t);
    for (const [query, field] of [
      ['from=2026-02-30&to=2026-03-01', 'from'],
      ['from=2026-01-01&to=2026-13-01', 'to'],
      ['from=2026-02-01&to=2026-01-31', 'to'],
      ['from=0001-01-01&to=9999-12-31', 'from'],
    ]) {
      const answer = await get(server, `/statistics?${query}`, apiSecretOf('a'));
      expect([query, answer.status]).toEqual([query, 400]);
      expect(await answer.json()).toMatchObject({ error: { code: 'invalid_field', field } });
    }
  });

  test('there is an end to how many are live', async (t) => {
    const { admin, make } = await open(t);
    for (let count = 1; count < limits.apiKeys; count++) await make(['queues:read']);
    const body = { name: 'One too many', scopes: ['queues:read'], expiresAt: null };
    expect((await admin.fetch('/api/api-keys', { method: 'POST', body })).status).toBe(429);
  });
});

describe('8: conversations over the API', () => {
  test('P123 P127 as the visitor sees them: no byte of a private line, and no gap in the numbers', async (t) => {
    const { server, anna, visitor, first, conversation, canary, uploaded, invite, visible } = await openPrivate(t);
    await anna.say(conversation, canary, 'agents');
    await anna.say(conversation, 'Hello');
    const secretFile = await uploaded(anna, 'agents', `${canary}.txt`);
    await anna.command(conversation, { type: 'message', text: canary, audience: 'agents', files: [secretFile] });
    const openFile = await uploaded(anna, 'everyone', 'open.txt');
    await anna.command(conversation, { type: 'message', text: 'Look', audience: 'everyone', files: [openFile] });
    await invite(anna, 'bram-a');
    await first.command({ type: 'message', text: 'Thank you' });
    const admin = await server.signIn('admin-a');
    const body = { name: 'Plain', scopes: ['conversations:read'], expiresAt: null };
    const made = (await (await admin.fetch('/api/api-keys', { method: 'POST', body })).json()) as NewApiKeyView;

    const base = `/conversations/${conversation}`;
    const texts: string[] = [];
    const read = async <Value>(path: string): Promise<Value> => {
      const answer = await get(server, path, made.secret);
      expect(answer.status).toBe(200);
      const text = await answer.text();
      texts.push(text);
      return JSON.parse(text) as Value;
    };
    const all = await visible();
    const { events, next } = await read<ApiEvents>(`${base}/events`);
    expect(events).toEqual(all.map(({ visitorSeq, at, by, body }) => ({ seq: visitorSeq, event: { at, by, body } })));
    expect(next).toBeNull();
    const paged: number[] = [];
    for (let after: number | null = 0; after !== null; ) {
      const page: ApiEvents = await read(`${base}/events?after=${after}&limit=2`);
      paged.push(...page.events.map(({ seq }) => seq));
      after = page.next;
    }
    expect(paged).toEqual(all.map((_, index) => index + 1));
    const { files } = await read<ApiFiles>(`${base}/files`);
    expect(files.map(({ file }) => file.id)).toEqual([openFile]);
    const one = await read<ApiConversation>(base);
    expect(one).toEqual({
      id: conversation,
      site: { id: 'site-a', name: 'Site a' },
      queue: { id: 'queue-a', name: 'Queue a' },
      phase: 'active',
      agents: [{ id: 'anna-a', name: 'anna' }],
      requestedAt: expect.any(Number),
      endedAt: null,
      seq: all.length,
    });
    expect(await read('/conversations')).toEqual({ conversations: [one], next: null });
    for (const text of texts) expect(text).not.toContain(canary);
    for (const part of ['events', 'files'])
      expect((await get(server, `${base}/${part}?audience=agents`, made.secret)).status).toBe(403);
    expect(visitor.heard()).not.toContain(canary);
  });

  test('whole, for a key that may read private lines and asks for them; and each reading is written down', async (t) => {
    const { server, anna, conversation, canary, log, uploaded } = await openPrivate(t);
    const secretFile = await uploaded(anna, 'agents', 'secret.txt');
    await anna.command(conversation, { type: 'message', text: canary, audience: 'agents', files: [secretFile] });
    const secret = apiSecretOf('a');
    const base = `/conversations/${conversation}`;
    const answer = await get(server, `${base}/events?audience=agents`, secret);
    const { events } = (await answer.json()) as ApiEvents;
    expect(events).toEqual((await log()).map(({ seq, at, by, body }) => ({ seq, event: { at, by, body } })));
    expect(JSON.stringify(events)).toContain(canary);
    const { files } = (await (await get(server, `${base}/files?audience=agents`, secret)).json()) as ApiFiles;
    expect(files).toMatchObject([{ file: { id: secretFile }, audience: 'agents' }]);
    // Not unless they are asked for.
    expect(await (await get(server, `${base}/events`, secret)).text()).not.toContain(canary);
    const admin = await server.signIn('admin-a');
    const { entries } = (await (await admin.fetch('/api/audit?kind=conversation')).json()) as AuditPage;
    expect(entries).toMatchObject([
      { action: 'conversation.read', actor: { id: 'key-a', name: 'Key a' }, target: { id: conversation } },
    ]);
  });

  test('8: what is in a file, for whom its line is to be read; parts of it, and each download is written down', async (t) => {
    const { server, anna, conversation, uploaded } = await openPrivate(t);
    const [whispered, shown, unsent] = [
      await uploaded(anna, 'agents', 'secret.txt'),
      await uploaded(anna, 'everyone', 'open.txt'),
      await uploaded(anna, 'everyone', 'unsent.txt'),
    ];
    for (const [audience, id] of [['agents', whispered] as const, ['everyone', shown] as const])
      await anna.command(conversation, { type: 'message', text: 'Look', audience, files: [id] });
    const ask = (file: string, secret = apiSecretOf('a'), more = {}) =>
      fetch(`${server.url}/api/v1/conversations/${conversation}/files/${file}`, {
        headers: { authorization: `Bearer ${secret}`, ...more },
      });
    const whole = await ask(shown);
    expect(whole.headers.get('content-disposition')).toContain('attachment; filename="open.txt"');
    expect(whole.headers.get('cache-control')).toBe('private, no-cache');
    const text = await whole.text();
    expect(text).not.toBe('');
    const part = await ask(shown, undefined, { range: 'bytes=0-1' });
    expect([part.status, await part.text()]).toEqual([206, text.slice(0, 2)]);
    expect((await ask(`${whispered}?audience=agents`)).status).toBe(200);

    const admin = await server.signIn('admin-a');
    const body = { name: 'Plain', scopes: ['conversations:read'], expiresAt: null };
    const plain = (await (await admin.fetch('/api/api-keys', { method: 'POST', body })).json()) as NewApiKeyView;
    expect((await ask(shown, plain.secret)).status).toBe(200);
    expect((await ask(`${whispered}?audience=agents`, plain.secret)).status).toBe(403);
    for (const [file, secret] of [
      [whispered, plain.secret],
      [whispered, apiSecretOf('a')],
      [unsent, apiSecretOf('a')],
      [shown, apiSecretOf('b')],
    ] as const)
      expect(await (await ask(file, secret)).json()).toMatchObject({ error: { code: 'not_found' } });
    const { entries } = (await (await admin.fetch('/api/audit?kind=conversation')).json()) as AuditPage;
    const downloads = entries.filter(({ action }) => action === 'conversation.download');
    const written = downloads.map(({ actor, after }) => `${actor.id} ${JSON.stringify(after)}`);
    const expected = [
      `key-a {"file":"${shown}"}`,
      `key-a {"file":"${whispered}"}`,
      `${plain.key.id} {"file":"${shown}"}`,
    ];
    expect(written.toSorted()).toEqual(expected.toSorted());
  });

  test('that a request is before an agent is told those alone who may read private lines', async (t) => {
    const { server, make } = await open(t);
    const anna = await server.agent();
    const visitor = await server.visitor();
    await visitor.request();
    const { open: opened } = await anna.reader.ofType('open');
    const { secret } = await make(['conversations:read']);
    const path = `/conversations/${opened.conversation}`;
    expect(await (await get(server, path, secret)).json()).toMatchObject({ phase: 'waiting', agents: [] });
    expect(await (await get(server, path, apiSecretOf('a'))).json()).toMatchObject({
      phase: 'presented',
      agents: [{ id: 'anna-a' }],
      subject: null,
    });
  });

  test('filters and pages that are none are refused by name', async (t) => {
    const { server } = await open(t);
    for (const [query, field] of [
      ['ended=maybe', 'ended'],
      ['since=yesterday', 'since'],
      ['before=1', 'before'],
      ['limit=many', 'limit'],
      ['queue=..%2F..', 'queue'],
    ])
      expect(await (await get(server, `/conversations?${query}`, apiSecretOf('a'))).json()).toMatchObject({
        error: { code: 'invalid_field', field },
      });
    expect((await get(server, '/conversations?unknown=1', apiSecretOf('a'))).status).toBe(400);
  });
});
