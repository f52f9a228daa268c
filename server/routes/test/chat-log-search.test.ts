import { expect, test } from 'vitest';
import type { AuditPage } from '../../../protocol/audit.ts';
import type { ChatLogChoices, ChatLogPage } from '../../../protocol/chat-log.ts';
import type { ConversationId } from '../../../protocol/ids.ts';
import { hashPassword } from '../../identity/password.ts';
import { password } from '../../test/furnish.ts';
import { openServer, type TestServer } from '../../test/open-server.ts';
import type { TestAgent } from '../../test/test-agent.ts';

/** A chat that has ended, with one line for all and one among agents. */
async function chat(server: TestServer, anna: TestAgent, said: string, note: string) {
  const visitor = await server.visitor();
  await visitor.request();
  const conversation = await anna.accept();
  await visitor.say(said);
  await anna.say(conversation, note, 'agents');
  await anna.command(conversation, { type: 'classify', category: 'Returns', note: 'closing words' });
  await visitor.command({ type: 'end' });
  await server.context.indexer.caughtUp();
  await server.context.statistics.caughtUp();
  return conversation;
}

async function supervisor(server: TestServer, name: string, profiles: string[], organization = 'a') {
  const passwordHash = await hashPassword(password);
  const person = { name, email: `${name}@balie.example`, passwordHash, role: 'supervisor', room: 4 } as const;
  const ids = { id: `id-${name}` as never, organization: `organization-${organization}` as never };
  await server.context.store.agents.create({ ...person, ...ids, profiles: profiles as never });
  return server.signIn(name);
}

const search = async (agent: TestAgent, query: Record<string, string>) => {
  const answer = await agent.fetch(`/api/chat-log?${new URLSearchParams(query)}`);
  return { status: answer.status, body: (await answer.json()) as ChatLogPage };
};
const found = async (agent: TestAgent, query: Record<string, string>) =>
  (await search(agent, query)).body.conversations.map(({ conversation }) => conversation);

test('4: what was said is found, private lines too, by who oversees the queue and by nobody else', async (t) => {
  const server = await openServer(t);
  const anna = await server.agent();
  const conversation = await chat(server, anna, 'My <b>lamp</b> flickers', 'whispered canary');
  const admin = await server.signIn('admin-a');
  const { body } = await search(admin, { text: 'flick lamp' });
  expect(body).toMatchObject({
    conversations: [
      {
        conversation,
        queue: { name: 'Queue a' },
        agents: ['anna'],
        outcome: 'visitor',
        category: 'Returns',
        hit: { audience: 'everyone', by: { kind: 'visitor' }, place: { kind: 'message' } },
      },
    ],
    next: null,
    isIndexing: false,
  });
  expect(body.conversations[0]?.hit?.excerpt).toEqual([
    { text: 'My <b>', isMatch: false },
    { text: 'lamp', isMatch: true },
    { text: '</b> ', isMatch: false },
    { text: 'flickers', isMatch: true },
  ]);
  const whispered = await search(admin, { text: '"whispered canary"' });
  expect(whispered.body.conversations[0]?.hit).toMatchObject({ audience: 'agents', by: { agent: { name: 'anna' } } });

  const [theirs, others] = [await supervisor(server, 'sam', ['profile-a']), await supervisor(server, 'lee', [])];
  expect(await found(theirs, { text: 'canary' })).toEqual([conversation]);
  for (const query of [{ text: 'canary' }, { text: 'canary', queue: 'queue-a' }, { outcome: 'visitor' }])
    expect(await found(others, query)).toEqual([]);
  const elsewhere = await server.signIn('admin-b');
  expect(await found(elsewhere, { text: 'canary' })).toEqual([]);
  expect(await found(elsewhere, { queue: 'queue-a' })).toEqual([]);
  expect((await search(await server.signIn('bram-a'), { text: 'canary' })).status).toBe(403);
  expect((await anna.fetch('/api/chat-log?text=canary')).status).toBe(403);
});

test('4: by queue, agent, category, outcome and time, and together with words', async (t) => {
  const server = await openServer(t);
  const anna = await server.agent();
  const conversation = await chat(server, anna, 'lamp', 'note');
  const admin = await server.signIn('admin-a');
  const now = Date.now();
  const yes = [
    { agent: 'anna-a' },
    { category: 'Returns' },
    { outcome: 'visitor' },
    { queue: 'queue-a' },
    { from: String(now - 60_000), until: String(now + 60_000) },
    { text: 'lamp', agent: 'anna-a', category: 'Returns', outcome: 'visitor', queue: 'queue-a' },
    { text: 'closing' },
    { text: '"lamp"' },
  ];
  for (const query of yes) expect([query, await found(admin, query)]).toEqual([query, [conversation]]);
  const no = [
    { agent: 'bram-a' },
    { category: 'Other' },
    { outcome: 'open' },
    { queue: 'queue-b' },
    { until: String(now - 60_000) },
    { text: 'lamp', agent: 'bram-a' },
    { text: '"lamp note"' },
    { variable: 'name', value: 'Ada' },
  ];
  for (const query of no) expect([query, await found(admin, query)]).toEqual([query, []]);
  const choices = (await (await admin.fetch('/api/chat-log/choices')).json()) as ChatLogChoices;
  expect(choices.categories).toEqual(['Returns']);
  expect(choices.queues.map(({ id }) => id)).toContain('queue-a');
  expect(JSON.stringify(choices)).not.toContain('-b');
});

