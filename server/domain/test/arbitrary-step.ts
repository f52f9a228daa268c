import fc from 'fast-check';
import type { Actor, AgentRef } from '../../../protocol/entities.ts';
import type { Command } from '../command.ts';
import { anna, bram, bySystem, byVisitor, chloe, request, verification } from './players.ts';

export interface Step {
  readonly command: Command;
  readonly by: Actor;
  readonly afterMs: number;
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

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ claims, identity: fc.option(identity) }).map((change): Command => ({ ...request, ...change }) as Command),
  fc.record({ type: fc.constant('message' as const), text, audience }),
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

const anything: fc.Arbitrary<Step> = fc.record({ command, by: actor, afterMs: fc.nat(5000) });

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
  ),
  by: actor,
  afterMs: fc.nat(1000),
});

/** Random actors give random commands, likely ones a little more often than the rest. */
export const steps: fc.Arbitrary<Step[]> = fc.array(fc.oneof({ weight: 2, arbitrary: usual }, anything), {
  maxLength: 60,
  size: 'max',
});
