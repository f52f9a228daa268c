import { describe, expect, type TestContext, test } from 'vitest';
import type { PersonQuery, PersonSummary } from '../../../protocol/privacy.ts';
import type { Config } from '../../config.ts';
import { createTestDatabase, type TestDatabase } from '../../store/test/postgres-server.ts';
import { openServer, type TestServer } from '../../test/open-server.ts';
import type { TestAgent } from '../../test/test-agent.ts';
import { type Canaries, canariesOf, chat } from './canary-visitor.ts';
import { filesOf, foundIn, tablesOf } from './everything-kept.ts';

const stores = ['SQLite', 'PostgreSQL'] as const;

async function open(t: TestContext, store: (typeof stores)[number]) {
  const database = store === 'PostgreSQL' ? await createTestDatabase() : null;
  const settings: Partial<Config> = database ? { databaseUrl: database.url } : {};
  // What is registered first is done last.
  if (database) t.onTestFinished(() => database.drop());
  const server = await openServer(t, settings);
  const anna = await server.agent();
  const admin = await server.signIn('admin-a');
  return { server, anna, admin, kept: (canaries: Canaries) => keptOf(server, database, canaries) };
}

async function keptOf(server: TestServer, database: TestDatabase | null, canaries: Canaries): Promise<string[]> {
  const all = Object.values(canaries);
  const files = foundIn(await filesOf(server.context.config.dataDir), all);
  return database ? [...files, ...foundIn(await tablesOf(database.execute), all)] : files;
}

const ask = (admin: TestAgent, path: string, body: PersonQuery) =>
  admin.fetch(`/api/privacy/${path}`, { method: 'POST', body });

async function erase(server: TestServer, admin: TestAgent, person: PersonQuery): Promise<number> {
  const { status } = await ask(admin, 'erasures', person);
  await server.context.privacy.wake();
  return status;
}

const bySubject = ({ subject }: Canaries): PersonQuery => ({ by: 'subject', value: subject, site: null });
const byEmail = ({ email }: Canaries): PersonQuery => ({ by: 'email', value: email.toUpperCase(), site: null });

describe.each(stores)('erasing a visitor on %s', (store) => {
  test('G224 leaves not a byte of them in the data folder or a table, and all of another', async (t) => {
    const { server, anna, admin, kept } = await open(t, store);
    const [erased, other] = [canariesOf('gone'), canariesOf('stays')];
    const { file } = await chat(server, anna, erased);
    await chat(server, anna, other);
    await server.context.indexer.caughtUp();
    // What is looked for is found while it is there.
    expect(new Set((await kept(erased)).map((found) => found.split(' ')[0]))).toEqual(new Set(Object.values(erased)));
    const othersBefore = (await kept(other)).length;

    const found = (await (await ask(admin, 'find', bySubject(erased))).json()) as PersonSummary;
    expect(found).toMatchObject({ conversations: 1, sessions: 1, files: 1 });
    expect(await erase(server, admin, bySubject(erased))).toBe(202);

    expect(await kept(erased)).toEqual([]);
    expect(new Set((await kept(other)).map((place) => place.split(' ')[0])).size).toBe(Object.keys(other).length);
    expect(othersBefore).toBeGreaterThan(0);
    expect((await anna.fetch(`/files/${file}`)).status).toBe(404);
    expect(server.log()).not.toContain('gone');
    const { erasures } = (await (await admin.fetch('/api/privacy/erasures')).json()) as { erasures: object[] };
    expect(erasures).toMatchObject([{ conversations: 1, files: 1, doneAt: expect.any(Number), requestedBy: 'admin' }]);
  });

  test('G224 by an address that was only typed, however it was spelled', async (t) => {
    const { server, anna, admin, kept } = await open(t, store);
    const erased = canariesOf('typed');
    await chat(server, anna, erased, { verified: false });
    expect(await erase(server, admin, byEmail(erased))).toBe(202);
    expect(await kept(erased)).toEqual([]);
    expect((await ask(admin, 'erasures', byEmail(erased))).status).toBe(404);
  });

  test('a chat that is under way ends, its visitor and its agent are told, and nothing comes back', async (t) => {
    const { server, anna, admin, kept } = await open(t, store);
    const erased = canariesOf('there');
    const { visitor, conversation } = await chat(server, anna, erased, { end: false });
    expect(await erase(server, admin, bySubject(erased))).toBe(202);
    expect(await visitor.reader.ofType('fault')).toMatchObject({ code: 'signed_out' });
    await anna.reader.find((frame) => frame.type === 'gone' && frame.reason === 'erased');

    expect(await anna.command(conversation, { type: 'classify', note: erased.note })).toMatchObject({
      code: 'not_found',
    });
    expect(await kept(erased)).toEqual([]);
  });

  test('the same person later is somebody new, and an old session opens nothing', async (t) => {
    const { server, anna, admin, kept } = await open(t, store);
    const erased = canariesOf('back');
    const { visitor, token } = await chat(server, anna, erased);
    await erase(server, admin, bySubject(erased));
    const again = server.connect({ ...(visitor.keys && { keys: visitor.keys }) });
    await again.sayHello({ token: token as string, session: visitor.session as string });
    expect(await again.reader.ofType('fault')).toMatchObject({ code: 'session_refused' });
    const anew = server.connect({ ...(visitor.keys && { keys: visitor.keys }) });
    expect((await anew.hello({ token: token as string })).conversation).toBeNull();
    expect(await kept(erased)).toEqual([]);
  });
});

describe('erasing a visitor', () => {
  test('what another organization keeps is not found', async (t) => {
    const { server, anna } = await open(t, 'SQLite');
    const canaries = canariesOf('ours');
    await chat(server, anna, canaries);
    const stranger = await server.signIn('admin-b');
    expect(await (await ask(stranger, 'find', bySubject(canaries))).json()).toMatchObject({ conversations: 0 });
    expect((await ask(stranger, 'erasures', byEmail(canaries))).status).toBe(404);
    expect((await ask(stranger, 'find', { ...bySubject(canaries), site: 'site-a' as never })).status).toBe(404);
  });

  test('G225 is refused while any of it is under a legal hold', async (t) => {
    const { server, anna, admin } = await open(t, 'SQLite');
    const canaries = canariesOf('held');
    await chat(server, anna, canaries);
    const hold = async (held: boolean) =>
      (
        await admin.fetch('/api/privacy/hold', { method: 'POST', body: { ...bySubject(canaries), held } })
      ).json() as Promise<PersonSummary>;
    expect(await hold(true)).toMatchObject({ conversations: 1, held: 1 });
    expect((await ask(admin, 'erasures', bySubject(canaries))).status).toBe(409);
    expect(await hold(false)).toMatchObject({ held: 0 });
    expect(await erase(server, admin, bySubject(canaries))).toBe(202);
  });

  test('the audit log tells who had somebody erased, and not whom', async (t) => {
    const { server, anna, admin } = await open(t, 'SQLite');
    const canaries = canariesOf('secret');
    await chat(server, anna, canaries);
    await erase(server, admin, byEmail(canaries));
    const text = await (await admin.fetch('/api/audit')).text();
    for (const action of ['privacy.erase', 'privacy.erased']) expect(text).toContain(action);
    expect(text).not.toContain('secret');
  });
});
