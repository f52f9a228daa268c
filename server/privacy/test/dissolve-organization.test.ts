import { describe, expect, type TestContext, test } from 'vitest';
import type { ConversationId, OrganizationId } from '../../../protocol/ids.ts';
import { createForgetMail } from '../../mail/forget-mail.ts';
import { createTestDatabase } from '../../store/test/postgres-server.ts';
import { openServer, type TestServer } from '../../test/open-server.ts';
import { dissolveOrganization } from '../dissolve-organization.ts';
import { canariesOf, chat } from './canary-visitor.ts';
import { filesOf, foundIn, tablesOf } from './everything-kept.ts';

const stores = ['SQLite', 'PostgreSQL'] as const;
const organization = (name: string) => `organization-${name}` as OrganizationId;
const things = ['organization', 'queue', 'profile', 'site', 'anna', 'bram', 'admin', 'preset', 'offer', 'mail'];
/** What `furnish` calls all that it makes for the organization. */
const idsOf = (name: string) => [...things, 'webhook', 'key', 'hash'].map((thing) => `${thing}-${name}`);

async function open(t: TestContext, store: (typeof stores)[number]) {
  const database = store === 'PostgreSQL' ? await createTestDatabase() : null;
  if (database) t.onTestFinished(() => database.drop());
  const server = await openServer(t, database ? { databaseUrl: database.url } : {});
  const { context } = server;
  const kept = async (words: readonly string[]) => {
    // Off the write-ahead log, so that what is in the file is all there is.
    await context.store.privacy.scrub();
    const files = foundIn(await filesOf(context.config.dataDir), words);
    return database ? [...files, ...foundIn(await tablesOf(database.execute), words)] : files;
  };
  return { server, kept };
}

const dissolve = ({ context }: TestServer, name: string) => {
  const { store, bus, files, mailFolder, now } = context;
  const forgetMail = createForgetMail({ store, folder: mailFolder });
  return dissolveOrganization({ store, bus, files, forgetMail, mailFolder, now }, organization(name));
};

/** One who talks to the other organization meanwhile. */
async function talkTo(server: TestServer, name: string) {
  const [visitor, agent] = [
    await server.visitor({ site: `site-${name}` as never }),
    await server.agent(`anna-${name}`),
  ];
  await visitor.request();
  const conversation = await agent.accept();
  return { visitor, agent, conversation };
}

describe.each(stores)('T161 an organization that is deleted, on %s', (store) => {
  test('leaves no row and no file, and everything of the others', async (t) => {
    const { server, kept } = await open(t, store);
    const canaries = canariesOf('deleted');
    const { conversation, file } = await chat(server, await server.agent(), canaries);
    await server.signIn('admin-a');
    await server.context.indexer.caughtUp();
    const other = await talkTo(server, 'b');
    await other.visitor.say('still here');
    const gone = [...idsOf('a'), conversation, file, ...Object.values(canaries)];
    const stays = [...idsOf('b'), other.conversation, 'still here'];
    const named = (found: readonly string[]) => [...new Set(found.map((one) => one.split(' in ')[0]))].sort();
    expect(named(await kept(gone))).toEqual([...gone].sort());

    await dissolve(server, 'a');

    expect(await kept(gone)).toEqual([]);
    expect(named(await kept(stays))).toEqual([...stays].sort());
    await other.visitor.say('and goes on');
    await other.agent.reader.find((one) => JSON.stringify(one).includes('and goes on'));
    expect(await server.context.store.organizations.list()).toMatchObject([{ id: 'organization-b' }]);
  });

  test('takes in nothing more of who was connected to it', async (t) => {
    const { server, kept } = await open(t, store);
    const { visitor, agent, conversation } = await talkTo(server, 'a');
    await dissolve(server, 'a');
    expect(await visitor.command({ type: 'message', text: 'said afterwards' })).toMatchObject({ type: 'refusal' });
    const late = { type: 'message', text: 'said afterwards', audience: 'agents' } as const;
    expect(await agent.command(conversation, late)).toMatchObject({ type: 'refusal' });
    expect((await agent.fetch('/api/session')).status).toBe(401);
    await expect(server.signIn('admin-a')).rejects.toThrow('401');
    expect(await kept(['said afterwards', ...idsOf('a')])).toEqual([]);
  });
});

describe('T161 an organization', () => {
  test('is not deleted while any of it is under a legal hold', async (t) => {
    const { server } = await open(t, 'SQLite');
    const { conversation } = await talkTo(server, 'a');
    await server.context.store.privacy.setHeld([conversation as ConversationId], true);
    await expect(dissolve(server, 'a')).rejects.toThrow('1 of its conversations are under a legal hold');
    expect((await server.signIn('admin-a')).fetch).toBeDefined();
    await server.context.store.privacy.setHeld([conversation as ConversationId], false);
    await dissolve(server, 'a');
    expect(await server.context.store.organizations.list()).toHaveLength(1);
  });
});
