import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { httpErrorCodes } from '../../../protocol/codes.ts';
import { password } from '../../test/furnish.ts';
import { openServer, type TestServer } from '../../test/open-server.ts';
import { statusOf } from '../http-errors.ts';

const canary = 'CANARY-7f3a';
const json = { 'content-type': 'application/json' };

/** What every answer that is no success looks like, and what none of them tells. */
async function expectError(answer: Response, status: number, code: string) {
  const text = await answer.text();
  expect([answer.url, answer.status, JSON.parse(text).error.code]).toEqual([answer.url, status, code]);
  expect(Object.keys(JSON.parse(text))).toEqual(['error']);
  expect(JSON.parse(text).error.request).toEqual(expect.any(String));
  for (const hint of [canary, 'node_modules', '\\n    at ', 'SELECT', 'fastify', '/work'])
    expect(text).not.toContain(hint);
  expect(answer.headers.get('x-powered-by')).toBeNull();
  expect(answer.headers.get('server')).toBeNull();
  return JSON.parse(text).error as { code: string; message: string; field?: string };
}

const post = (server: TestServer, body: string, headers: Record<string, string> = json) =>
  fetch(`${server.url}/api/session`, { method: 'POST', headers, body });

describe('G223 an error says what is wrong and nothing of the server', () => {
  test('each code goes with a status that is none of success, and only three are the server’s fault', () => {
    expect(Object.keys(statusOf).sort()).toEqual([...httpErrorCodes].sort());
    for (const status of Object.values(statusOf)) expect(status).toBeGreaterThanOrEqual(400);
    expect(Object.values(statusOf).filter((status) => status >= 500)).toEqual([507, 503, 500]);
  });

  test('what is not there, and methods that are not', async (t) => {
    const { url } = await openServer(t);
    await expectError(await fetch(`${url}/no-such-page?x=${canary}`), 404, 'not_found');
    await expectError(await fetch(`${url}/api/${canary}`), 404, 'not_found');
    await expectError(await fetch(`${url}/api/session`, { method: 'PUT' }), 404, 'not_found');
    await expectError(await fetch(`${url}/api/visitor/socket?site=site-a`), 400, 'malformed');
    await expectError(await fetch(`${url}/%zz`), 400, 'malformed');
  });

  test('D185 bodies that are no JSON, too large, compressed, or poisoned', async (t) => {
    const server = await openServer(t);
    await expectError(await post(server, '{"email":'), 400, 'malformed');
    await expectError(await post(server, ''), 400, 'malformed');
    await expectError(
      await post(server, `{"__proto__":{"a":1},"email":"x@y","password":"${canary}"}`),
      400,
      'malformed',
    );
    await expectError(await post(server, JSON.stringify({ email: canary.repeat(1e4) })), 413, 'too_large');
    await expectError(await post(server, 'x', { ...json, 'content-encoding': 'gzip' }), 400, 'malformed');
    await expectError(
      await post(server, 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }),
      415,
      'unsupported_type',
    );
  });

  test('fields that are missing, too many, or of another type are named', async (t) => {
    const server = await openServer(t);
    const named = async (body: object) =>
      (await expectError(await post(server, JSON.stringify(body)), 400, 'invalid_field')).field;
    expect(await named({ email: 'x@y.example' })).toBe('password');
    expect(await named({ email: 1, password: 'x' })).toBe('email');
    expect(await named({ email: 'x@y.example', password: 'x', role: 'admin' })).toBe('role');
  });

  test('W027 heads that are too large, or have too many fields', async (t) => {
    const { url } = await openServer(t);
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`h${index}`, '']));
    await expectError(await fetch(`${url}/healthz`, { headers: many }), 400, 'malformed');
    expect(await firstLine(url, `GET /healthz HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(64 * 1024)}\r\n\r\n`)).toContain(
      ' 431 ',
    );
    expect(await firstLine(url, `${canary}\r\n\r\n`)).toContain(' 400 ');
  });

  test('what nobody foresaw is in the log, once, and its answer names the line', async (t) => {
    const server = await openServer(t);
    const admin = await server.signIn('admin-a');
    server.context.store.sites.listOf = () => Promise.reject(new Error(`SELECT ${canary}`));
    const answer = await admin.fetch('/api/sites');
    const { request } = (await answer.clone().json()).error;
    await expectError(answer, 500, 'internal');
    const lines = server
      .log()
      .split('\n')
      .filter((line) => line.includes(canary));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] as string)).toMatchObject({ level: 50, reqId: request });
  });

  test('too many requests from one address have to wait', async (t) => {
    const { url } = await openServer(t);
    const answers = await Promise.all(
      Array.from({ length: 700 }, () => fetch(`${url}/api/openapi.json`, { method: 'HEAD' })),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(100);
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });
});

