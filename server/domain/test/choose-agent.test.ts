import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AgentId } from '../../../protocol/ids.ts';
import { askAgainMs, type Candidate, chooseAgent } from '../routing.ts';

const seed = Date.now() & 0x7fffffff;
const runs = { numRuns: 2000, seed };
console.info(`server/domain chooseAgent: seed ${seed}`);

const ids = ['a', 'b', 'c', 'd', 'e'] as AgentId[];
const candidates: fc.Arbitrary<Candidate[]> = fc.uniqueArray(
  fc.record({
    agent: fc.constantFrom(...ids),
    load: fc.nat(5),
    room: fc.integer({ min: 1, max: 4 }),
    idleSince: fc.nat(3),
    freeAt: fc.constant(0),
  }),
  { selector: ({ agent }) => agent },
);
const passes = fc.uniqueArray(fc.record({ agent: fc.constantFrom(...ids), at: fc.nat(10_000) }), {
  selector: ({ agent }) => agent,
});
const now = fc.nat(20_000);

const candidate = (agent: string, change: Partial<Candidate> = {}): Candidate => ({
  agent: agent as AgentId,
  load: 0,
  room: 4,
  idleSince: 0,
  freeAt: 0,
  ...change,
});

describe('chooseAgent', () => {
  test('asks who has been idle longest', () => {
    const all = [candidate('anna', { idleSince: 30 }), candidate('bram', { idleSince: 10 })];
    expect(chooseAgent(all, [], 100)).toEqual({ kind: 'agent', agent: 'bram' });
  });

  test('asks who has nothing to do before who has been at it for longer', () => {
    const all = [candidate('anna', { load: 1, idleSince: 10 }), candidate('bram', { idleSince: 30 })];
    expect(chooseAgent(all, [], 100)).toEqual({ kind: 'agent', agent: 'bram' });
  });

  test('asks nobody where there is nobody', () => {
    expect(chooseAgent([], [], 0)).toEqual({ kind: 'nobody' });
  });

  test('asks who passed only when nobody else is left, and not at once', () => {
    const pass = { agent: 'anna' as AgentId, at: 1000 };
    const both = [candidate('anna'), candidate('bram', { idleSince: 99 })];
    expect(chooseAgent(both, [pass], 1000)).toEqual({ kind: 'agent', agent: 'bram' });
    const alone = [candidate('anna'), candidate('bram', { load: 4 })];
    expect(chooseAgent(alone, [pass], 1000)).toEqual({ kind: 'later', at: 1000 + askAgainMs });
    expect(chooseAgent(alone, [pass], 1000 + askAgainMs)).toEqual({ kind: 'agent', agent: 'anna' });
  });

  test('never asks anybody without room', () => {
    fc.assert(
      fc.property(candidates, passes, now, (all, passed, at) => {
        const choice = chooseAgent(all, passed, at);
        const chosen = all.find(({ agent }) => choice.kind === 'agent' && agent === choice.agent);
        if (choice.kind === 'agent') expect(chosen && chosen.load < chosen.room).toBe(true);
        else if (choice.kind === 'nobody') expect(all.some(({ load, room }) => load < room)).toBe(false);
      }),
      runs,
    );
  });

  test('asks the idlest of those who have the least to do and have not passed, whenever there is one', () => {
    fc.assert(
      fc.property(candidates, passes, now, (all, passed, at) => {
        const fresh = all.filter(
          ({ agent, load, room }) => load < room && !passed.some((pass) => pass.agent === agent),
        );
        fc.pre(fresh.length > 0);
        const least = Math.min(...fresh.map(({ load }) => load));
        const idlest = Math.min(...fresh.filter(({ load }) => load === least).map(({ idleSince }) => idleSince));
        const choice = chooseAgent(all, passed, at);
        const chosen = fresh.find(({ agent }) => choice.kind === 'agent' && agent === choice.agent);
        expect(chosen).toMatchObject({ load: least, idleSince: idlest });
      }),
      runs,
    );
  });

  test('asks again whoever passed longest ago, after a moment', () => {
    fc.assert(
      fc.property(candidates, passes, now, (all, passed, at) => {
        const free = all.filter(({ load, room }) => load < room);
        fc.pre(free.length > 0 && free.every(({ agent }) => passed.some((pass) => pass.agent === agent)));
        const earliest = Math.min(
          ...passed.filter((pass) => free.some(({ agent }) => agent === pass.agent)).map((pass) => pass.at),
        );
        const choice = chooseAgent(all, passed, at);
        if (choice.kind === 'later') expect(choice.at).toBe(earliest + askAgainMs);
        else expect(passed.find(({ agent }) => choice.kind === 'agent' && agent === choice.agent)?.at).toBe(earliest);
        expect(choice.kind).toBe(at >= earliest + askAgainMs ? 'agent' : 'later');
      }),
      runs,
    );
  });

  test('chooses the same in whatever order it is given them, so that every node chooses alike', () => {
    fc.assert(
      fc.property(candidates, passes, now, fc.infiniteStream(fc.nat()), (all, passed, at, chance) => {
        const keys = new Map(all.map((one) => [one, chance.next().value ?? 0]));
        const shuffled = all.toSorted((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0));
        expect(chooseAgent(shuffled, passed.toReversed(), at)).toEqual(chooseAgent(all, passed, at));
      }),
      runs,
    );
  });
});
