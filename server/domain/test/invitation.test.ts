import { describe, expect, test } from 'vitest';
import type { AgentId, InvitationId, QueueId } from '../../../protocol/ids.ts';
import { limits } from '../../../protocol/limits.ts';
import type { Command } from '../command.ts';
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
  type Play,
  playTo,
  playToTwo,
  typesOf,
  until,
} from './players.ts';

const ask = (agent = bram, invitation = 'i1'): Command => ({
  type: 'ask',
  invitation: invitation as InvitationId,
  agent,
  until,
});
const giveUp = (invitation = 'i1'): Command => ({ type: 'give_up', invitation: invitation as InvitationId });

function invited(command: Command = inviteAgent(bram)): Play {
  const play = playTo('active');
  play.do(command, byAgent(anna), { id: 'i1' });
  return play;
}

describe('inviting', () => {
  test('a colleague puts it before them at once, with the time they have', () => {
    const play = invited();
    expect(play.log.slice(-2)).toMatchObject([
      { visitorSeq: null, body: { type: 'invited', invitation: 'i1', by: anna, note: 'please', plan: 'stay' } },
      { visitorSeq: null, body: { type: 'asked', agent: bram, until } },
    ]);
    expect(play.state).toMatchObject({
      phase: 'active',
      agent: anna,
      guests: [],
      invitation: { asked: { agent: bram } },
    });
  });

  test('a queue puts it before nobody yet', () => {
    expect(typesOf(playTo('active').do(inviteQueue(), byAgent(anna), { id: 'i1' }))).toEqual(['invited']);
  });

  test('one at a time: a second one is refused until the first is over', () => {
    const play = invited();
    expect(codeOf(play.do(inviteAgent(chloe), byAgent(anna), { id: 'i2' }))).toBe('already_invited');
    play.do({ type: 'uninvite' }, byAgent(anna));
    expect(codeOf(play.do(inviteAgent(chloe), byAgent(anna), { id: 'i3' }))).toBeUndefined();
  });

  test('is refused to who is not in it, and for who is', () => {
    const play = playToTwo();
    expect(codeOf(play.do(inviteAgent(anna), byAgent(chloe), { id: 'i2' }))).toBe('not_allowed');
    expect(codeOf(play.do(inviteAgent(bram), byAgent(anna), { id: 'i2' }))).toBe('already_joined');
    expect(codeOf(play.do(inviteAgent(anna), byAgent(anna), { id: 'i2' }))).toBe('already_joined');
    expect(codeOf(play.do(inviteAgent(chloe), byVisitor, { id: 'i2' }))).toBe('not_found');
    for (const phase of ['waiting', 'presented', 'absent', 'ended'] as const)
      expect(codeOf(playTo(phase).do(inviteAgent(bram), byAgent(anna), { id: 'i2' })), phase).toBeDefined();
  });

  test.each(['agent_away', 'no_room'] as const)('is refused where the desk found %s', (obstacle) => {
    const decision = playTo('active').do(inviteAgent(bram, { obstacle }), byAgent(anna), { id: 'i1' });
    expect(decision).toMatchObject({ ok: false, refusal: { code: obstacle, field: 'to' } });
  });

  test('is refused when as many are in it as there may be', () => {
    const play = playTo('active');
    for (let count = 1; count < limits.agentsPerConversation; count++) {
      const guest = { id: `guest-${count}` as AgentId, name: 'Guest' };
      play.do(inviteAgent(guest), byAgent(anna), { id: `i${count}` });
      expect(typesOf(play.do({ type: 'accept' }, byAgent(guest)))).toEqual(['joined']);
    }
    expect(codeOf(play.do(inviteAgent(bram), byAgent(anna), { id: 'one-more' }))).toBe('too_many');
  });
});

