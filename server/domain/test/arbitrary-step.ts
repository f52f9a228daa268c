import fc from 'fast-check';
import type { Actor, AgentRef, FileRef, OfferContent } from '../../../protocol/entities.ts';
import type { FileId, InvitationId, OfferId, QueueId } from '../../../protocol/ids.ts';
import type { Command, Oversight } from '../command.ts';
import {
  anna,
  bram,
  bySystem,
  byVisitor,
  chloe,
  inviteAgent,
  inviteQueue,
  moveToAgent,
  moveToQueue,
  request,
  verification,
} from './players.ts';

export interface Step {
  readonly command: Command;
  readonly by: Actor;
  readonly afterMs: number;
  /** Of the command: a few, so that they are met again. Offers and invitations are named by them. */
  readonly id: string;
  /** What the sender watches over; nothing where it is not said. */
  readonly oversees?: Oversight;
}

const agent: fc.Arbitrary<AgentRef> = fc.constantFrom(anna, bram, chloe);
const actor: fc.Arbitrary<Actor> = fc.oneof(
  fc.constant<Actor>(byVisitor),
  fc.constant<Actor>(bySystem),
  agent.map((one): Actor => ({ kind: 'agent', agent: one })),
);
const audience = fc.constantFrom('everyone' as const, 'agents' as const);
const text = fc.oneof(fc.string({ minLength: 1, maxLength: 20 }), fc.constant('hello'));
const page = fc.constantFrom('https://shop.example/', 'https://shop.example/cart').map((url) => ({ url, title: '' }));
const claims = fc.array(
  fc.record({
    name: fc.constantFrom('plan', 'city'),
    value: fc.oneof(fc.string({ maxLength: 5 }), fc.boolean()),
    verified: fc.constant(false as const),
    source: fc.constantFrom('page' as const, 'form' as const),
  }),
  { maxLength: 2 },
);
const identity = fc.oneof(
  fc.constantFrom('expired', 'signature').map((check) => ({ state: 'refused' as const, check })),
  fc
    .record({ subject: fc.constantFrom('ada', 'ben'), keyId: fc.constantFrom('k1', 'k2') })
    .map((change) => ({ state: 'verified' as const, verification: { ...verification, ...change }, variables: [] })),
);
/** Around the present, so that some have run out when they are answered. */
const until = fc.integer({ min: 0, max: 60_000 });

const id = fc.constantFrom('c1', 'c2', 'c3', 'c4', 'c5');
const files: fc.Arbitrary<FileRef[]> = fc.array(
  id.map((one): FileRef => ({ id: one as string as FileId, name: `${one}.txt`, kind: 'text', bytes: 1 })),
  { maxLength: 2 },
);
const value = fc.constantFrom('a', 'b', 'c', 'd');
const content: fc.Arbitrary<OfferContent> = fc.record({
  title: fc.constantFrom('When?', ' '),
  options: fc
    .uniqueArray(value, { minLength: 2, maxLength: 3 })
    .map((values) => values.map((one) => ({ value: one, label: one.toUpperCase() }))),
  least: fc.integer({ min: 1, max: 2 }),
  most: fc.integer({ min: 1, max: 3 }),
  optional: fc.boolean(),
});
const offer = id.map((one) => one as string as OfferId);
const values = fc.array(value, { maxLength: 3 });
const invitation = id.map((one) => one as string as InvitationId);
const invite = fc
  .tuple(agent, fc.boolean(), fc.constantFrom('stay' as const, 'leave' as const), fc.boolean())
  .map(([to, isQueue, plan, isAway]) => {
    const change = { plan, obstacle: isAway ? ('agent_away' as const) : null, until: 60_000, askUntil: 30_000 };
    return isQueue ? inviteQueue('sales', change) : inviteAgent(to, change);
  });

const move = fc
  .tuple(agent, fc.constantFrom('sales', 'support', null), fc.boolean())
  .map(([to, queue, isAway]) =>
    queue ? moveToQueue(queue, isAway ? 'desk_closed' : null) : moveToAgent(to, isAway ? 'agent_away' : null),
  );
const oversees = fc.constantFrom<Oversight>(null, ['sales' as QueueId], ['support' as QueueId], []);

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ claims, identity: fc.option(identity) }).map((change): Command => ({ ...request, ...change }) as Command),
  fc.record({ type: fc.constant('message' as const), text, audience, files }),
  fc.record({ type: fc.constant('offer' as const), content }),
  fc.record({ type: fc.constant('answer' as const), offer, values }),
  fc.record({ type: fc.constant('withdraw' as const), offer }),
  invite,
  fc.record({ type: fc.constant('ask' as const), invitation, agent, until }),
  fc.record({ type: fc.constant('give_up' as const), invitation }),
  fc.record({ type: fc.constantFrom('uninvite' as const, 'leave' as const, 'join' as const) }),
  move,
  fc.record({ type: fc.constant('classify' as const), note: fc.constantFrom('short', 'x'.repeat(1001)) }),
  fc.record({ type: fc.constant('visit' as const), page }),
  fc.record({ type: fc.constant('claim' as const), variables: claims }),
  fc.record({ type: fc.constant('identify' as const), identity }),
  fc.record({ type: fc.constant('revoke' as const), keyId: fc.constantFrom('k1', 'k2') }),
  fc.record({ type: fc.constant('present' as const), agent, until }),
  fc.record({ type: fc.constantFrom('return' as const, 'lose' as const), agent }),
  fc.record({
    type: fc.constantFrom('end', 'accept', 'decline', 'lapse', 'abandon', 'sign_out'),
  }) as fc.Arbitrary<Command>,
);

