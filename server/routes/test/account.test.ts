import { describe, expect, type TestContext, test } from 'vitest';
import { totpCode } from '../../identity/totp.ts';
import { password } from '../../test/furnish.ts';
import { openServer } from '../../test/open-server.ts';

async function openAccount(t: TestContext) {
  const server = await openServer(t);
  const anna = await server.signIn();
  let now = Date.now();
  const code = (secret: string) => totpCode(secret, Math.floor(now / 30_000));
  const nextCode = (secret: string) => {
    server.advance(30_000);
    now += 30_000;
    return code(secret);
  };
  const signIn = (body: object) =>
    fetch(`${server.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.url },
      body: JSON.stringify({ email: 'anna-a@balie.example', password, ...body }),
    });
  const put = (path: string, body: unknown) => anna.fetch(`/api/account/${path}`, { method: 'PUT', body });
  const turnOn = async () => {
    const { secret } = (await (await anna.fetch('/api/account/two-factor', { method: 'POST' })).json()) as {
      secret: string;
    };
    const { codes } = (await (await put('two-factor', { secret, code: code(secret) })).json()) as { codes: string[] };
    return { secret, codes };
  };
  return { server, anna, code, nextCode, signIn, put, turnOn };
}

const codeOf = async (answer: Response) => [answer.status, (await answer.json()).error.code];

describe('the second factor', () => {
  test('is not on until a code of the app came back', async (t) => {
    const { anna, put, signIn } = await openAccount(t);
    const { secret } = (await (await anna.fetch('/api/account/two-factor', { method: 'POST' })).json()) as {
      secret: string;
    };
    expect((await put('two-factor', { secret, code: '000000' })).status).toBe(400);
    expect((await signIn({})).status).toBe(200);
  });

  test('C140 once it is on the password alone opens nothing, and no code opens twice', async (t) => {
    const { turnOn, signIn, nextCode } = await openAccount(t);
    const { secret } = await turnOn();
    expect(await codeOf(await signIn({}))).toEqual([401, 'second_factor_expected']);
    const code = nextCode(secret);
    expect((await signIn({ code })).status).toBe(200);
    expect(await codeOf(await signIn({ code }))).toEqual([401, 'second_factor_expected']);
    expect(await codeOf(await signIn({ code: nextCode(secret), password: 'wrong' }))).toEqual([401, 'sign_in_failed']);
  });

  test('C140 a recovery code opens once, and is one less', async (t) => {
    const { turnOn, signIn, anna } = await openAccount(t);
    const { codes } = await turnOn();
    expect(new Set(codes).size).toBe(10);
    expect((await signIn({ code: codes[3] })).status).toBe(200);
    expect((await signIn({ code: codes[3] })).status).toBe(401);
    expect(await (await anna.fetch('/api/account/two-factor')).json()).toEqual({ on: true, recoveryLeft: 9 });
  });

  test('C140 of sign-ins at the same instant with one code, one passes; with a code each, all do', async (t) => {
    const { turnOn, signIn, nextCode } = await openAccount(t);
    const { secret, codes } = await turnOn();
    const together = async (tries: readonly string[]) =>
      (await Promise.all(tries.map((code) => signIn({ code })))).filter(({ status }) => status === 200).length;
    const code = nextCode(secret);
    expect(await together([code, code, code])).toBe(1);
    expect(await together(Array(3).fill(codes[0]))).toBe(1);
    expect(await together(codes.slice(1, 4))).toBe(3);
  });

  test('C140 CVE-2026-62862 of a thousand guessed codes few are looked at, and then not the right one either', async (t) => {
    const { turnOn, signIn, nextCode } = await openAccount(t);
    const { secret } = await turnOn();
    const code = nextCode(secret);
    const statuses: number[] = [];
    for (let tries = 0; tries < 1000; tries += 50) {
      const guesses = Array.from({ length: 50 }, () => signIn({ code: 'abcdef' }));
      for (const answer of await Promise.all(guesses)) statuses.push(answer.status);
    }
    expect(new Set(statuses)).toEqual(new Set([401, 429]));
    expect(statuses.filter((status) => status === 401).length).toBeLessThan(50);
    expect((await signIn({ code })).status).toBe(429);
  }, 60_000);

  test('C140 taking it off asks for the password', async (t) => {
    const { anna, turnOn, signIn } = await openAccount(t);
    await turnOn();
    const off = (current: string) => anna.fetch('/api/account/two-factor/off', { method: 'POST', body: { current } });
    expect((await off('wrong')).status).toBe(400);
    expect((await signIn({})).status).toBe(401);
    expect((await off(password)).status).toBe(200);
    expect((await signIn({})).status).toBe(200);
  });

  test('an administrator takes it off for who lost theirs', async (t) => {
    const { server, turnOn, signIn } = await openAccount(t);
    await turnOn();
    const admin = await server.signIn('admin-a');
    expect((await admin.fetch('/api/people/anna-a/two-factor', { method: 'DELETE' })).status).toBe(200);
    expect((await signIn({})).status).toBe(200);
  });
});

describe('the password', () => {
  test('C134 another one ends every session, and only who knows the one before chooses it', async (t) => {
    const { server, anna, put, signIn } = await openAccount(t);
    const elsewhere = await server.signIn();
    expect((await put('password', { current: 'wrong', password: 'a sentence of mine' })).status).toBe(400);
    expect((await put('password', { current: password, password: 'short' })).status).toBe(400);
    expect((await put('password', { current: password, password: 'a sentence of mine' })).status).toBe(204);
    for (const session of [anna, elsewhere]) expect((await session.fetch('/api/session')).status).toBe(401);
    expect((await signIn({})).status).toBe(401);
    expect((await signIn({ password: 'a sentence of mine' })).status).toBe(200);
  });

  test('signing out everywhere leaves no session', async (t) => {
    const { server, anna } = await openAccount(t);
    const elsewhere = await server.signIn();
    expect((await anna.fetch('/api/account/sign-out-everywhere', { method: 'POST' })).status).toBe(204);
    for (const session of [anna, elsewhere]) expect((await session.fetch('/api/session')).status).toBe(401);
  });
});