test('D184 what can’t be searched for is refused in words, in no time', async (t) => {
  const server = await openServer(t);
  const admin = await server.signIn('admin-a');
  for (const [query, field] of [
    [{ text: '***' }, 'text'],
    [{ text: 'word '.repeat(17) }, 'text'],
    [{ text: 'x'.repeat(10_240) }, 'text'],
    [{ text: '' }, 'text'],
    [{ text: 'a', before: '1.abc' }, 'before'],
    [{ before: '99' }, 'before'],
    [{ before: '9'.repeat(20) }, 'before'],
    [{ variable: 'name' }, 'variable'],
    [{ outcome: 'whatever' }, 'outcome'],
    [{ from: '-1' }, 'from'],
    [{ limit: '1000000000' }, undefined],
  ] as const) {
    const { status, body } = await search(admin, query as Record<string, string>);
    expect([query, status]).toEqual([query, 400]);
    const { error } = body as unknown as { error: { field?: string; message: string } };
    if (field) expect([query, error.field]).toEqual([query, field]);
    expect(error.message).not.toBe('');
  }
  expect((await search(admin, { text: 'a', before: '9'.repeat(16) })).status).toBe(200);
});

test('4: C155 searches and exports stand in the audit log, without what was searched for', async (t) => {
  const server = await openServer(t);
  const admin = await server.signIn('admin-a');
  for (let again = 0; again < 2; again++) await search(admin, { text: 'canary', outcome: 'visitor' });
  await search(admin, {});
  await (await admin.fetch('/api/chat-log/export?format=csv&variable=name&value=canary')).text();
  const { entries } = (await (await admin.fetch('/api/audit')).json()) as AuditPage;
  expect(entries.map(({ action, after }) => ({ action, after }))).toEqual([
    { action: 'chat-log.export', after: { format: 'csv', variable: 'name' } },
    { action: 'chat-log.search', after: { text: true, outcome: 'visitor' } },
    { action: 'account.sign_in', after: null },
  ]);
  expect(JSON.stringify(entries)).not.toContain('canary');
});

test('4: P124 an export has what was found, all of it, marked for whom it was, and nothing of who oversees nothing', async (t) => {
  const server = await openServer(t);
  const anna = await server.agent();
  const conversation = await chat(server, anna, '=HYPERLINK("x")', 'a "note",\nof two lines');
  const admin = await server.signIn('admin-a');
  const get = async (agent: TestAgent, format: string, query = '') =>
    agent.fetch(`/api/chat-log/export?format=${format}${query}`);

  const json = await get(admin, 'json', '&text=hyperlink');
  expect(json.headers.get('content-disposition')).toMatch(/^attachment; filename="chats-[\d-]+\.json"$/);
  const { conversations } = (await json.json()) as { conversations: { events: { seq: number; audience: string }[] }[] };
  expect(conversations).toMatchObject([{ conversation, queue: 'Queue a', agents: ['anna'] }]);
  const head = await server.context.store.conversations.find(conversation as ConversationId);
  expect(conversations[0]?.events.map(({ seq }) => seq)).toEqual(
    Array.from({ length: head?.seq ?? 0 }, (_, n) => n + 1),
  );
  expect(JSON.stringify(conversations)).toContain('"audience":"agents"');

  const csv = Buffer.from(await (await get(admin, 'csv')).arrayBuffer()).toString('utf8');
  expect(csv.startsWith('\ufeffconversation,requestedAt,')).toBe(true);
  expect(csv).toContain(`${conversation},`);
  expect(csv).toContain(',Returns,closing words,visitor,2,1,0,,\r\n');
  const messages = await (await get(admin, 'messages.csv')).text();
  expect(messages).toContain(`"'=HYPERLINK(""x"")"`);
  expect(messages).toContain('agent,anna,agents,"a ""note"",\nof two lines",');

  const others = await supervisor(server, 'lee', []);
  expect(await (await get(others, 'json')).json()).toEqual({ conversations: [] });
  expect(await (await get(await server.signIn('admin-b'), 'json')).json()).toEqual({ conversations: [] });
  expect((await get(anna, 'json')).status).toBe(403);
});