const anything: fc.Arbitrary<Step> = fc.record({ command, by: actor, afterMs: fc.nat(5000), id, oversees });

/** What really goes round most of the time; without it random play would rarely get past the first request. */
const usual: fc.Arbitrary<Step> = fc.record({
  command: fc.constantFrom<Command>(
    request,
    { type: 'present', agent: anna, until: 1_000_000 },
    { type: 'present', agent: bram, until: 1_000_000 },
    { type: 'accept' },
    { type: 'accept' },
    { type: 'decline' },
    { type: 'message', text: 'hello', audience: 'everyone' },
    { type: 'message', text: 'psst', audience: 'agents' },
    { type: 'lose', agent: anna },
    { type: 'return', agent: anna },
    { type: 'present', agent: chloe, until: 0 },
    { type: 'lapse' },
  ),
  by: actor,
  afterMs: fc.nat(1000),
  id,
});

const by = (one: AgentRef): Actor => ({ kind: 'agent', agent: one });
const byInsiders = fc.constantFrom<Actor>(by(anna), by(anna), by(bram), by(chloe));
const forever = { until: 1_000_000, askUntil: 1_000_000 };
const simple: OfferContent = {
  title: 'When?',
  options: [
    { value: 'a', label: 'A' },
    { value: 'b', label: 'B' },
  ],
  least: 1,
  most: 1,
  optional: true,
};
/** What goes on in a chat that an agent has. */
const chat: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    command: fc.constantFrom<Command>(
      inviteAgent(bram, forever),
      inviteAgent(bram, { until: 0, askUntil: 0 }),
      inviteAgent(chloe, { ...forever, plan: 'leave' }),
      inviteQueue('sales', { ...forever, plan: 'leave' }),
      { type: 'accept' },
      { type: 'accept' },
      { type: 'decline' },
      { type: 'leave' },
      { type: 'uninvite' },
      { type: 'offer', content: simple },
      { type: 'classify', note: 'short' },
      { type: 'message', text: 'psst', audience: 'agents' },
    ),
    by: byInsiders,
    afterMs: fc.nat(500),
    id,
  }),
  fc.record({
    command: fc.oneof(
      fc.constantFrom<Command>(
        { type: 'join' },
        { type: 'uninvite' },
        { type: 'message', text: 'psst', audience: 'agents' },
      ),
      move,
      move,
    ),
    by: agent.map((one): Actor => by(one)),
    afterMs: fc.nat(500),
    id,
    oversees,
  }),
  fc.record({
    command: fc.record({
      type: fc.constant('answer' as const),
      offer,
      values: fc.constantFrom(['a'], ['b'], [], ['c']),
    }),
    by: fc.constant<Actor>(byVisitor),
    afterMs: fc.nat(500),
    id,
  }),
  fc.record({
    command: fc.oneof(
      fc.record({ type: fc.constant('ask' as const), invitation, agent, until: fc.constantFrom(0, 1_000_000) }),
      fc.record({ type: fc.constant('give_up' as const), invitation }),
      fc.constantFrom<Command>({ type: 'lapse' }, { type: 'return', agent: bram }),
    ),
    by: fc.constant<Actor>(bySystem),
    afterMs: fc.nat(500),
    id,
  }),
);
/** Random play that begins where an agent has just accepted. */
const opening: Step[] = [
  { command: request, by: byVisitor, afterMs: 0, id: 'o1' },
  { command: { type: 'present', agent: anna, until: 1_000_000 }, by: bySystem, afterMs: 0, id: 'o2' },
  { command: { type: 'accept' }, by: by(anna), afterMs: 0, id: 'o3' },
];

/** What may come after the end. */
const closing: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    command: fc.oneof(
      fc.record({
        type: fc.constant('rate' as const),
        score: fc.integer({ min: 0, max: 6 }),
        asks: fc.constantFrom('comment' as const, 'nothing' as const),
      }),
      fc.constantFrom<Command>({ type: 'end' }, { type: 'classify', note: 'short' }),
    ),
    by: actor,
    afterMs: fc.nat(500),
    id,
  }),
  { maxLength: 6 },
);

/** Random actors give random commands, likely ones a little more often than the rest. */
export const steps: fc.Arbitrary<Step[]> = fc.oneof(
  fc.array(fc.oneof({ weight: 2, arbitrary: usual }, anything), { maxLength: 60, size: 'max' }),
  fc
    .tuple(fc.array(fc.oneof({ weight: 3, arbitrary: chat }, anything), { maxLength: 60, size: 'max' }), closing)
    .map(([all, after]) => [...opening, ...all, ...after]),
);
