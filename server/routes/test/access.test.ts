import { describe, expect, test } from 'vitest';
import { buildApp } from '../../app.ts';
import { apiSecretOf } from '../../test/furnish.ts';
import { openServer, type TestServer } from '../../test/open-server.ts';
import type { TestAgent } from '../../test/test-agent.ts';

interface Operation {
  /**
   * `ticket`: a visitor's, who is known by a ticket instead of a cookie; `files.test.ts` has its refusals. `key`: another
   * system's, which is known by its key alone.
   */
  readonly access: 'public' | 'ticket' | 'key' | 'agent' | 'supervisor' | 'admin';
  /** Of the organization `a`; what a stranger's browser would ask for by that id. */
  readonly path: string;
  readonly body?: unknown;
}

const preset = { queue: null, folder: '', title: 'Taken over', text: 'Hello' };
const person = {
  name: 'Mallory',
  email: 'mallory@balie.example',
  role: 'admin',
  room: 4,
  languages: [],
  profiles: [],
};
const visitor = { by: 'subject', value: 'C-1', site: null };
const options = ['one', 'two'].map((value) => ({ value, label: value }));
const savedOffer = { name: 'Offer', content: { title: 'Offer', options, least: 1, most: 1, optional: false } };

const webhook = { name: 'Taken over', url: 'https://127.0.0.1/', kinds: [], audience: 'agents' };

