import { describe, expect, type TestContext, test } from 'vitest';
import { openServer } from '../../test/open-server.ts';
import { TestAgent } from '../../test/test-agent.ts';

const ada = { organization: 'Gloed', name: 'Ada', email: 'Ada@Gloed.example', password: 'a sentence of mine' };
const guess = 'x'.repeat(43);

async function openFresh(t: TestContext, organizations: string[] = []) {
  const { url, context } = await openServer(t, {}, organizations);
  const begin = (change: object = {}) =>
    fetch(`${url}/api/first-run`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify({ ...ada, code: context.firstRunCode, ...change }),
    });
  const isOpen = async () => (await (await fetch(`${url}/api/first-run`)).json()).open;
  const signIn = () => TestAgent.signIn({ url, email: ada.email, password: ada.password });
  return { url, context, begin, isOpen, signIn };
}

describe('1: a server without an organization', () => {
  test('lets who has its code make one, once, with a queue and a profile to begin with', async (t) => {
    const { begin, isOpen, signIn, context } = await openFresh(t);
    expect(await isOpen()).toBe(true);
    expect((await begin()).status).toBe(204);
    const admin = await signIn();
    const { queues } = await (await admin.fetch('/api/queues')).json();
    expect(queues).toMatchObject([{ name: 'Support', open: true }]);
    expect(await (await admin.fetch('/api/profiles')).json()).toMatchObject({ profiles: [{ name: 'Support' }] });
    const { entries } = await (await admin.fetch('/api/audit')).json();
    expect(entries).toContainEqual(
      expect.objectContaining({ action: 'organization.create', actor: { id: 'operator', name: 'Operator' } }),
    );
    expect(await isOpen()).toBe(false);
    expect((await begin({ email: 'eve@gloed.example' })).status).toBe(404);
    expect(await context.store.agents.findByEmail('eve@gloed.example')).toBeNull();
  });

  test('refuses a stranger’s guesses, and slows them down', async (t) => {
    const { begin, isOpen } = await openFresh(t);
    const answers: number[] = [];
    for (let guesses = 0; guesses < 12; guesses++) answers.push((await begin({ code: guess })).status);
    expect(answers[0]).toBe(403);
    expect(answers.at(-1)).toBe(429);
    expect(await isOpen()).toBe(true);
  });

  test('makes one of two that are sent together', async (t) => {
    const { begin } = await openFresh(t);
    const answers = await Promise.all([begin(), begin({ email: 'eve@gloed.example' })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404]);
  });

  test('names the field that is wrong, and makes nothing', async (t) => {
    const { begin, isOpen } = await openFresh(t);
    const answer = await begin({ email: 'no address' });
    expect([answer.status, (await answer.json()).error.field]).toEqual([400, 'email']);
    expect((await begin({ password: 'short' })).status).toBe(400);
    expect(await isOpen()).toBe(true);
  });

  test('is none any more once there is one', async (t) => {
    const { begin, isOpen } = await openFresh(t, ['a']);
    expect(await isOpen()).toBe(false);
    expect((await begin()).status).toBe(404);
  });
});