describe('who is invited', () => {
  test('joins, and the inviter stays where that was the plan', () => {
    const play = invited();
    expect(typesOf(play.do({ type: 'accept' }, byAgent(bram)))).toEqual(['joined']);
    expect(play.state).toMatchObject({ agent: anna, guests: [bram], invitation: null });
    for (const agent of [anna, bram])
      expect(codeOf(play.do({ type: 'message', text: 'hi', audience: 'everyone' }, byAgent(agent)))).toBeUndefined();
  });

  test('joins and takes over in one breath, where the inviter meant to leave', () => {
    const play = invited(inviteAgent(bram, { plan: 'leave' }));
    expect(typesOf(play.do({ type: 'accept' }, byAgent(bram)))).toEqual(['joined', 'left']);
    expect(play.state).toMatchObject({ phase: 'active', agent: bram, guests: [], request: { answeredBy: bram } });
    expect(codeOf(play.do({ type: 'message', text: 'hi', audience: 'everyone' }, byAgent(anna)))).toBe('not_allowed');
  });

  test('joins also where the inviter is gone meanwhile and somebody else is there', () => {
    const play = playToTwo();
    play.do(inviteAgent(chloe, { plan: 'leave' }), byAgent(anna), { id: 'i2' });
    expect(typesOf(play.do({ type: 'lose', agent: anna }, bySystem))).toEqual(['left']);
    expect(typesOf(play.do({ type: 'accept' }, byAgent(chloe)))).toEqual(['joined']);
    expect(play.state).toMatchObject({ agent: bram, guests: [chloe] });
  });

  test('says nothing and reads along, but does not speak before they are in', () => {
    const play = invited();
    const commands: Command[] = [
      { type: 'message', text: 'hi', audience: 'agents' },
      { type: 'end' },
      { type: 'leave' },
      { type: 'uninvite' },
      { type: 'classify', note: 'x' },
    ];
    for (const command of commands) expect(codeOf(play.do(command, byAgent(bram))), command.type).toBe('not_allowed');
  });

  test('has their time, and not a moment more', () => {
    expect(codeOf(invited().do({ type: 'accept' }, byAgent(bram), { now: until - 1 }))).toBeUndefined();
    expect(codeOf(invited().do({ type: 'accept' }, byAgent(bram), { now: until }))).toBe('not_presented');
  });

  test.each([
    ['declines', { type: 'decline' }, byAgent(bram), 'declined', 0],
    ['lets it run out', { type: 'lapse' }, bySystem, 'lapsed', until],
    ['is gone', { type: 'return', agent: bram }, bySystem, 'returned', 0],
  ] as const)(
    '%s: the one who was named is the only one, and the inviter is told',
    (_name, command, by, reason, now) => {
      const play = invited(inviteAgent(bram, { plan: 'leave' }));
      play.do(command, by, { now });
      expect(play.log.slice(-2).map(({ body }) => body)).toEqual([
        { type: 'unanswered', agent: bram, reason },
        { type: 'uninvited', reason },
      ]);
      expect(play.state).toMatchObject({ agent: anna, guests: [], invitation: null });
      expect(codeOf(play.do({ type: 'accept' }, byAgent(bram)))).toBe('already_taken');
    },
  );

  test('whose connection is lost may come back to it while their time runs', () => {
    const play = invited(inviteAgent(bram));
    const before = play.log.length;
    play.do({ type: 'return', agent: bram, mayComeBack: true }, bySystem);
    expect(play.log).toHaveLength(before);
    expect(codeOf(play.do({ type: 'accept' }, byAgent(bram)))).toBeUndefined();
  });

  test('somebody else can neither accept nor decline', () => {
    for (const type of ['accept', 'decline'] as const)
      expect(codeOf(invited().do({ type }, byAgent(chloe)))).toBe('already_taken');
  });

  test('cannot come to what was withdrawn', () => {
    const play = invited();
    play.do({ type: 'uninvite' }, byAgent(anna));
    expect(play.log.at(-1)?.body).toEqual({ type: 'uninvited', reason: 'withdrawn' });
    expect(codeOf(play.do({ type: 'accept' }, byAgent(bram)))).toBe('already_taken');
    expect(codeOf(play.do({ type: 'uninvite' }, byAgent(anna)))).toBe('wrong_state');
  });
});

