import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AgentRef } from '../../../protocol/entities.ts';
import type { AgentId, QueueId } from '../../../protocol/ids.ts';
import { limits } from '../../../protocol/limits.ts';
import { audienceOf } from '../audience.ts';
import type { Command, Oversight } from '../command.ts';
import type { Conversation } from '../conversation.ts';
import { agentsIn } from '../decision.ts';
import { invitationOf } from '../invitation-rules.ts';
import { steps } from './arbitrary-step.ts';
import {
  anna,
  bram,
  byAgent,
  bySystem,
  byVisitor,
  chloe,
  codeOf,
  inviteAgent,
  inviteQueue,
  moveToAgent,
  moveToQueue,
  Play,
  playTo,
  playToTwo,
  typesOf,
} from './players.ts';

const sofie: AgentRef = { id: 'sofie' as AgentId, name: 'Sofie' };
const sales: Oversight = ['sales' as QueueId];
const give = (play: Play, command: Command, { by = sofie, oversees = sales as Oversight, now = 10, id = 'c1' } = {}) =>
  play.do(command, byAgent(by), { now, id, oversees });
const phases = ['waiting', 'presented', 'active'] as const satisfies readonly Conversation['phase'][];
const whisper: Command = { type: 'message', text: 'offer a discount', audience: 'agents' };
const all: Command[] = [{ type: 'join' }, moveToQueue('support'), moveToAgent(bram), whisper];

describe('3: who may', () => {
  test.each(all)('$type is for who oversees the queue, and for no others', (command) => {
    for (const oversees of [[], ['support' as QueueId]] as Oversight[])
      for (const phase of phases) expect(codeOf(give(playTo(phase), command, { oversees }))).toBe('not_allowed');
    for (const oversees of [sales, null] as Oversight[])
      expect(codeOf(give(playTo('active'), command, { oversees }))).toBeUndefined();
  });

  test.each(all)('$type is nothing of an absent conversation, and too late in one that has ended', (command) => {
    expect(codeOf(give(playTo('absent'), command))).toBe('not_found');
    expect(codeOf(give(playTo('ended'), command))).toBe('already_ended');
  });

  test('neither a visitor nor the desk itself joins or moves', () => {
    for (const command of [{ type: 'join' } as const, moveToQueue('support')])
      for (const by of [byVisitor, bySystem])
        expect(codeOf(playTo('active').do(command, by, { oversees: null }))).toBe('not_found');
  });

  test('who oversees it still says nothing to the visitor without joining', () => {
    const aloud: Command = { type: 'message', text: 'hello', audience: 'everyone' };
    expect(codeOf(give(playTo('active'), aloud))).toBe('not_allowed');
  });
});

describe('3: whispering and joining', () => {
  test('a whisper is for agents alone, in every phase, and changes nothing else', () => {
    for (const phase of phases) {
      const play = playTo(phase);
      const before = play.state;
      give(play, whisper);
      expect(play.log.at(-1)).toMatchObject({ visitorSeq: null, body: { type: 'message', audience: 'agents' } });
      expect(play.state).toEqual({ ...before, seq: before.seq + 1 });
    }
  });

  test('who joins is one of those in it, and can then speak', () => {
    const play = playTo('active');
    expect(typesOf(give(play, { type: 'join' }))).toEqual(['joined']);
    expect(agentsIn(play.state)).toEqual([anna, sofie]);
    expect(codeOf(give(play, { type: 'join' }))).toBe('already_joined');
    expect(codeOf(give(play, { type: 'message', text: 'hello', audience: 'everyone' }, { oversees: [] }))).toBe(
      undefined,
    );
  });

  test('nobody joins what nobody is in, or a full conversation', () => {
    expect(codeOf(give(playTo('waiting'), { type: 'join' }))).toBe('wrong_state');
    expect(codeOf(give(playTo('presented'), { type: 'join' }))).toBe('wrong_state');
    const play = playTo('active');
    for (let index = 1; index < limits.agentsPerConversation; index++)
      give(play, { type: 'join' }, { by: { id: `a${index}` as AgentId, name: '' } });
    expect(codeOf(give(play, { type: 'join' }))).toBe('too_many');
  });

  test('an invitation of others stays open; who was asked themselves answers it by joining', () => {
    const play = playTo('active');
    play.do(inviteAgent(bram), byAgent(anna), { id: 'i1' });
    give(play, { type: 'join' });
    expect(invitationOf(play.state)?.asked?.agent).toEqual(bram);
    play.do(inviteQueue('sales'), byAgent(anna), { id: 'i2' });
    give(play, { type: 'join' }, { by: bram });
    expect([invitationOf(play.state), agentsIn(play.state)]).toEqual([null, [anna, sofie, bram]]);
  });
});

