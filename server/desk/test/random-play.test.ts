import fc from 'fast-check';
import { expect, type TestContext, test } from 'vitest';
import type { AgentCommand } from '../../../protocol/commands.ts';
import type { AgentId, ConversationId, OfferId } from '../../../protocol/ids.ts';
import { agentsIn } from '../../domain/decision.ts';
import { fold } from '../../domain/evolve.ts';
import type { Session, Store } from '../../store/store.ts';
import type { RunningDesk } from '../create-desk.ts';
import { headOf } from '../head.ts';
import { isTheirs } from '../readable.ts';
import { sales, support } from './furnish.ts';
import { openDesk } from './open-desk.ts';
import type { Colleague, Visitor } from './people.ts';

const seed = Date.now() & 0x7fffffff;
console.info(`server/desk random play: seed ${seed}`);

const visitorMoves = [
  'request',
  'request',
  'request',
  'say',
  'choose',
  'choose',
  'end',
  'leave',
  'come',
  'come',
] as const;
const dutyMoves = ['pause', 'ready', 'ready', 'leave'] as const;
const chatMoves = ['say', 'offer', 'withdraw', 'invite', 'inviteQueue', 'uninvite', 'quit', 'classify', 'end'] as const;
const answers = ['answer', 'answer', 'answer', 'answer', 'answer', 'answer', 'answer', 'decline'] as const;
const agentMoves = [...answers, ...dutyMoves, 'ready', 'invite', 'invite', 'inviteQueue', ...chatMoves] as const;

const move = fc.record({
  person: fc.oneof(fc.nat(7), fc.integer({ min: 4, max: 7 })),
  visitorMove: fc.constantFrom(...visitorMoves),
  agentMove: fc.constantFrom(...agentMoves),
  colleague: fc.constantFrom('anna', 'bram', 'chloe').map((name) => name as AgentId),
  plan: fc.constantFrom('stay' as const, 'leave' as const),
});
type Move = typeof move extends fc.Arbitrary<infer Value> ? Value : never;
const bursts = fc.array(
  fc.record({
    /** All at once. */
    moves: fc.array(move, { minLength: 1, maxLength: 5 }),
    thenMs: fc.oneof(
      { weight: 9, arbitrary: fc.nat(1000) },
      { weight: 1, arbitrary: fc.constantFrom(7000, 31_000, 65_000) },
    ),
  }),
  { minLength: 15, maxLength: 40, size: 'max' },
);
type Bursts = typeof bursts extends fc.Arbitrary<infer Value> ? Value : never;

const room = 2;

interface Stage {
  readonly opened: Awaited<ReturnType<typeof openDesk>>;
  readonly visitors: Visitor[];
  readonly agents: Colleague[];
  /** Everything that was ever begun. */
  readonly begun: Set<ConversationId>;
}

/** Four visitors, three agents, and an administrator who meddles, spread over the desks. */
async function setStage(t: TestContext, nodes: number): Promise<Stage> {
  const opened = await openDesk(t, { room, settings: { pollMs: 1000 } });
  const desks: RunningDesk[] = [opened.desk];
  while (desks.length < nodes) desks.push(await opened.newDesk());
  const on = (index: number) => desks[index % nodes] as RunningDesk;
  const visitors = await Promise.all([0, 1, 2, 3].map((index) => opened.visitor(on(index))));
  const agents: Colleague[] = [];
  for (const [index, name] of ['anna', 'bram', 'chloe'].entries())
    agents.push(await opened.agent(name, { on: on(index) }));
  agents.push(await opened.hire('dana', { role: 'admin' }));
  return { opened, visitors, agents, begun: new Set() };
}

async function moveVisitor(stage: Stage, visitor: Visitor, what: (typeof visitorMoves)[number]) {
  switch (what) {
    case 'request': {
      const answer = await visitor.tryRequest();
      if (answer.ok) stage.begun.add(answer.conversation);
      return;
    }
    case 'say':
      return visitor.say('hello');
    case 'choose':
      return choose(stage, visitor);
    default:
      return visitor[what]();
  }
}

/** Answers the offer that was made last, whether it still stands or not. */
async function choose({ opened: { store } }: Stage, visitor: Visitor) {
  const head = await store.conversations.latestOfSession(visitor.session.id);
  const offered = head && (await lastOffer(store, head.id));
  return offered && visitor.send({ type: 'answer', offer: offered, values: ['b'] });
}

async function lastOffer(store: Store, id: ConversationId): Promise<OfferId | null> {
  const made = (await store.log.read(id, 0, 10_000)).findLast(({ body }) => body.type === 'offered');
  return made?.body.type === 'offered' ? made.body.offer : null;
}

const content = {
  title: 'Which?',
  options: ['a', 'b'].map((value) => ({ value, label: value })),
  least: 1,
  most: 2,
  optional: true,
};

async function commandOf({ agentMove: what, colleague, plan }: Move, store: Store, id: ConversationId) {
  switch (what as (typeof chatMoves)[number]) {
    case 'say':
      return { type: 'message', text: 'psst', audience: 'agents' } as const;
    case 'offer':
      return { type: 'offer', content } as const;
    case 'withdraw': {
      const offer = await lastOffer(store, id);
      return offer && ({ type: 'withdraw', offer } as const);
    }
    case 'invite':
      return { type: 'invite', to: { kind: 'agent', agent: colleague }, note: '', plan } as const;
    case 'inviteQueue':
      return { type: 'invite', to: { kind: 'queue', queue: support }, note: '', plan } as const;
    case 'uninvite':
      return { type: 'uninvite' } as const;
    case 'quit':
      return { type: 'leave' } as const;
    case 'classify':
      return { type: 'classify', note: 'noted' } as const;
    case 'end':
      return { type: 'end' } as const;
  }
}