describe('an invitation to a queue', () => {
  test('is put before one after the other, and who passed is remembered', () => {
    const play = invited(inviteQueue());
    expect(typesOf(play.do(ask(bram), bySystem))).toEqual(['asked']);
    expect(codeOf(play.do(ask(chloe), bySystem))).toBe('wrong_state');
    expect(typesOf(play.do({ type: 'decline' }, byAgent(bram), { now: 4 }))).toEqual(['unanswered']);
    expect(play.state).toMatchObject({ invitation: { asked: null, passes: [{ agent: bram.id, at: 4 }] } });
    expect(typesOf(play.do(ask(chloe), bySystem))).toEqual(['asked']);
    expect(typesOf(play.do({ type: 'accept' }, byAgent(chloe)))).toEqual(['joined']);
  });

  test('is over when everybody passed, unless it stands before somebody', () => {
    const play = invited(inviteQueue());
    play.do(ask(bram), bySystem);
    expect(typesOf(play.do(giveUp(), bySystem))).toEqual([]);
    play.do({ type: 'decline' }, byAgent(bram));
    expect(typesOf(play.do(giveUp(), bySystem))).toEqual(['uninvited']);
    expect(play.log.at(-1)?.body).toEqual({ type: 'uninvited', reason: 'nobody' });
  });

  test('is over when its time is up and nobody could be asked', () => {
    const play = invited(inviteQueue());
    expect(codeOf(play.do({ type: 'lapse' }, bySystem, { now: until * 2 - 1 }))).toBe('wrong_state');
    expect(codeOf(play.do(ask(bram), bySystem, { now: until * 2 }))).toBe('wrong_state');
    expect(typesOf(play.do({ type: 'lapse' }, bySystem, { now: until * 2 }))).toEqual(['uninvited']);
  });

  test('is not mistaken for the one that was made after it', () => {
    const play = invited(inviteQueue());
    play.do({ type: 'uninvite' }, byAgent(anna));
    play.do(inviteQueue('support'), byAgent(anna), { id: 'i2' });
    expect(typesOf(play.do(giveUp('i1'), bySystem))).toEqual([]);
    expect(codeOf(play.do(ask(bram, 'i1'), bySystem))).toBe('wrong_state');
    expect(play.state).toMatchObject({ invitation: { id: 'i2', to: { queue: { id: 'support' as QueueId } } } });
  });

  test('is put before nobody who is in it', () => {
    const play = invited(inviteQueue());
    expect(codeOf(play.do(ask(anna), bySystem))).toBe('wrong_state');
  });
});

describe('leaving', () => {
  test('takes a colleague who stays: the last one cannot leave', () => {
    const play = playToTwo();
    expect(typesOf(play.do({ type: 'leave' }, byAgent(anna)))).toEqual(['left']);
    expect(play.state).toMatchObject({ phase: 'active', agent: bram, guests: [] });
    expect(codeOf(play.do({ type: 'leave' }, byAgent(bram)))).toBe('wrong_state');
    expect(codeOf(play.do({ type: 'leave' }, byAgent(anna)))).toBe('not_allowed');
  });

  test('somebody who is asked but not in it does not count', () => {
    expect(codeOf(invited(inviteAgent(bram, { plan: 'leave' })).do({ type: 'leave' }, byAgent(anna)))).toBe(
      'wrong_state',
    );
  });

  test('who is lost while others are there just goes, and their invitation stands', () => {
    const play = playToTwo();
    play.do(inviteAgent(chloe), byAgent(bram), { id: 'i2' });
    expect(typesOf(play.do({ type: 'lose', agent: bram }, bySystem))).toEqual(['left']);
    expect(play.state).toMatchObject({ agent: anna, guests: [], invitation: { asked: { agent: chloe } } });
  });

  test('when the last one is lost the visitor waits again, and nobody is invited to that', () => {
    const play = invited();
    expect(typesOf(play.do({ type: 'lose', agent: anna }, bySystem))).toEqual(['uninvited', 'left']);
    expect(play.state).toMatchObject({ phase: 'waiting', passes: [] });
    expect(codeOf(play.do({ type: 'accept' }, byAgent(bram)))).toBe('not_presented');
  });

  test.each([
    ['ask', ask()],
    ['give_up', giveUp()],
  ])('nobody but the desk can %s', (_name, command) => {
    for (const by of [byVisitor, byAgent(anna), byAgent(bram)])
      expect(codeOf(invited(inviteQueue()).do(command, by))).toBe('not_found');
  });
});