describe('3: moving to a queue', () => {
  test.each(phases)('from %s, the visitor waits there, and nobody else has it', (phase) => {
    const play = playTo(phase);
    expect(typesOf(give(play, moveToQueue('support')))).toEqual(['moved']);
    expect(play.state).toMatchObject({ phase: 'waiting', request: { queue: { id: 'support' } } });
    expect(audienceOf({ type: 'moved', queue: { id: 'support' as QueueId, name: '' } })).toBe('everyone');
  });

  test('FLR6 it keeps the time of the request, so that it stands before all who came later', () => {
    const play = playTo('active');
    give(play, moveToQueue('support'), { now: 9000 });
    expect(play.state).toMatchObject({ request: { requestedAt: 0, since: 9000 } });
    const waiting = playTo('waiting');
    give(waiting, moveToQueue('support'), { now: 9000 });
    expect(waiting.state, 'who waits goes on to wait').toMatchObject({ request: { requestedAt: 0, since: 0 } });
  });

  test('whom it was taken from is asked last', () => {
    const two = playToTwo();
    give(two, moveToQueue('sales'));
    expect(two.state).toMatchObject({ passes: [{ agent: 'anna' }, { agent: 'bram' }] });
    const presented = playTo('presented');
    give(presented, moveToQueue('sales'));
    expect(presented.state).toMatchObject({ passes: [{ agent: 'anna' }] });
  });

  test('an open invitation ends with it', () => {
    const play = playTo('active');
    play.do(inviteAgent(bram), byAgent(anna), { id: 'i1' });
    expect(typesOf(give(play, moveToQueue('support')))).toEqual(['uninvited', 'moved']);
  });

  test('not to where it waits already, nor to a closed queue', () => {
    expect(codeOf(give(playTo('waiting'), moveToQueue('sales')))).toBe('wrong_state');
    expect(codeOf(give(playTo('active'), moveToQueue('support', 'desk_closed')))).toBe('desk_closed');
  });
});

describe('3: moving to an agent', () => {
  test('what waits stands before them', () => {
    const play = playTo('waiting');
    expect(typesOf(give(play, moveToAgent(bram)))).toEqual(['presented']);
    expect(play.state).toMatchObject({ phase: 'presented', agent: bram, until: 30_000 });
  });

  test('what stands before somebody is taken from them first', () => {
    const play = playTo('presented');
    expect(typesOf(give(play, moveToAgent(bram)))).toEqual(['returned', 'presented']);
    expect(codeOf(give(play, moveToAgent(bram)))).toBe('wrong_state');
    expect(codeOf(play.do({ type: 'accept' }, byAgent(anna)))).toBe('not_presented');
  });

  test('FLR6 a chat stays with who has it until they accept; then everybody else has left', () => {
    const play = playToTwo();
    expect(typesOf(give(play, moveToAgent(chloe)))).toEqual(['invited', 'asked']);
    expect(agentsIn(play.state)).toEqual([anna, bram]);
    expect(typesOf(play.do({ type: 'accept' }, byAgent(chloe), { now: 20 }))).toEqual(['joined', 'left', 'left']);
    expect(agentsIn(play.state)).toEqual([chloe]);
  });

  test('a chat that they decline stays where it is', () => {
    const play = playTo('active');
    give(play, moveToAgent(bram));
    expect(typesOf(play.do({ type: 'decline' }, byAgent(bram)))).toEqual(['unanswered', 'uninvited']);
    expect(agentsIn(play.state)).toEqual([anna]);
  });

  test('it takes the place of another invitation, and is withdrawn by overseers alone', () => {
    const play = playTo('active');
    play.do(inviteAgent(bram), byAgent(anna), { id: 'i1' });
    expect(typesOf(give(play, moveToAgent(chloe)))).toEqual(['uninvited', 'invited', 'asked']);
    expect(codeOf(play.do({ type: 'uninvite' }, byAgent(anna)))).toBe('not_allowed');
    expect(typesOf(give(play, { type: 'uninvite' }))).toEqual(['uninvited']);
  });

  test('to somebody who is in it already: the others leave', () => {
    const play = playToTwo();
    expect(typesOf(give(play, moveToAgent(bram)))).toEqual(['left']);
    expect(agentsIn(play.state)).toEqual([bram]);
    expect(codeOf(give(play, moveToAgent(bram)))).toBe('wrong_state');
  });

  test('not to who is away or full', () => {
    for (const obstacle of ['agent_away', 'no_room'] as const)
      for (const phase of phases) expect(codeOf(give(playTo(phase), moveToAgent(bram, obstacle)))).toBe(obstacle);
  });
});

test('INV4 wherever it is moved, from whatever came before, the visitor waits, is presented, or is with somebody', () => {
  const outcomes = new Set<string>();
  const moves = fc.constantFrom(moveToQueue('support'), moveToQueue('sales'), moveToAgent(bram), moveToAgent(chloe));
  fc.assert(
    fc.property(steps, moves, (before, command) => {
      const play = new Play();
      let now = 0;
      for (const { command: step, by, afterMs, id, oversees = [] } of before) {
        now += afterMs;
        play.do(step, by, { now, id, oversees });
      }
      const was = play.state;
      const decision = give(play, command, { now, id: 'last', oversees: null });
      const { state } = play;
      if (!decision.ok) {
        expect(state).toBe(was);
        return;
      }
      outcomes.add(`${was.phase} → ${state.phase}`);
      expect(['waiting', 'presented', 'active']).toContain(state.phase);
      if (was.phase === 'active' && command.to.kind === 'agent') expect(agentsIn(state).length).toBeGreaterThan(0);
      if (command.to.kind === 'queue')
        expect(state).toMatchObject({ phase: 'waiting', request: { queue: command.to.queue } });
    }),
    { numRuns: 2000 },
  );
  expect([...outcomes].sort()).toEqual(
    ['active → active', 'active → waiting', 'presented → presented', 'presented → waiting'].concat([
      'waiting → presented',
      'waiting → waiting',
    ]),
  );
});
