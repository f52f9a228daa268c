import { describe, expect, test } from 'vitest';
import type { AuditPage } from '../../../protocol/audit.ts';
import type { OrganizationId } from '../../../protocol/ids.ts';
import { buildApp } from '../../app.ts';
import { createTotpSecret, totpCode } from '../../identity/totp.ts';
import { apiSecretOf, hireSupervisor, password } from '../../test/furnish.ts';
import { openServer } from '../../test/open-server.ts';
import { TestAgent } from '../../test/test-agent.ts';
import {
  ask,
  deletionsLast,
  isKeys,
  isMutation,
  isStaffs,
  methodOf,
  namesAnId,
  openDesk,
  registered,
} from './every-route.ts';
import { operations } from './operations.ts';

describe('who may use a route', () => {
  test('the server does not start with a route that does not say', async (t) => {
    const { context } = await openServer(t);
    const app = await buildApp(context);
    app.get('/forgotten', async () => 'anybody');
    await expect(app.ready()).rejects.toThrow('/forgotten');
  });

  test('T156 this table has every route that the server registers, and the access it was registered with', async (t) => {
    const { app } = await openServer(t);
    const table = Object.entries(operations('c')).map(([operation, { access }]) => [
      operation,
      access === 'ticket' ? 'public' : access,
    ]);
    expect(Object.fromEntries(registered(app))).toEqual(Object.fromEntries(table));
  });

  test('the OpenAPI page has all of them', async (t) => {
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

  test('C143 nor supervisors past those for administrators; what is theirs to use, each role may use', async (t) => {
    const server = await openServer(t);
    await hireSupervisor(server.context.store, 'a');
    const { all } = await openDesk(server);
    const readings = all.filter(([operation]) => !isMutation(operation)).filter(isStaffs);
    const rank = { public: 0, agent: 1, supervisor: 2, admin: 3 };
    for (const [name, role] of [
      ['anna-a', 'agent'],
      ['sofie-a', 'supervisor'],
      ['admin-a', 'admin'],
    ] as const) {
      const person = await server.signIn(name);
      for (const [operation, one] of readings) {
        const isAllowed = rank[role] >= rank[one.access as 'public'];
        expect([name, operation, (await ask(person, operation, one)).status !== 403]).toEqual([
          name,
          operation,
          isAllowed,
        ]);
      }
    }
    const sofie = await server.signIn('sofie-a');
    for (const [operation, one] of all)
      if (one.access === 'admin')
        expect([operation, (await ask(sofie, operation, one)).status]).toEqual([operation, 403]);
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
    expect(seen.size).toBe(4);
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

  test('CVE-2026-49278 H-01 a reading answers with no secret but its holder’s csrf value, and stays in no cache', async (t) => {
    const server = await openServer(t);
    const { all } = await openDesk(server);
    const admin = await server.signIn('admin-a');
    const headers = { authorization: `Bearer ${apiSecretOf('a')}` };
    const found: string[] = [];
    for (const [operation, one] of all.filter(([operation]) => !isMutation(operation))) {
      if (one.access === 'public' || one.access === 'ticket') continue;
      const asked = one.access === 'key' ? fetch(server.url + one.path, { headers }) : ask(admin, operation, one);
      const answer = await asked;
      // A browser keeps what is in a file for its one reader, and asks each time.
      const rule = operation.endsWith('{file}') ? 'private, no-cache' : 'no-store';
      expect([operation, answer.headers.get('cache-control')]).toEqual([operation, rule]);
      for (const [, field = ''] of (await answer.text()).matchAll(/"(\w+)":/g))
        if (/token|secret|hash|csrf|password|cookie/i.test(field)) found.push(`${operation} ${field}`);
    }
    const times = ['GET /api/sites tokenLifetimeMs', 'GET /api/webhooks oldSecretUntil'];
    expect(new Set(found)).toEqual(new Set(['GET /api/session csrf', ...times]));
  });

  test('CVE-2026-72719 no body says whose something is', async (t) => {
    const server = await openServer(t);
    const { all } = await openDesk(server);
    const admin = await server.signIn('admin-a');
    for (const [operation, one] of all.filter(isStaffs).filter(([, { body, access }]) => body && access !== 'public'))
      for (const field of ['organization', 'organizationId', 'organization_id', 'account_id', 'id']) {
        const body = { ...(one.body as object), [field]: 'organization-b' };
        const answer = await ask(admin, operation, { ...one, body });
        expect([operation, answer.status, (await answer.json()).error?.field]).toEqual([operation, 400, field]);
      }
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

/** What changes nothing that an administrator would look for, and why. */
const unaudited: Readonly<Record<string, string>> = {
  'POST /api/sites/{site}/inspect-token': 'looks at a token and keeps nothing',
  'POST /api/account/two-factor': 'makes a secret that nobody has yet',
  'POST /api/webhooks/{id}/deliveries/{delivery}/retry': 'needs a delivery that failed; `webhooks.test.ts` has one',
  'POST /api/conversations/{id}/files': 'stands in the log of the conversation, once it is sent',
};

/** Whom `openDesk` lets in. */
const vera = { by: 'email', value: 'vera@visitor.example', site: null };

/** Where the table's body would be refused to the administrator of the organization. */
const secondFactor = createTotpSecret();
const goodBodies = (): Readonly<Record<string, unknown>> => ({
  'PUT /api/account/password': { current: password, password },
  'PUT /api/account/two-factor': {
    secret: secondFactor,
    code: totpCode(secondFactor, Math.floor(Date.now() / 30_000)),
  },
  'POST /api/account/two-factor/off': { current: password },
  'POST /api/privacy/find': vera,
  'POST /api/privacy/exports': vera,
  'POST /api/privacy/erasures': vera,
});

describe('1: the audit log', () => {
  test('C155 has an entry of every change that staff can make, with who, when and from where', async (t) => {
    const server = await openServer(t, { allowPrivateWebhooks: true });
    const { all } = await openDesk(server);
    const { store } = server.context;
    const entries = () => store.audit.page('organization-a' as OrganizationId, {}, null, 1000);
    let admin = await server.signIn('admin-a');
    for (const [operation, one] of deletionsLast(all.filter(isStaffs))) {
      if (one.access === 'public' || !isMutation(operation) || operation in unaudited) continue;
      if ((await admin.fetch('/api/session')).status === 401) admin = await server.signIn('admin-a');
      const before = new Set((await entries()).map(({ id }) => id));
      const answer = await ask(admin, operation, { ...one, body: goodBodies()[operation] ?? one.body });
      expect([operation, answer.ok, answer.ok || (await answer.text())]).toEqual([operation, true, true]);
      const made = (await entries()).filter(({ id }) => !before.has(id));
      expect([operation, ...new Set(made.map(({ actor }) => actor))]).toEqual([operation, 'admin-a']);
      const who = { actorName: 'admin', address: '127.0.0.1', at: expect.any(Number) };
      expect(made).toContainEqual(expect.objectContaining(who));
    }
    expect(JSON.stringify(await entries())).not.toContain(secondFactor);
  });

  test('C155 has every log-in and every try that failed, and cannot be written or deleted over HTTP', async (t) => {
    const server = await openServer(t);
    const admin = await server.signIn('admin-a');
    await expect(
      TestAgent.signIn({ url: server.url, email: 'anna-a@balie.example', password: 'a wrong guess' }),
    ).rejects.toThrow('401');
    await expect
      .poll(async () => ((await (await admin.fetch('/api/audit')).json()) as AuditPage).entries)
      .toMatchObject([
        {
          action: 'account.sign_in.failed',
          actor: { id: 'stranger', name: '' },
          target: { kind: 'person', id: 'anna-a', name: 'anna' },
          after: { check: 'password' },
        },
        { action: 'account.sign_in', actor: { id: 'admin-a', name: 'admin' } },
      ]);
    const text = await (await admin.fetch('/api/audit')).text();
    expect(text).not.toContain('a wrong guess');
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
      expect((await admin.fetch('/api/audit', { method, body: {} })).status).toBe(404);
  });
});

const withoutRequest = (answer: unknown) => {
  const { error } = answer as { error: Record<string, unknown> };
  return { ...error, request: null };
};