describe('headers', () => {
  test('C142 of every answer: nothing is guessed, framed, kept or told on', async (t) => {
    const server = await openServer(t);
    const anna = await server.signIn();
    const answers = [
      await fetch(`${server.url}/console/`),
      await fetch(`${server.url}/api/docs`),
      await fetch(`${server.url}/healthz`),
      await fetch(`${server.url}/nowhere`),
      await anna.fetch('/api/session'),
      await fetch(`${server.url}/api/session`),
    ];
    for (const { url, headers } of answers) {
      const policy = headers.get('content-security-policy') ?? '';
      expect([url, policy]).toEqual([url, expect.stringMatching(/default-src '(none|self)'/)]);
      expect([url, policy]).toEqual([url, expect.stringContaining('base-uri')]);
      expect([url, policy]).toEqual([url, expect.stringMatching(/frame-ancestors '(none|self)'/)]);
      expect(policy).not.toMatch(/script-src [^;]*unsafe/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('strict-transport-security')).toMatch(/max-age=31536000/);
    }
    for (const { url, headers } of answers.filter(({ url }) => url.includes('/api/session')))
      expect([url, headers.get('cache-control')]).toEqual([url, 'no-store']);
  });

  test('C142 C154 the console runs its own scripts alone, stands in no frame, and makes no markup of text', async (t) => {
    const { url } = await openServer(t);
    const policy = (await fetch(`${url}/console/`)).headers.get('content-security-policy') ?? '';
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "connect-src 'self'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types lit-html',
      'report-uri /policy-reports',
    ])
      expect(policy.split('; ')).toContain(part);
    expect(policy).not.toContain('unsafe');
  });

  test('C142 what browsers refuse is reported to the log, without what may be secret in an address', async (t) => {
    const { url, log } = await openServer(t);
    const report = (body: unknown, type = 'application/csp-report') =>
      fetch(`${url}/policy-reports`, {
        method: 'POST',
        headers: { 'content-type': type, origin: 'null' },
        body: JSON.stringify(body),
      });
    const refused = {
      'effective-directive': 'script-src-elem',
      'blocked-uri': `https://evil.example/${canary}?${canary}`,
      'document-uri': `${url}/console/${canary}?token=${canary}`,
      'script-sample': canary,
    };
    expect((await report({ 'csp-report': refused })).status).toBe(204);
    expect(log()).toMatch(/"directive":"script-src-elem","blocked":"https:\/\/evil\.example","page":"\/console"/);
    const forged = {
      'effective-directive': `x\n{"level":60,"${canary}":1}`,
      'blocked-uri': canary,
      'document-uri': canary,
    };
    expect((await report({ 'csp-report': forged })).status).toBe(204);
    expect(log()).toContain('"directive":"unknown","blocked":"unknown","page":"unknown"');
    expect(log()).not.toContain(canary);
    for (const odd of [{}, [], { 'csp-report': 1 }, { 'csp-report': { 'blocked-uri': 1 } }])
      expect([odd, (await report(odd)).status]).toEqual([odd, 400]);
    expect((await report({ 'csp-report': { 'script-sample': 'x'.repeat(17_000) } })).status).toBe(413);
    expect((await report({ 'csp-report': refused }, 'text/plain')).status).toBe(415);
  });

  test('C142 the preview of the widget stands in the console alone, and asks no server for anything', async (t) => {
    const { url } = await openServer(t);
    const { status, headers } = await fetch(`${url}/console/preview.html`);
    const policy = headers.get('content-security-policy')?.split('; ') ?? [];
    expect(status).toBe(200);
    expect(policy).toEqual(
      expect.arrayContaining(["default-src 'none'", "frame-ancestors 'self'", "trusted-types 'none'"]),
    );
    expect(policy.join()).not.toMatch(/connect-src|unsafe/);
  });
});

describe('G222 the log', () => {
  test('has no password, cookie, token, e-mail address or query in it, and no line that a client forged', async (t) => {
    const server = await openServer(t);
    const anna = await server.signIn();
    await fetch(`${server.url}/api/sites?token=${canary}`, { headers: { cookie: anna.cookie } });
    await fetch(`${server.url}/nowhere/${canary}%0a{"level":60}`);
    await post(server, JSON.stringify({ email: `${canary}@x.example`, password: canary }));
    await post(server, `{"email":"${canary}"`);
    const log = server.log();
    for (const secret of [canary, password, anna.cookie.split('=')[1] as string, anna.csrf, '@balie.example'])
      expect(log).not.toContain(secret);
    for (const line of log.trim().split('\n')) expect(JSON.parse(line).level).toBeLessThan(60);
  });
});

/** Sent as it is, past every client that would refuse to. */
function firstLine(url: string, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(request));
    socket.once('data', (data) => {
      resolve(data.toString().split('\r\n')[0] ?? '');
      socket.destroy();
    });
    socket.once('error', reject);
  });
}
