import { describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { closeCodes } from '../../../protocol/codes.ts';
import { limits } from '../../../protocol/limits.ts';
import { hashToken } from '../../identity/secret-token.ts';
import { origin } from '../../test/furnish.ts';
import { openServer } from '../../test/open-server.ts';
import { signToken } from '../../test/sign-token.ts';
import { TestAgent } from '../../test/test-agent.ts';
import { newKeys } from '../../test/test-visitor.ts';

/** The status that a refused upgrade was answered with; 101 if it was not refused. */
function upgradeStatus(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url.replace('http', 'ws'), { headers });
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.on('error', reject);
  });
}

describe('a visitor’s hello', () => {
  test('HEL1 the server speaks first, with a nonce of this socket and its time', async (t) => {
    const { connect } = await openServer(t);
    const [one, other] = await Promise.all([connect(), connect()].map((visitor) => visitor.reader.ofType('challenge')));
    expect(one?.nonce).not.toBe(other?.nonce);
    expect(one?.version).toBe(1);
  });

  test('HEL4 a visitor with a proof is welcome and anonymous', async (t) => {
    const { connect } = await openServer(t);
    const ready = await connect().hello();
    expect(ready).toMatchObject({ identity: { state: 'anonymous' }, conversation: null, site: { name: 'Site a' } });
    expect(ready.session).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  for (const [what, sign] of [
    ['a nonce of another socket', { nonce: 'another-nonce-another-nonce' }],
    ['another site', { aud: 'site-b' }],
    ['an old time', { iat: 1 }],
    ['a token that was not sent', { ath: 'x' }],
    ['an unknown claim', { admin: true }],
  ] as const)
    test(`HEL4 J076 a proof over ${what} ends the socket`, async (t) => {
      const visitor = (await openServer(t)).connect();
      await visitor.sayHello({ sign });
      expect(await visitor.reader.ofType('fault')).toMatchObject({ code: 'proof_refused' });
      expect((await visitor.reader.closed).code).toBe(closeCodes.unauthorized);
    });

  test('W021 who says nothing is let go when the time for a hello is over', async (t) => {
    const { connect } = await openServer(t);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    t.onTestFinished(() => void vi.useRealTimers());
    const visitor = connect();
    await visitor.reader.ofType('challenge');
    vi.advanceTimersByTime(limits.helloTimeoutMs - 1);
    expect(visitor.socket.readyState).toBe(WebSocket.OPEN);
    vi.advanceTimersByTime(1);
    expect(await visitor.reader.ofType('fault')).toMatchObject({ code: 'hello_timeout' });
    expect((await visitor.reader.closed).code).toBe(closeCodes.timeout);
  });

  test('HEL2 W022 nothing but a hello is taken first', async (t) => {
    const { connect } = await openServer(t);
    const visitor = connect();
    await visitor.reader.ofType('challenge');
    visitor.send({ type: 'typing', on: true });
    expect(await visitor.reader.ofType('fault')).toMatchObject({ code: 'hello_expected' });
    expect((await visitor.reader.closed).code).toBe(closeCodes.malformed);
  });

  test('HEL3 W022 a second hello ends the socket', async (t) => {
    const visitor = await (await openServer(t)).visitor();
    await visitor.sayHello();
    expect((await visitor.reader.closed).code).toBe(closeCodes.malformed);
  });

  test('W022 a version that the server does not speak is told so', async (t) => {
    const visitor = (await openServer(t)).connect();
    await visitor.sayHello({ version: 99 });
    expect(await visitor.reader.ofType('fault')).toMatchObject({ code: 'version_unsupported' });
    expect((await visitor.reader.closed).code).toBe(closeCodes.upgradeRequired);
  });

  test('HEL6 a token that fails a check never blocks the chat', async (t) => {
    const { connect } = await openServer(t);
    const ready = await connect().hello({ token: 'not.a.token' });
    expect(ready.identity).toEqual({ state: 'refused', check: 'malformed' });
    const huge = await connect().hello({ token: 'x'.repeat(9000) });
    expect(huge.identity).toEqual({ state: 'refused', check: 'too_large' });
  });

  test('a verified visitor need not be asked what the site signed', async (t) => {
    const { connect } = await openServer(t);
    const ready = await connect().hello({ token: await signToken() });
    expect(ready.identity).toMatchObject({ state: 'verified', known: ['name', 'email'] });
  });

  test('W018 W019 an origin that is not on the site’s list gets no upgrade', async (t) => {
    const { url } = await openServer(t);
    const socket = `${url}/api/visitor/socket?site=site-a`;
    expect(await upgradeStatus(socket, { origin })).toBe(101);
    for (const foreign of [
      'https://evil-shop.example',
      'https://shop.example.evil.io',
      'http://shop.example',
      'https://shop.example:8443',
      'null',
      '',
    ])
      expect(await upgradeStatus(socket, { origin: foreign })).toBe(403);
    expect(await upgradeStatus(socket, {})).toBe(403);
    expect(await upgradeStatus(`${url}/api/visitor/socket?site=nobody`, { origin })).toBe(403);
    expect(await upgradeStatus(`${url}/api/visitor/socket`, { origin })).toBe(403);
  });
});

describe('a session', () => {
  test('HEL8 D188 is not kept before the first request', async (t) => {
    const { connect, visitor } = await openServer(t);
    const keys = await newKeys();
    const { session } = await visitor({ keys });
    const again = connect({ keys });
    await again.sayHello({ session: session as string });
    expect(await again.reader.ofType('fault')).toMatchObject({ code: 'session_refused' });
  });

  test('HEL5 W037 W038 is good with its own browser key and no other', async (t) => {
    const { connect, visitor } = await openServer(t);
    const keys = await newKeys();
    const first = await visitor({ keys });
    await first.request();
    const session = first.session as string;
    const back = await connect({ keys }).hello({ session });
    expect(back.conversation).not.toBeNull();
    expect(back.session).toBeUndefined();

    const thief = connect();
    await thief.sayHello({ session });
    expect(await thief.reader.ofType('fault')).toMatchObject({ code: 'session_refused' });
    expect((await thief.reader.closed).code).toBe(closeCodes.unauthorized);
  });

  test('W040 is in the store as a hash that opens nothing', async (t) => {
    const { connect, context, visitor } = await openServer(t);
    const keys = await newKeys();
    const first = await visitor({ keys });
    await first.request();
    const hash = hashToken(first.session as string);
    expect(await context.store.sessions.findByTokenHash('site-a' as never, hash)).not.toBeNull();
    const thief = connect({ keys });
    await thief.sayHello({ session: hash });
    expect(await thief.reader.ofType('fault')).toMatchObject({ code: 'session_refused' });
  });

  test('T158 of one site is unknown at another', async (t) => {
    const { connect, visitor } = await openServer(t);
    const keys = await newKeys();
    const first = await visitor({ keys });
    await first.request();
    const elsewhere = connect({ keys, site: 'site-b' });
    await elsewhere.sayHello({ session: first.session as string });
    expect(await elsewhere.reader.ofType('fault')).toMatchObject({ code: 'session_refused' });
  });
});

describe('an agent’s socket', () => {
  test('HEL7 W020 C136 opens for the console alone, with a cookie and the csrf value', async (t) => {
    const { signIn, url } = await openServer(t);
    const agent = await signIn();
    const socket = `${url}/api/agent/socket`;
    expect(await upgradeStatus(socket, { origin: 'https://evil.example', cookie: agent.cookie })).toBe(403);
    expect(await upgradeStatus(socket, { cookie: agent.cookie })).toBe(403);
    const stranger = new TestAgent(url, 'balie=guessed', agent.csrf).open();
    await stranger.reader.ofType('challenge');
    stranger.socket.send(JSON.stringify({ type: 'hello', version: 1, csrf: agent.csrf, cursors: [] }));
    expect(await stranger.reader.ofType('fault')).toMatchObject({ code: 'sign_in_expected' });
    const { reader } = agent.open();
    await reader.ofType('challenge');
    agent.send({ type: 'hello', version: 1, csrf: 'guessed', cursors: [] });
    expect(await reader.ofType('fault')).toMatchObject({ code: 'sign_in_expected' });
    expect((await reader.closed).code).toBe(closeCodes.unauthorized);
  });
});
