import { expect, test } from 'vitest';
import type { AuditPage } from '../../../protocol/audit.ts';
import { createReadings, mostRefusals, oneReadingMs } from '../../realtime/readings.ts';
import type { AuditRecord } from '../../store/audit-store.ts';
import { formOf, openFiles } from '../../test/open-files.ts';
import type { TestServer } from '../../test/open-server.ts';

const auditOf = async (server: TestServer, organization = 'a') => {
  const answer = await (await server.signIn(`admin-${organization}`)).fetch('/api/audit');
  const { entries } = (await answer.json()) as AuditPage;
  // Who looks at the log has signed in for it.
  const readings = entries.filter(({ action }) => !action.startsWith('account.'));
  return readings.map(({ actor, action, target, before, after }) => ({
    who: actor.id,
    action,
    target: target?.id,
    name: target?.name,
    before,
    after,
  }));
};

test('4: C155 who reads a chat that they are not in stands in the audit log, once a reading, without a word of it', async (t) => {
  const { server, anna, conversation } = await openFiles(t);
  await anna.say(conversation, 'canary-9f3');
  const admin = await server.signIn('admin-a');
  const read = async (after = 0) =>
    expect((await admin.fetch(`/api/conversations/${conversation}/events?after=${after}`)).status).toBe(200);
  await anna.fetch(`/api/conversations/${conversation}/events`);
  expect(await auditOf(server)).toEqual([]);

  await Promise.all([read(), read(), read(2)]);
  const reading = { who: 'admin-a', action: 'conversation.read', target: conversation, name: '' };
  expect(await auditOf(server)).toEqual([{ ...reading, before: null, after: null }]);
  server.advance(11 * 60_000);
  await read();
  expect(await auditOf(server)).toHaveLength(2);
  expect(JSON.stringify(await auditOf(server))).not.toContain('canary');
  expect(await auditOf(server, 'b')).toEqual([]);
});

test('4: C144 a look that is refused is written down once, and none at what is not there or elsewhere', async (t) => {
  const { server, conversation, sent } = await openFiles(t);
  const file = await sent(formOf({ 'a.txt': 'text' }));
  const [bram, stranger] = [await server.signIn('bram-a'), await server.signIn('bram-b')];
  const paths = [
    `/api/conversations/${conversation}/events`,
    `/api/conversations/${conversation}/earlier`,
    '/api/conversations/not-there/events',
    `/files/${file.id}`,
  ];
  for (const agent of [bram, stranger, bram])
    for (const path of paths) expect([path, (await agent.fetch(path)).status]).toEqual([path, 404]);
  const refused = {
    who: 'bram-a',
    action: 'conversation.refused',
    target: conversation,
    name: '',
    before: null,
    after: null,
  };
  await expect.poll(() => auditOf(server)).toEqual([refused]);
  expect(await auditOf(server, 'b')).toEqual([]);
});

test('4: C144 whoever tries many floods no log with it, and is written down again later', async () => {
  const written: AuditRecord[] = [];
  let at = 0;
  const readings = createReadings({
    store: {
      audit: { append: async (entry) => void written.push(entry), page: async () => [] },
      conversations: { findOf: async (_organization: unknown, id: string) => ({ id }) } as never,
    },
    log: { error: () => expect.unreachable(), warn: () => {} },
    now: () => at,
  });
  const tryMany = async (name: string, from: number) => {
    const reader = { agent: { id: name, name, organization: 'organization-a' } as never, address: null };
    for (let id = from; id < from + 100; id++) readings.refused(reader, `conversation-${id}` as never);
    await new Promise(setImmediate);
  };
  await tryMany('bram', 0);
  expect(written).toHaveLength(mostRefusals);
  await tryMany('eve', 0);
  expect(written).toHaveLength(2 * mostRefusals);
  at = oneReadingMs;
  await tryMany('bram', 100);
  expect(written).toHaveLength(3 * mostRefusals);
});

test('4: who may not see the audit log cannot read in secret', async (t) => {
  const { server, conversation } = await openFiles(t);
  const admin = await server.signIn('admin-a');
  server.context.store.audit.append = () => Promise.reject(new Error('full'));
  for (let attempt = 0; attempt < 2; attempt++)
    expect((await admin.fetch(`/api/conversations/${conversation}/events`)).status).toBe(500);
});

test('4: a file of a chat that somebody is not in is a download of theirs, and of its own people none', async (t) => {
  const { server, sent, openAsAgent } = await openFiles(t);
  const file = await sent(formOf({ 'secret-name.txt': 'text' }));
  expect((await openAsAgent(file.id)).status).toBe(200);
  expect(await auditOf(server)).toEqual([]);
  const admin = await server.signIn('admin-a');
  for (let attempt = 0; attempt < 2; attempt++) expect((await openAsAgent(file.id, '', admin)).status).toBe(200);
  expect((await openAsAgent(file.id, '', await server.signIn('bram-a'))).status).toBe(404);
  const downloads = (await auditOf(server)).filter(({ action }) => action === 'conversation.download');
  expect(downloads).toMatchObject([{ who: 'admin-a', after: { file: file.id } }]);
});