/** Every operation of the OpenAPI page, with an id of organization `a` where it takes one. */
const operations = (conversation: string): Record<string, Operation> => ({
  'GET /api/session': { access: 'agent', path: '/api/session' },
  'POST /api/session': { access: 'public', path: '/api/session', body: { email: 'x@y.example', password: 'x' } },
  'DELETE /api/session': { access: 'agent', path: '/api/session' },
  'GET /api/sites': { access: 'admin', path: '/api/sites' },
  'POST /api/sites': {
    access: 'admin',
    path: '/api/sites',
    body: { name: 'Taken over', origin: 'https://evil.example', queue: 'queue-a' },
  },
  'GET /api/sites/{site}/install': { access: 'admin', path: '/api/sites/site-a/install' },
  'POST /api/sites/{site}/inspect-token': {
    access: 'admin',
    path: '/api/sites/site-a/inspect-token',
    body: { token: 'x' },
  },
  'GET /api/people': { access: 'admin', path: '/api/people' },
  'POST /api/people': { access: 'admin', path: '/api/people', body: person },
  'PATCH /api/people/{id}': { access: 'admin', path: '/api/people/anna-a', body: { role: 'admin' } },
  'POST /api/people/{id}/invite': { access: 'admin', path: '/api/people/anna-a/invite' },
  'POST /api/people/{id}/sign-out': { access: 'admin', path: '/api/people/anna-a/sign-out' },
  'DELETE /api/people/{id}/two-factor': { access: 'admin', path: '/api/people/anna-a/two-factor' },
  'GET /api/queues': { access: 'admin', path: '/api/queues' },
  'POST /api/queues': { access: 'admin', path: '/api/queues', body: { name: 'Taken over' } },
  'PATCH /api/queues/{id}': { access: 'admin', path: '/api/queues/queue-a', body: { name: 'Taken over' } },
  'GET /api/profiles': { access: 'admin', path: '/api/profiles' },
  'POST /api/profiles': { access: 'admin', path: '/api/profiles', body: { name: 'P', queues: ['queue-a'] } },
  'PUT /api/profiles/{id}': {
    access: 'admin',
    path: '/api/profiles/profile-a',
    body: { name: 'P', queues: ['queue-a'] },
  },
  'DELETE /api/profiles/{id}': { access: 'admin', path: '/api/profiles/profile-a' },
  'GET /api/first-run': { access: 'public', path: '/api/first-run' },
  'POST /api/first-run': {
    access: 'public',
    path: '/api/first-run',
    body: { code: 'x'.repeat(43), organization: 'O', name: 'N', email: 'x@y.example', password: 'long enough' },
  },
  'POST /api/links/look': { access: 'public', path: '/api/links/look', body: { token: 'x'.repeat(43) } },
  'POST /api/links/use': {
    access: 'public',
    path: '/api/links/use',
    body: { token: 'x'.repeat(43), password: 'long enough' },
  },
  'PUT /api/account/password': {
    access: 'agent',
    path: '/api/account/password',
    body: { current: 'wrong', password: 'long enough' },
  },
  'GET /api/account/two-factor': { access: 'agent', path: '/api/account/two-factor' },
  'POST /api/account/two-factor': { access: 'agent', path: '/api/account/two-factor' },
  'PUT /api/account/two-factor': {
    access: 'agent',
    path: '/api/account/two-factor',
    body: { secret: 'A'.repeat(32), code: '000000' },
  },
  'POST /api/account/two-factor/off': {
    access: 'agent',
    path: '/api/account/two-factor/off',
    body: { current: 'wrong' },
  },
  'POST /api/account/sign-out-everywhere': { access: 'agent', path: '/api/account/sign-out-everywhere' },
  'PATCH /api/sites/{site}': { access: 'admin', path: '/api/sites/site-a', body: { name: 'Taken over' } },
  'POST /api/sites/{site}/keys': { access: 'admin', path: '/api/sites/site-a/keys', body: { kind: 'secret' } },
  'POST /api/sites/{site}/keys/{kid}/revoke': { access: 'admin', path: '/api/sites/site-a/keys/k1/revoke' },
  'POST /api/conversations/{id}/files': {
    access: 'agent',
    path: `/api/conversations/${conversation}/files?audience=everyone`,
  },
  'POST /api/visitor/conversations/{id}/files': {
    access: 'ticket',
    path: `/api/visitor/conversations/${conversation}/files`,
  },
  'GET /api/presets': { access: 'agent', path: '/api/presets' },
  'POST /api/presets': { access: 'admin', path: '/api/presets', body: preset },
  'PUT /api/presets/{id}': { access: 'admin', path: '/api/presets/preset-a', body: preset },
  'DELETE /api/presets/{id}': { access: 'admin', path: '/api/presets/preset-a' },
  'GET /api/saved-offers': { access: 'agent', path: '/api/saved-offers' },
  'POST /api/saved-offers': { access: 'agent', path: '/api/saved-offers', body: savedOffer },
  'DELETE /api/saved-offers/{id}': { access: 'agent', path: '/api/saved-offers/offer-a' },
  'GET /api/api-keys': { access: 'admin', path: '/api/api-keys' },
  'POST /api/api-keys': {
    access: 'admin',
    path: '/api/api-keys',
    body: { name: 'Taken over', scopes: ['people:read'], expiresAt: null },
  },
  'POST /api/api-keys/{id}/revoke': { access: 'admin', path: '/api/api-keys/key-a/revoke' },
  'GET /api/v1/conversations': { access: 'key', path: '/api/v1/conversations' },
  'GET /api/v1/conversations/{id}': { access: 'key', path: `/api/v1/conversations/${conversation}` },
  'GET /api/v1/conversations/{id}/events': { access: 'key', path: `/api/v1/conversations/${conversation}/events` },
  'GET /api/v1/conversations/{id}/files': { access: 'key', path: `/api/v1/conversations/${conversation}/files` },
  'GET /api/v1/queues': { access: 'key', path: '/api/v1/queues' },
  'GET /api/v1/agents': { access: 'key', path: '/api/v1/agents' },
  'GET /api/v1/statistics': { access: 'key', path: '/api/v1/statistics?from=2026-01-01&to=2026-12-31' },
  'GET /api/webhooks': { access: 'admin', path: '/api/webhooks' },
  'POST /api/webhooks': { access: 'admin', path: '/api/webhooks', body: webhook },
  'PATCH /api/webhooks/{id}': { access: 'admin', path: '/api/webhooks/webhook-a', body: { enabled: true } },
  'DELETE /api/webhooks/{id}': { access: 'admin', path: '/api/webhooks/webhook-a' },
  'POST /api/webhooks/{id}/rotate': { access: 'admin', path: '/api/webhooks/webhook-a/rotate' },
  'POST /api/webhooks/{id}/retire-secret': { access: 'admin', path: '/api/webhooks/webhook-a/retire-secret' },
  'POST /api/webhooks/{id}/test': { access: 'admin', path: '/api/webhooks/webhook-a/test' },
  'GET /api/webhooks/{id}/deliveries': { access: 'admin', path: '/api/webhooks/webhook-a/deliveries' },
  'POST /api/webhooks/{id}/deliveries/{delivery}/retry': {
    access: 'admin',
    path: '/api/webhooks/webhook-a/deliveries/delivery-a/retry',
  },
  'GET /api/mails': { access: 'admin', path: '/api/mails' },
  'GET /api/mails/{id}': { access: 'admin', path: '/api/mails/mail-a' },
  'GET /api/mails/{id}/file': { access: 'admin', path: '/api/mails/mail-a/file' },
  'POST /api/mails/{id}/retry': { access: 'admin', path: '/api/mails/mail-a/retry' },
  'GET /api/chat-log': { access: 'supervisor', path: '/api/chat-log' },
  'GET /api/chat-log/{id}': { access: 'supervisor', path: `/api/chat-log/${conversation}` },
  'GET /api/chat-log/export': { access: 'supervisor', path: '/api/chat-log/export?format=json' },
  'GET /api/chat-log/choices': { access: 'supervisor', path: '/api/chat-log/choices' },
  'POST /api/privacy/find': { access: 'admin', path: '/api/privacy/find', body: visitor },
  'POST /api/privacy/erasures': { access: 'admin', path: '/api/privacy/erasures', body: visitor },
  'GET /api/privacy/erasures': { access: 'admin', path: '/api/privacy/erasures' },
  'POST /api/privacy/exports': { access: 'admin', path: '/api/privacy/exports', body: visitor },
  'GET /api/privacy/exports/{token}': { access: 'admin', path: '/api/privacy/exports/no-such-token' },
  'GET /api/audit': { access: 'admin', path: '/api/audit' },
  'GET /api/colleagues': { access: 'agent', path: '/api/colleagues' },
  'GET /api/conversations/{id}/earlier': { access: 'agent', path: `/api/conversations/${conversation}/earlier` },
  'GET /api/conversations/{id}/events': { access: 'agent', path: `/api/conversations/${conversation}/events` },
});

