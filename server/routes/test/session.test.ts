import { describe, expect, test } from 'vitest';
import { limits } from '../../../protocol/limits.ts';
import { hashToken } from '../../identity/secret-token.ts';
import { password } from '../../test/furnish.ts';
import { openServer } from '../../test/open-server.ts';

interface Try {
  readonly email?: string;
  readonly password?: string;
  readonly headers?: Record<string, string>;
}

function signIn(url: string, { email = 'anna-a@balie.example', password: word = password, headers = {} }: Try = {}) {
  return fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url, ...headers },
    body: JSON.stringify({ email, password: word }),
  });
}

const cookieOf = (answer: Response): string => answer.headers.get('set-cookie') ?? '';
const pairOf = (cookie: string): string => cookie.split(';')[0] ?? '';
const codeOf = async (answer: Response): Promise<string> => (await answer.json()).error.code;

describe('signing in', () => {
  test('answers with who it is and a csrf value, and the session lets them in', async (t) => {
    const { url } = await openServer(t);
    const answer = await signIn(url);
    expect(answer.status).toBe(200);
    const said = await answer.json();
    expect(said).toEqual({ agent: { id: 'anna-a', name: 'anna' }, role: 'agent', csrf: expect.any(String) });
    const again = await fetch(`${url}/api/session`, { headers: { cookie: pairOf(cookieOf(answer)) } });
    expect(await again.json()).toEqual(said);
  });

  test('takes an e-mail address however it is capitalised', async (t) => {
    const { url } = await openServer(t);
    expect((await signIn(url, { email: ' Anna-A@Balie.Example ' })).status).toBe(200);
  });

  test('C135 the cookie is out of scripts’ reach and for this host alone', async (t) => {
    const { url } = await openServer(t);
    const cookie = cookieOf(await signIn(url));
    for (const part of [/^balie=[\w-]{43};/, /HttpOnly/, /SameSite=Strict/, /Path=\//]) expect(cookie).toMatch(part);
    expect(cookie).not.toMatch(/Domain|Secure/);
  });

  test('C135 over HTTPS, be it at a proxy, it is a __Host- cookie', async (t) => {
    const publicUrl = 'https://balie.example';
    const { url } = await openServer(t, { publicUrl });
    const answer = await signIn(url, { headers: { origin: publicUrl } });
    expect(cookieOf(answer)).toMatch(/^__Host-balie=[\w-]{43};/);
    expect(cookieOf(answer)).toMatch(/; Secure/);
    const plain = pairOf(cookieOf(answer)).replace('__Host-', '');
    expect((await fetch(`${url}/api/session`, { headers: { cookie: plain } })).status).toBe(401);
  });

  test('W040 the store keeps a hash, which is no key', async (t) => {
    const { context, url } = await openServer(t);
    const token = pairOf(cookieOf(await signIn(url))).split('=')[1] as string;
    expect(await context.store.staffSessions.find(token, Date.now())).toBeNull();
    expect(await context.store.staffSessions.find(hashToken(token), Date.now())).not.toBeNull();
    const cookie = `balie=${hashToken(token)}`;
    expect((await fetch(`${url}/api/session`, { headers: { cookie } })).status).toBe(401);
  });

  test('C134 makes another session than the browser brought along, which is over', async (t) => {
    const { url } = await openServer(t);
    const first = pairOf(cookieOf(await signIn(url)));
    const second = pairOf(cookieOf(await signIn(url, { headers: { cookie: first } })));
    expect(second).not.toBe(first);
    expect((await fetch(`${url}/api/session`, { headers: { cookie: first } })).status).toBe(401);
    const planted = pairOf(cookieOf(await signIn(url, { headers: { cookie: 'balie=planted' } })));
    expect(planted).not.toBe('balie=planted');
  });

  test('C138 says the same of an unknown address as of a wrong password', async (t) => {
    const { url } = await openServer(t);
    const [unknown, wrong] = [
      await signIn(url, { email: 'nobody@balie.example' }),
      await signIn(url, { password: 'wrong' }),
    ];
    expect([unknown.status, wrong.status]).toEqual([401, 401]);
    const [one, other] = [await unknown.json(), await wrong.json()];
    expect({ ...one.error, request: '' }).toEqual({ ...other.error, request: '' });
  });

  test('C138 takes as long over an unknown address as over a wrong password', async (t) => {
    const server = await openServer(t);
    const times = { unknown: [] as number[], wrong: [] as number[] };
    for (let round = 0; round < 15; round++) {
      // Past every delay that failed tries bring about.
      server.advance(20 * limits.signInDelayMaxMs);
      for (const [kind, email] of [
        ['unknown', `nobody-${round}@balie.example`],
        ['wrong', 'anna-a@balie.example'],
      ] as const) {
        const startedAt = performance.now();
        expect((await signIn(server.url, { email, password: 'wrong' })).status).toBe(401);
        times[kind].push(performance.now() - startedAt);
      }
    }
    // The fastest of each is what the work takes, whatever else the machine was at: without a hash it is a tenth of it.
    const [unknown, wrong] = [Math.min(...times.unknown), Math.min(...times.wrong)];
    expect(unknown).toBeGreaterThan(wrong / 2);
    expect(wrong).toBeGreaterThan(unknown / 2);
  });

  test('takes JSON alone', async (t) => {
    const { url } = await openServer(t);
    const body = JSON.stringify({ email: 'anna-a@balie.example', password });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', 'text/json', '']) {
      const answer = await fetch(`${url}/api/session`, { method: 'POST', headers: { 'content-type': type }, body });
      expect([type, answer.status]).toEqual([type, 415]);
    }
  });

  test('ends after a week', async (t) => {
    const { advance, signIn: sign } = await openServer(t);
    const anna = await sign();
    advance(limits.staffSessionMs - 60_000);
    expect((await anna.fetch('/api/session')).status).toBe(200);
    advance(60_001);
    expect((await anna.fetch('/api/session')).status).toBe(401);
  });
});

describe('signing out', () => {
  test('ends this session and its sockets, and no other', async (t) => {
    const server = await openServer(t);
    const [here, there] = [await server.agent(), await server.agent()];
    expect((await here.fetch('/api/session', { method: 'DELETE' })).status).toBe(204);
    expect(await here.reader.ofType('fault')).toMatchObject({ code: 'signed_out' });
    expect((await here.reader.closed).code).toBe(4401);
    expect((await here.fetch('/api/session')).status).toBe(401);
    expect((await there.fetch('/api/session')).status).toBe(200);
    there.send({ type: 'ping' });
    await there.reader.ofType('pong');
  });
});

describe('guessing passwords', () => {
  const wrong = (url: string, headers = {}) => signIn(url, { password: 'wrong', headers });
  const free = limits.freeSignInFailures;

  test('C137 takes longer every time, and ends well for who knows it', async (t) => {
    const { advance, url } = await openServer(t);
    for (let tries = 0; tries < free; tries++) expect((await wrong(url)).status).toBe(401);
    const waits: number[] = [];
    for (let tries = 0; tries < 8; tries++) {
      const answer = await wrong(url);
      expect(answer.status).toBe(429);
      const seconds = Number(answer.headers.get('retry-after'));
      waits.push(seconds);
      advance(seconds * 1000);
      expect((await wrong(url)).status).toBe(401);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
    const right = await signIn(url);
    expect([right.status, await codeOf(right)]).toEqual([429, 'too_many']);
    advance(60_000);
    expect((await signIn(url)).status).toBe(200);
    expect((await signIn(url)).status).toBe(200);
  });

  test('C137 a thousand at once are no way around it', async (t) => {
    const { url } = await openServer(t);
    const answers = await Promise.all(Array.from({ length: 100 }, () => wrong(url)));
    const tried = answers.filter(({ status }) => status === 401);
    expect(tried.length).toBeGreaterThanOrEqual(free);
    // A machine that is busy for seconds lets the seconds pass that the next tries wait for.
    expect(tried.length).toBeLessThan(2 * free);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(100 - tried.length);
  });

  test('C137 one password on many accounts is slowed by address', async (t) => {
    const { url } = await openServer(t);
    const tries = limits.freeSignInFailuresPerAddress;
    for (let index = 0; index < tries; index++)
      expect((await signIn(url, { email: `guess-${index}@balie.example` })).status).toBe(401);
    expect((await signIn(url, { email: 'guess-last@balie.example' })).status).toBe(429);
  });

  test('C137 D186 naming another address in a header is none', async (t) => {
    const { url } = await openServer(t);
    for (let tries = 0; tries < free; tries++) await wrong(url, { 'x-forwarded-for': `203.0.113.${tries}` });
    expect((await wrong(url, { 'x-forwarded-for': '203.0.113.99' })).status).toBe(429);
  });

  test('C137 a stranger who keeps guessing does not keep an agent out from where they are at home', async (t) => {
    const { url } = await openServer(t, { trustProxy: ['127.0.0.1'] });
    const home = { 'x-forwarded-for': '198.51.100.7' };
    expect((await signIn(url, { headers: home })).status).toBe(200);
    for (let tries = 0; tries < free + 3; tries++) await wrong(url, { 'x-forwarded-for': `203.0.113.${tries}` });
    expect((await signIn(url, { headers: { 'x-forwarded-for': '203.0.113.99' } })).status).toBe(429);
    expect((await signIn(url, { headers: home })).status).toBe(200);
    for (let tries = 0; tries < free; tries++) expect((await wrong(url, home)).status).toBe(401);
    expect((await wrong(url, home)).status).toBe(429);
  });
});
