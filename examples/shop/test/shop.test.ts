import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { customers } from '../customers.ts';
import { html } from '../html.ts';
import { createSessions } from '../sessions.ts';
import { readSettings } from '../settings.ts';
import { createShop } from '../shop.ts';

const env = {
  DEMO_PORT: '0',
  BALIE_URL: 'http://balie.example:8080',
  BALIE_SITE: 'site-1',
  BALIE_KEY_ID: 'key-1',
  BALIE_KEY_SECRET: 'c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldC0',
};

async function openShop() {
  const server = createServer(createShop(readSettings(env)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(origin + path, { method: 'POST', redirect: 'manual', body, headers: { origin, ...headers } });
  return { origin, post };
}

const thumbprint = 'A'.repeat(43);

test('a customer who signs in comes back to the same page, with a cookie that no script can read', async () => {
  const { origin, post } = await openShop();
  const response = await post('/sign-in', 'customer=ada&from=/help');
  expect(response.headers.get('location')).toBe('/help');
  const cookie = response.headers.get('set-cookie') ?? '';
  expect(cookie).toContain('HttpOnly');
  const page = await fetch(`${origin}/help`, { headers: { cookie } });
  expect(await page.text()).toContain('Ada Lovelace');
});

test('a page of another site can sign nobody in or out, and gets no token', async () => {
  const { post } = await openShop();
  for (const path of ['/sign-in', '/sign-out', '/balie-token']) {
    expect((await post(path, 'customer=ada', { origin: 'http://evil.example' })).status).toBe(403);
  }
});

test('a token names the customer and the one browser it is for; nobody signed in is null', async () => {
  const { post } = await openShop();
  const body = JSON.stringify({ thumbprint });
  expect(await (await post('/balie-token', body)).json()).toEqual({ token: null });
  const cookie = (await post('/sign-in', 'customer=ben')).headers.get('set-cookie') ?? '';
  const { token } = (await (await post('/balie-token', body, { cookie })).json()) as { token: string };
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  expect(claims).toMatchObject({ sub: 'ben', aud: env.BALIE_SITE, cnf: { jkt: thumbprint } });
});

test('signing in never leads to another host', async () => {
  const { post } = await openShop();
  for (const from of ['//evil.example', '/\\evil.example', 'https://evil.example', '/a?b=//c']) {
    const response = await post('/sign-in', String(new URLSearchParams({ customer: 'ada', from })));
    expect(response.headers.get('location')).toBe('/');
  }
});

test('a session ends by itself, and its cookie cannot be altered', () => {
  let now = 0;
  const sessions = createSessions(env.BALIE_KEY_SECRET, () => now);
  const ada = customers.find(({ id }) => id === 'ada');
  if (!ada) throw new Error('Ada is not in the list');
  const cookie = sessions.cookieFor(ada).split(';')[0];
  expect(sessions.customer(cookie)).toBe(ada);
  expect(sessions.customer(cookie?.replace('ada', 'ben'))).toBeNull();
  now += 13 * 3_600_000;
  expect(sessions.customer(cookie)).toBeNull();
});

test('text never becomes markup', () => {
  expect(html`<p title="${'"><script>'}">${"<b>&'"}</p>`.markup).toBe(
    '<p title="&quot;&gt;&lt;script&gt;">&lt;b&gt;&amp;&#39;</p>',
  );
});

test('a broken setting is told in one line', () => {
  expect(() => readSettings({ ...env, DEMO_PORT: 'http' })).toThrow(/^DEMO_PORT must be a port number/);
  expect(() => readSettings({ ...env, BALIE_KEY_SECRET: '' })).toThrow(/^BALIE_KEY_SECRET is not set/);
});
