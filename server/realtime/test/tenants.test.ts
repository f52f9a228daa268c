import { Compile } from 'typebox/compile';
import { describe, expect, test } from 'vitest';
import { AgentFrame } from '../../../protocol/agent-frames.ts';
import { AgentCommand } from '../../../protocol/commands.ts';
import { VisitorFrame } from '../../../protocol/visitor-frames.ts';
import { hireSupervisor } from '../../test/furnish.ts';
import { openServer, type TestServer } from '../../test/open-server.ts';
import { signToken } from '../../test/sign-token.ts';
import type { TestAgent } from '../../test/test-agent.ts';

/** Every command that agents can send, with ids of organization `a` in it. */
const commands: Readonly<Record<AgentCommand['type'], object>> = {
  accept: {},
  decline: {},
  message: { text: 'from elsewhere', audience: 'agents' },
  offer: {
    content: {
      title: 'Offer',
      options: ['one', 'two'].map((value) => ({ value, label: value })),
      least: 1,
      most: 1,
      optional: false,
    },
  },
  withdraw: { offer: 'offer' },
  invite: { to: { kind: 'queue', queue: 'queue-a' }, note: '', plan: 'stay' },
  uninvite: {},
  leave: {},
  end: {},
  join: {},
  move: { to: { kind: 'queue', queue: 'queue-b' }, note: '' },
  classify: { category: 'Question' },
} as Record<AgentCommand['type'], object>;

const typesOf = (union: { anyOf: readonly unknown[] }): string[] =>
  union.anyOf.map((schema) => (schema as { properties: { type: { const: string } } }).properties.type.const);

async function openTenants(server: TestServer) {
  const anna = await server.agent();
  const visitor = await server.visitor();
  await visitor.request();
  const conversation = await anna.accept();
  await anna.say(conversation, 'for this organization alone', 'agents');
  const stranger = await server.agent('anna-b');
  return { anna, visitor, conversation, stranger };
}

describe('T156 an agent of another organization', () => {
  test('is answered to every command as to a conversation that is not there, and changes nothing', async (t) => {
    const { stranger, conversation, anna } = await openTenants(await openServer(t));
    expect(Object.keys(commands).sort()).toEqual(typesOf(AgentCommand).sort());
    const seen = anna.reader.frames.length;
    for (const [type, rest] of Object.entries(commands)) {
      expect(Compile(AgentCommand).Check({ type, ...rest }), type).toBe(true);
      const theirs = await stranger.command(conversation, { type, ...rest });
      const nowhere = await stranger.command('no-such-conversation', { type, ...rest });
      expect([type, { ...theirs, id: '' }]).toEqual([type, { ...nowhere, id: '' }]);
      expect([type, theirs]).toMatchObject([type, { type: 'refusal', code: 'not_found' }]);
    }
    await anna.say(conversation, 'still here', 'agents');
    await anna.reader.find((frame) => frame.type === 'event' && JSON.stringify(frame).includes('still here'), seen);
    const between = anna.reader.frames.slice(seen).filter(({ type }) => type === 'event');
    expect(between).toHaveLength(1);
  });

  test('gets nothing of it by any other frame', async (t) => {
    const server = await openServer(t);
    await hireSupervisor(server.context.store, 'b');
    const { conversation, visitor } = await openTenants(server);
    const stranger = await server.agent('sofie-b');
    const frames: Readonly<Record<string, Record<string, unknown>>> = {
      typing: { conversation, on: true },
      resume: { conversation, after: 0 },
      status: { state: 'ready', profile: 'profile-a' },
      floor: { on: true },
      statistics: { on: true },
      watch: { conversation },
      ping: {},
    };
    const tried = [...Object.keys(frames), 'hello', 'send'];
    expect(typesOf(AgentFrame).filter((type) => !tried.includes(type))).toEqual([]);
    for (const [type, rest] of Object.entries(frames)) stranger.send({ type, ...rest });
    await visitor.say('after all of that');
    stranger.send({ type: 'ping' });
    await stranger.reader.find((frame) => frame.type === 'pong');
    expect(JSON.stringify(stranger.reader.frames)).not.toMatch(/for this organization|after all of that|Queue a/);
    expect(JSON.stringify(visitor.reader.frames)).not.toContain('"typing"');
  });

  test('gets nothing of it by a hello that names it', async (t) => {
    const server = await openServer(t);
    const { conversation, stranger } = await openTenants(server);
    const again = await server.signIn('anna-b');
    t.onTestFinished(() => again.close());
    await again.connect([{ conversation, after: 0 }]);
    again.send({ type: 'ping' });
    await again.reader.find((frame) => frame.type === 'pong');
    expect(JSON.stringify([again.reader.frames, stranger.reader.frames])).not.toContain(conversation);
  });
});

test('T156 a visitor of another site gets nothing of a conversation by any frame that names one', async (t) => {
  const server = await openServer(t);
  const { conversation, anna } = await openTenants(server);
  const other = await server.visitor({ site: 'site-b' });
  const naming = ['seen', 'resume'];
  const withConversation = (VisitorFrame.anyOf as readonly { properties: object }[]).filter(
    ({ properties }) => 'conversation' in properties,
  );
  expect(typesOf({ anyOf: withConversation }).sort()).toEqual([...naming].sort());
  other.send({ type: 'resume', conversation, after: 0 });
  other.send({ type: 'seen', conversation, seq: 1 });
  await anna.say(conversation, 'for its own visitor');
  other.send({ type: 'ping' });
  await other.reader.find((frame) => frame.type === 'pong');
  expect(JSON.stringify(other.reader.frames)).not.toContain('for its own visitor');
  expect(JSON.stringify(anna.reader.frames)).not.toContain('"seen":1');
});

test('T160 the same sub and e-mail in two organizations are two visitors: neither has the other’s chats', async (t) => {
  const server = await openServer(t);
  const chats: Record<string, string> = {};
  const agents: Record<string, TestAgent> = {};
  for (const name of ['a', 'b']) {
    const agent = await server.agent(`anna-${name}`);
    const visitor = server.connect({ site: `site-${name}` });
    await visitor.hello({ token: await signToken({ site: `site-${name}`, subject: 'C-1' }) });
    await visitor.request();
    chats[name] = await agent.accept();
    await visitor.say(`said in ${name}`);
    await visitor.command({ type: 'end' });
    agents[name] = agent;
  }
  const again = server.connect({ site: 'site-b' });
  await again.hello({ token: await signToken({ site: 'site-b', subject: 'C-1' }) });
  const seen = agents.b?.reader.frames.length ?? 0;
  await again.request();
  const conversation = await agents.b?.accept(seen);
  const earlier = await (await agents.b?.fetch(`/api/conversations/${conversation}/earlier`))?.text();
  expect(earlier).toContain(chats.b);
  expect(earlier).not.toContain(chats.a);
  expect(JSON.stringify(again.reader.frames)).not.toContain('said in a');
});
