import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ToAgent } from '../../../protocol/agent-frames.ts';
import type { AgentCommand } from '../../../protocol/commands.ts';
import type { AgentId, ConversationId, FileId, OfferId, OrganizationId } from '../../../protocol/ids.ts';
import type { ToVisitor } from '../../../protocol/visitor-frames.ts';
import type { LogEvent } from '../../domain/conversation.ts';
import { hireSupervisor } from '../../test/furnish.ts';
import { anOffer, Eavesdropper, openPrivate } from '../../test/open-private.ts';
import type { TestAgent } from '../../test/test-agent.ts';
import { commandId, newKeys, type TestVisitor } from '../../test/test-visitor.ts';

type Chat = Awaited<ReturnType<typeof openPrivate>> & { readonly sofie: TestAgent };

const moves = fc.array(
  fc.record({
    kind: fc.constantFrom(
      ...([
        'say',
        'whisper',
        'whisper',
        'secretFile',
        'offer',
        'withdraw',
        'invite',
        'join',
        'refuse',
        'leave',
      ] as const),
      ...(['watch', 'overhear', 'overhear', 'step in', 'step out', 'hand over'] as const),
      ...(['uninvite', 'classify', 'ask', 'choose', 'drop', 'drop'] as const),
    ),
    isGuest: fc.boolean(),
    after: fc.nat(12),
  }),
  { minLength: 4, maxLength: 14, size: 'max' },
);
type Moves = typeof moves extends fc.Arbitrary<infer Value> ? Value : never;

test('P127 whatever agents and visitor do, what the visitor has is what is public, after every step', async (t) => {
  const seed = Date.now() & 0x7fffffff;
  console.info(`server/realtime private: seed ${seed}`);
  const chat = await openPrivate(t);
  const bram = await chat.server.agent('bram-a');
  await hireSupervisor(chat.store, 'a');
  const sofie = await chat.server.signIn('sofie-a');
  await sofie.connect();
  t.onTestFinished(() => sofie.close());
  sofie.send({ type: 'floor', on: true });
  let secrets = 0;
  let joins = 0;
  const runs = 40;
  await fc.assert(
    fc.asyncProperty(moves, async (all) => {
      const { log, heard } = await playOut({ ...chat, sofie }, bram, all);
      if (log.includes(chat.canary)) secrets++;
      if (log.includes('"joined"')) joins++;
      expect(heard).not.toContain(chat.canary);
    }),
    { numRuns: runs, seed, endOnFailure: true },
  );
  expect([secrets > runs / 2, joins > 0]).toEqual([true, true]);
}, 120_000);

/** A chat of its own; gives all that its log holds, and all that its visitor heard. */
async function playOut(chat: Chat, bram: TestAgent, all: Moves) {
  const visitor = new Eavesdropper(chat.server, await newKeys());
  const stage = await begin(chat, bram, await visitor.tab());
  const { conversation } = stage;
  for (const move of all) {
    await stage.act(move);
    const seen = publicOf(await stage.log());
    if (move.kind === 'drop') {
      stage.tab.close();
      stage.tab = await visitor.tab({ conversation, after: Math.min(move.after, seen.length) });
      stage.tab.send({ type: 'resume', conversation, after: 0 });
    }
    const isLast = (one: ToVisitor) =>
      one.type === 'event' && one.conversation === conversation && one.seq === seen.length;
    await stage.tab.reader.find(isLast);
    for (const { reader } of visitor.tabs)
      for (const frame of reader.frames) if (frame.type === 'event') expect(frame.event).toEqual(seen[frame.seq - 1]);
  }
  await stage.tab.command({ type: 'end' });
  return { log: JSON.stringify(await stage.log()), heard: visitor.heard() };
}

/** A chat that one of the two has; the other is a guest, if it comes to that. */
async function begin({ server, store, anna, sofie, canary }: Chat, bram: TestAgent, tab: TestVisitor) {
  server.advance(60_000);
  const asked = await tab.request();
  if (asked.type !== 'ack') throw new Error(`refused: ${asked.code}`);
  const conversation = asked.conversation as ConversationId;
  const isOpen = (one: ToAgent) => one.type === 'open' && one.open.conversation === conversation;
  const leader = await Promise.race([anna, bram].map(async (one) => one.reader.find(isOpen).then(() => one)));
  await leader.command(conversation, { type: 'accept' });
  const guest = leader === anna ? bram : anna;
  const guestId = (guest === anna ? 'anna-a' : 'bram-a') as AgentId;
  let offer = 'none';
  const inviteGuest = (plan: 'stay' | 'leave'): AgentCommand => ({
    type: 'invite',
    to: { kind: 'agent', agent: guestId },
    note: canary,
    plan,
  });

  const stage = {
    tab,
    conversation,
    log: () => store.log.read(conversation, 0, 10_000),
    async act({ kind, isGuest, after }: Moves[number]): Promise<unknown> {
      const agent = isGuest ? guest : leader;
      const give = (command: AgentCommand, by = agent, id?: string) => by.command(conversation, command, id);
      switch (kind) {
        case 'say':
          return agent.say(conversation, 'in the open');
        case 'whisper':
          return agent.say(conversation, canary, 'agents');
        case 'secretFile':
          return whisperFile(store, agent, conversation, canary);
        case 'offer':
          offer = commandId();
          return give(anOffer, agent, offer);
        case 'withdraw':
          return give({ type: 'withdraw', offer: offer as OfferId });
        case 'invite':
          return give(inviteGuest(after % 3 ? 'stay' : 'leave'), leader);
        case 'join':
          return give({ type: 'accept' }, guest);
        case 'refuse':
          return give({ type: 'decline' }, guest);
        case 'classify':
          return give({ type: 'classify', note: canary });
        case 'leave':
        case 'uninvite':
          return give({ type: kind });
        case 'ask':
          return stage.tab.say('hello?');
        case 'choose':
          return stage.tab.command({ type: 'answer', offer: offer as OfferId, values: ['a'] });
        case 'watch':
          return sofie.send({ type: 'watch', conversation });
        case 'overhear':
          return sofie.say(conversation, canary, 'agents');
        case 'step in':
          return sofie.command(conversation, { type: 'join' });
        case 'step out':
          return sofie.command(conversation, { type: 'leave' });
        case 'hand over':
          return sofie.command(conversation, { type: 'move', to: { kind: 'agent', agent: guestId }, note: canary });
        case 'drop':
          return undefined;
      }
    },
  };
  return stage;
}

/** By the promise, written down once more; what is not named here is for agents alone. */
function publicOf(log: readonly LogEvent[]): unknown[] {
  const open = ['requested', 'accepted', 'joined', 'left', 'moved', 'offered', 'answered', 'withdrawn', 'ended'];
  return log
    .filter(({ body }) => (body.type === 'message' ? body.audience === 'everyone' : open.includes(body.type)))
    .map(({ at, by, command, body }) => ({ at, by, ...(command && { command }), body }));
}

/** Put there as an upload would leave it. */
async function whisperFile(store: Chat['store'], agent: TestAgent, conversation: ConversationId, name: string) {
  const id = randomBytes(16).toString('base64url') as FileId;
  const { agent: owner } = await agent.reader.ofType('ready');
  await store.files.create({
    id,
    organization: 'organization-a' as OrganizationId,
    conversation,
    audience: 'agents',
    agent: owner.id,
    name,
    kind: 'text',
    type: 'text/plain',
    bytes: 1,
    width: null,
    height: null,
    state: 'ready',
    command: null,
    createdAt: Date.now(),
  });
  await agent.command(conversation, { type: 'message', text: '', audience: 'agents', files: [id] });
}
