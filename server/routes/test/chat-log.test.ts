import { expect, test } from 'vitest';
import type { ChatLogPage } from '../../../protocol/chat-log.ts';
import type { EventsPage } from '../../../protocol/http.ts';
import { hashPassword } from '../../identity/password.ts';
import { password } from '../../test/furnish.ts';
import { openServer } from '../../test/open-server.ts';

test('P129 whoever oversees a queue finds its chats in the log and reads them, private messages too; nobody else does', async (t) => {
  const server = await openServer(t);
  const { store } = server.context;
  const anna = await server.agent();
  const visitor = await server.visitor();
  await visitor.request();
  const conversation = await anna.accept();
  await anna.say(conversation, 'a note', 'agents');
  await visitor.command({ type: 'end' });

  const admin = await server.signIn('admin-a');
  const page = (await (await admin.fetch('/api/chat-log')).json()) as ChatLogPage;
  expect(page).toMatchObject({
    conversations: [{ conversation, queue: { name: 'Queue a' }, agents: ['anna'] }],
    next: null,
  });
  const read = async (agent: typeof admin) => agent.fetch(`/api/conversations/${conversation}/events`);
  const events = (await (await read(admin)).json()) as EventsPage;
  expect(JSON.stringify(events)).toContain('a note');

  const supervisor = async (name: string, profile: string) => {
    const passwordHash = await hashPassword(password);
    const person = { name, email: `${name}-a@balie.example`, passwordHash, role: 'supervisor', room: 4 } as const;
    const ids = { id: `${name}-a` as never, organization: 'organization-a' as never };
    await store.agents.create({ ...person, ...ids, profiles: profile ? [profile as never] : [] });
    return server.signIn(`${name}-a`);
  };
  const [theirs, others] = [await supervisor('sam', 'profile-a'), await supervisor('lee', '')];
  expect(((await (await theirs.fetch('/api/chat-log')).json()) as ChatLogPage).conversations).toHaveLength(1);
  expect((await read(theirs)).status).toBe(200);
  expect(((await (await others.fetch('/api/chat-log')).json()) as ChatLogPage).conversations).toHaveLength(0);
  expect((await read(others)).status).toBe(404);
  const elsewhere = await server.signIn('admin-b');
  expect(((await (await elsewhere.fetch('/api/chat-log')).json()) as ChatLogPage).conversations).toHaveLength(0);
  expect((await read(elsewhere)).status).toBe(404);
  expect((await (await server.signIn('bram-a')).fetch('/api/chat-log')).status).toBe(403);
});

test('the log goes on page by page, each chat once', async (t) => {
  const server = await openServer(t);
  const { store } = server.context;
  const seen: string[] = [];
  for (let chat = 0; chat < 5; chat++) await (await server.visitor()).request();
  let before = null as { requestedAt: number; id: never } | null;
  for (;;) {
    const heads = await store.conversations.page('organization-a' as never, null, before, 2);
    if (heads.length === 0) break;
    seen.push(...heads.map(({ id }) => id));
    before = heads.at(-1) as never;
  }
  expect(new Set(seen).size).toBe(5);
  expect(seen).toHaveLength(5);
});