const isMutation = (operation: string) => !operation.startsWith('GET');
const methodOf = (operation: string) => operation.split(' ')[0] as string;
const namesAnId = (operation: string) => operation.includes('{');
const isStaffs = ([, { access }]: [string, Operation]) => access !== 'ticket' && access !== 'key';
const isKeys = ([, { access }]: [string, Operation]) => access === 'key';

async function openDesk(server: TestServer) {
  const anna = await server.agent();
  const visitor = await server.visitor();
  await visitor.request();
  const conversation = await anna.accept();
  return { anna, conversation, all: Object.entries(operations(conversation)) };
}

const ask = (agent: TestAgent, operation: string, { path, body }: Operation) =>
  agent.fetch(path, { method: methodOf(operation), ...(body !== undefined && { body }) });

describe('who may use a route', () => {
  test('the server does not start with a route that does not say', async (t) => {
    const { context } = await openServer(t);
    const app = await buildApp(context);
    app.get('/forgotten', async () => 'anybody');
    await expect(app.ready()).rejects.toThrow('/forgotten');
  });

  test('this table has every operation of the OpenAPI page', async (t) => {
    const { url } = await openServer(t);
    const { paths } = (await (await fetch(`${url}/api/openapi.json`)).json()) as { paths: Record<string, object> };
    const published = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(published.sort()).toEqual(Object.keys(operations('c')).sort());
  });

  test('nobody gets past one that is not public', async (t) => {
    const server = await openServer(t);
    const { all } = await openDesk(server);
    for (const [operation, { access, path }] of all) {
      if (access === 'public') continue;
      const answer = await fetch(server.url + path, { method: methodOf(operation) });
      expect([operation, answer.status]).toEqual([operation, 401]);
    }
  });

  test('C143 agents get past none that is for administrators or supervisors', async (t) => {
    const { all, anna } = await openDesk(await openServer(t));
    for (const [operation, one] of all)
      if (one.access === 'admin' || one.access === 'supervisor')
        expect([operation, (await ask(anna, operation, one)).status]).toEqual([operation, 403]);
  });

  test('T156 C144 what another organization has cannot be told from what is not there', async (t) => {
    const server = await openServer(t);
    const { all, anna } = await openDesk(server);
    const stranger = await server.signIn('admin-b');
    for (const [operation, one] of all.filter(isStaffs).filter(([operation]) => namesAnId(operation))) {
      const theirs = await ask(stranger, operation, one);
      const nowhere = await ask(stranger, operation, {
        ...one,
        path: one.path.replace(/(s|people)\/[\w-]+/, '$1/no-such-id'),
      });
      expect([operation, theirs.status]).toEqual([operation, 404]);
      expect(withoutRequest(await theirs.json())).toEqual(withoutRequest(await nowhere.json()));
    }
    const { sites } = (await (await (await server.signIn('admin-b')).fetch('/api/sites')).json()) as {
      sites: object[];
    };
    expect(sites).toMatchObject([{ id: 'site-b' }]);
    expect((await (await server.signIn('admin-a')).fetch('/api/sites')).status).toBe(200);
    expect((await anna.fetch('/api/session')).status).toBe(200);
  });

  test('T156 a key of another organization finds nothing of this one, and cannot tell it from what is not there', async (t) => {
    const server = await openServer(t);
    const { all } = await openDesk(server);
    const headers = { authorization: `Bearer ${apiSecretOf('b')}` };
    const seen = new Set<string>();
    for (const [operation, { path }] of all.filter(isKeys)) {
      const theirs = await fetch(server.url + path, { headers });
      const text = await theirs.text();
      expect(text).not.toMatch(/(queue|site|anna|bram|admin|organization)-a/);
      if (!namesAnId(operation)) continue;
      seen.add(operation);
      const nowhere = await fetch(server.url + path.replace(/conversations\/[\w-]+/, 'conversations/no-such-id'), {
        headers,
      });
      expect([operation, theirs.status]).toEqual([operation, 404]);
      expect(withoutRequest(JSON.parse(text))).toEqual(withoutRequest(await nowhere.json()));
    }
    expect(seen.size).toBe(3);
  });

  test('a key opens no route of the console’s, and a cookie none of the API’s', async (t) => {
    const server = await openServer(t);
    const { all } = await openDesk(server);
    const admin = await server.signIn('admin-a');
    const authorization = `Bearer ${apiSecretOf('a')}`;
    for (const [operation, one] of all) {
      if (one.access === 'public') continue;
      if (one.access === 'key') {
        expect([operation, (await ask(admin, operation, one)).status]).toEqual([operation, 401]);
        expect([operation, (await fetch(server.url + one.path, { headers: { authorization } })).status]).toEqual([
          operation,
          200,
        ]);
      } else {
        const answer = await fetch(server.url + one.path, { method: methodOf(operation), headers: { authorization } });
        expect([operation, answer.status]).toEqual([operation, 401]);
      }
    }
  });

  test('C144 nor what is with a colleague', async (t) => {
    const server = await openServer(t);
    const { conversation } = await openDesk(server);
    const bram = await server.signIn('bram-a');
    for (const part of ['events', 'earlier'])
      expect((await bram.fetch(`/api/conversations/${conversation}/${part}`)).status).toBe(404);
  });

  test('C136 no mutation without the csrf value, nor from another origin', async (t) => {
    const server = await openServer(t);
    const { all } = await openDesk(server);
    const { cookie, csrf } = await server.signIn('admin-a');
    for (const [operation, { access, path, body }] of all
      .filter(isStaffs)
      .filter(([operation]) => isMutation(operation))) {
      const tryWith = async (headers: Record<string, string>) => {
        const init = { method: methodOf(operation), headers: { cookie, ...headers } };
        const json = { ...init, headers: { ...init.headers, 'content-type': 'application/json' } };
        const answer =
          body === undefined
            ? fetch(server.url + path, init)
            : fetch(server.url + path, { ...json, body: JSON.stringify(body) });
        return (await answer).status;
      };
      const guesses = [{ origin: server.url }, { origin: server.url, 'x-csrf-token': 'guessed' }];
      if (access !== 'public')
        for (const headers of guesses) expect([operation, await tryWith(headers)]).toEqual([operation, 403]);
      for (const origin of [
        'https://evil.example',
        'null',
        server.url.replace('http', 'https'),
        `${server.url}.evil.example`,
      ])
        expect([operation, origin, await tryWith({ origin, 'x-csrf-token': csrf })]).toEqual([operation, origin, 403]);
      const crossSite = { 'x-csrf-token': csrf, 'sec-fetch-site': 'cross-site' };
      expect([operation, await tryWith(crossSite)]).toEqual([operation, 403]);
    }
    expect((await (await server.signIn('admin-a')).fetch('/api/session')).status).toBe(200);
  });

  test('C136 a header that names another method changes none', async (t) => {
    const server = await openServer(t);
    const { cookie } = await server.signIn();
    const headers = { cookie, 'x-http-method-override': 'DELETE', 'x-method-override': 'DELETE' };
    expect((await fetch(`${server.url}/api/session`, { headers })).status).toBe(200);
    expect((await fetch(`${server.url}/api/session?_method=DELETE`, { headers })).status).toBe(200);
    expect((await fetch(`${server.url}/api/session`, { headers: { cookie } })).status).toBe(200);
  });
});

const withoutRequest = (answer: unknown) => {
  const { error } = answer as { error: Record<string, unknown> };
  return { ...error, request: null };
};