/** What an administrator does in a conversation that may be anybody's. */
function meddlingOf({ agentMove, colleague }: Move): AgentCommand {
  switch (agentMove) {
    case 'invite':
      return { type: 'move', to: { kind: 'agent', agent: colleague }, note: '' };
    case 'inviteQueue':
      return { type: 'move', to: { kind: 'queue', queue: sales }, note: '' };
    case 'decline':
    case 'classify':
      return { type: 'move', to: { kind: 'queue', queue: support }, note: '' };
    case 'quit':
      return { type: 'leave' };
    case 'uninvite':
      return { type: 'uninvite' };
    case 'say':
      return { type: 'message', text: 'psst', audience: 'agents' };
    default:
      return { type: 'join' };
  }
}

async function moveAgent({ opened: { store }, begun }: Stage, agent: Colleague, move: Move) {
  const what = move.agentMove;
  const [last] = [...begun].slice(-1 - (move.person % 2));
  if (agent.agent.role === 'admin') return last && agent.send(last, meddlingOf(move));
  if (what === 'leave') return agent.leave();
  if (what === 'pause') return agent.pause();
  if (what === 'ready') {
    await agent.come();
    return agent.ready(agent.agent.profiles[0]);
  }
  for (const { id, phase, asked } of await agent.desk.conversationsOf(agent.agent)) {
    const isAsked = phase === 'presented' || asked === agent.agent.id;
    if (isAsked && what === 'answer') return agent.accept(id);
    if (isAsked && what === 'decline') return agent.decline(id);
    if (isAsked || what === 'answer' || what === 'decline') continue;
    const command = await commandOf(move, store, id);
    return command && agent.send(id, command);
  }
}

/** The tabs that their console was told to show are what concerns them, and what ended while they were in it. */
async function checkTabs({ opened: { store, toldTo } }: Stage, { agent }: Colleague): Promise<void> {
  const tabs = new Set<ConversationId>();
  for (const message of toldTo(`agent:${agent.id}`)) {
    if (message.kind === 'open') tabs.add(message.conversation);
    if (message.kind === 'gone') tabs.delete(message.conversation);
  }
  const theirs = (await store.conversations.withAgent(agent.id)).map(({ id }) => id);
  for (const id of theirs) expect(tabs.has(id)).toBe(true);
  for (const id of tabs)
    if (!theirs.includes(id)) {
      const head = await store.conversations.find(id);
      expect(head).toMatchObject({ phase: 'ended' });
      expect(head && isTheirs(agent, head)).toBe(true);
    }
}

/** What was presented to them; whom a colleague asks by name at that moment may have one more. */
async function checkRoom({ opened: { store } }: Stage, { agent }: Colleague): Promise<void> {
  const heads = (await store.conversations.withAgent(agent.id)).filter((head) => head.agent === agent.id);
  const logs = await Promise.all(heads.map(({ id }) => store.log.read(id, 0, 10_000)));
  const asked = logs.map((log) => log.findLast(({ body }) => body.type === 'presented')?.body);
  const presented = asked.filter((body) => body?.type === 'presented' && body.agent.id === agent.id);
  expect(presented.length).toBeLessThanOrEqual(room);
}

async function check({ opened: { store, complaints }, begun, visitors }: Stage): Promise<void> {
  expect(complaints).toEqual([]);
  for (const id of begun) {
    const log = await store.log.read(id, 0, 10_000);
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
    const head = await store.conversations.find(id);
    const state = fold(log);
    expect(head).toEqual(head && headOf(head, state));
    if (state.phase === 'active') expect(agentsIn(state).length).toBeGreaterThan(0);
  }
  for (const { session } of visitors) expect((await openOf(store, session, begun)).length).toBeLessThanOrEqual(1);
}

async function openOf(store: Store, session: Session, begun: Iterable<ConversationId>) {
  const heads = await Promise.all(Array.from(begun, (id) => store.conversations.find(id)));
  return heads.filter((head) => head?.session === session.id && head.phase !== 'ended');
}

async function play(t: TestContext, nodes: number, all: Bursts): Promise<void> {
  const stage = await setStage(t, nodes);
  const { opened, visitors, agents } = stage;
  for (const { moves, thenMs } of all) {
    await Promise.all(
      moves.map((move) => {
        const visitor = visitors[move.person];
        return visitor
          ? moveVisitor(stage, visitor, move.visitorMove)
          : moveAgent(stage, agents[move.person - visitors.length] as Colleague, move);
      }),
    );
    await opened.settle();
    await check(stage);
    if (nodes === 1)
      for (const agent of agents) {
        await checkRoom(stage, agent);
        await checkTabs(stage, agent);
      }
    await opened.clock.advance(thenMs);
  }
  await everybodyGoes(stage);
  const phases = await Promise.all(Array.from(stage.begun, async (id) => (await opened.head(id)).phase));
  expect(phases).toEqual(phases.map(() => 'ended'));
}

/** With nobody left, nothing may stay behind: what agents had waits again, and what waits is given up. */
async function everybodyGoes({ opened, visitors, agents }: Stage): Promise<void> {
  for (const person of [...visitors, ...agents]) for (let sockets = 0; sockets < 30; sockets++) await person.leave();
  await opened.clock.advance(60_000 + 120_000 + 10_000);
}

for (const [nodes, numRuns] of [
  [1, 8],
  [2, 8],
] as const)
  test(`INV4 whatever visitors and agents do at once on ${nodes} node(s), no request is lost or with two`, async (t) => {
    await fc.assert(
      fc.asyncProperty(bursts, (all) => play(t, nodes, all)),
      { numRuns, seed, endOnFailure: true },
    );
  }, 60_000);
