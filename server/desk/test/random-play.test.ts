import fc from 'fast-check';
import { expect, type TestContext, test } from 'vitest';
import type { ConversationId } from '../../../protocol/ids.ts';
import { fold } from '../../domain/evolve.ts';
import type { Session, Store } from '../../store/store.ts';
import type { RunningDesk } from '../create-desk.ts';
import { headOf } from '../head.ts';
import { openDesk } from './open-desk.ts';
import type { Colleague, Visitor } from './people.ts';

const seed = Date.now() & 0x7fffffff;
console.info(`server/desk random play: seed ${seed}`);

const visitorMoves = ['request', 'request', 'request', 'say', 'end', 'leave', 'come', 'come'] as const;
const agentMoves = ['answer', 'answer', 'answer', 'decline', 'say', 'end', 'pause', 'ready', 'ready', 'leave'] as const;

const move = fc.record({
  person: fc.nat(6),
  visitorMove: fc.constantFrom(...visitorMoves),
  agentMove: fc.constantFrom(...agentMoves),
});
const bursts = fc.array(
  fc.record({
    /** All at once. */
    moves: fc.array(move, { minLength: 1, maxLength: 5 }),
    thenMs: fc.oneof(
      { weight: 5, arbitrary: fc.nat(1000) },
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

/** Four visitors and three agents, spread over the desks. */
async function setStage(t: TestContext, nodes: number): Promise<Stage> {
  const opened = await openDesk(t, { room, settings: { pollMs: 1000 } });
  const desks: RunningDesk[] = [opened.desk];
  while (desks.length < nodes) desks.push(await opened.newDesk());
  const on = (index: number) => desks[index % nodes] as RunningDesk;
  const visitors = await Promise.all([0, 1, 2, 3].map((index) => opened.visitor(on(index))));
  const agents: Colleague[] = [];
  for (const [index, name] of ['anna', 'bram', 'chloe'].entries())
    agents.push(await opened.agent(name, { on: on(index) }));
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
    default:
      return visitor[what]();
  }
}

async function moveAgent(agent: Colleague, what: (typeof agentMoves)[number]) {
  if (what === 'leave') return agent.leave();
  if (what === 'pause') return agent.pause();
  if (what === 'ready') {
    await agent.come();
    return agent.ready(agent.agent.profiles[0]);
  }
  for (const { id, phase } of await agent.desk.conversationsOf(agent.agent)) {
    if (phase === 'presented' && what === 'answer') return agent.accept(id);
    if (phase === 'presented' && what === 'decline') return agent.decline(id);
    if (phase === 'active' && what === 'say') return agent.say(id, 'psst', 'agents');
    if (phase === 'active' && what === 'end') return agent.end(id);
  }
}

async function check({ opened: { store, complaints }, begun, visitors }: Stage): Promise<void> {
  expect(complaints).toEqual([]);
  for (const id of begun) {
    const log = await store.log.read(id, 0, 10_000);
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
    const head = await store.conversations.find(id);
    expect(head).toEqual(head && headOf(head, fold(log)));
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
      moves.map(({ person, visitorMove, agentMove }) => {
        const visitor = visitors[person];
        return visitor
          ? moveVisitor(stage, visitor, visitorMove)
          : moveAgent(agents[person - visitors.length] as Colleague, agentMove);
      }),
    );
    await opened.settle();
    await check(stage);
    if (nodes === 1)
      for (const { agent } of agents)
        expect((await opened.store.conversations.withAgent(agent.id)).length).toBeLessThanOrEqual(room);
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
