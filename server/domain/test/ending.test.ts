import { describe, expect, test } from 'vitest';
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
  playTo,
  playToTwo,
  typesOf,
  until,
} from './players.ts';

const classify = (change: { category?: string; note?: string } = {}): Command => ({ type: 'classify', ...change });

describe('ending a conversation with several agents', () => {
  test('any of them ends it for all, and it remembers who was there', () => {
    const play = playToTwo();
    expect(codeOf(play.do({ type: 'end' }, byAgent(chloe)))).toBe('not_allowed');
    expect(typesOf(play.do({ type: 'end' }, byAgent(bram)))).toEqual(['ended']);
    expect(play.state).toMatchObject({ phase: 'ended', agent: anna, guests: [bram] });
  });

  test.each([
    ['the visitor', byVisitor, { type: 'end' }, 'visitor'],
    ['an agent', byAgent(anna), { type: 'end' }, 'agent'],
    ['a sign-out', byVisitor, { type: 'sign_out' }, 'signed_out'],
  ] as const)('by %s ends the open invitation too', (_name, by, command, reason) => {
    const play = playTo('active');
    play.do(inviteAgent(bram), byAgent(anna), { id: 'i1' });
    expect(typesOf(play.do(command, by, { id: 'e1' }))).toEqual(['uninvited', 'ended']);
    expect(play.log.slice(-2).map(({ body }) => body)).toEqual([
      { type: 'uninvited', reason: 'ended' },
      { type: 'ended', reason },
    ]);
    for (const type of ['accept', 'decline'] as const)
      expect(codeOf(play.do({ type }, byAgent(bram), { now: until - 1 }))).toBe('already_ended');
  });

  test('P117 the visitor’s end is told them by the number of what they see, whoever was invited', () => {
    const play = playTo('active');
    play.do(inviteAgent(bram), byAgent(anna), { id: 'i1' });
    play.do({ type: 'end' }, byVisitor, { id: 'e1' });
    expect(play.log.filter(({ command }) => command === 'e1')).toMatchObject([
      { visitorSeq: 3, body: { type: 'ended' } },
    ]);
  });
});

describe('classifying', () => {
  test('is for who is in it, and for who was when it ended', () => {
    const play = playToTwo();
    expect(typesOf(play.do(classify({ category: 'Order' }), byAgent(bram)))).toEqual(['classified']);
    expect(codeOf(play.do(classify({ category: 'Order' }), byAgent(chloe)))).toBe('not_allowed');
    play.do({ type: 'end' }, byVisitor);
    for (const agent of [anna, bram])
      expect(typesOf(play.do(classify({ note: 'sold' }), byAgent(agent)))).toEqual(['classified']);
    expect(codeOf(play.do(classify({ note: 'spy' }), byAgent(chloe)))).toBe('not_allowed');
    expect(codeOf(play.do(classify({ note: 'me' }), byVisitor))).toBe('not_found');
  });

  test('is not for who left before the end', () => {
    const play = playToTwo();
    play.do({ type: 'leave' }, byAgent(anna));
    play.do({ type: 'end' }, byVisitor);
    expect(codeOf(play.do(classify({ note: 'mine' }), byAgent(anna)))).toBe('not_allowed');
  });

  test('leaves what has ended as it is', () => {
    const play = playTo('ended');
    const { seq, ...before } = play.state;
    play.do(classify({ category: 'Order', note: 'a\ud800' }), byAgent(anna));
    expect(play.log.at(-1)).toMatchObject({ visitorSeq: null, body: { category: 'Order', note: 'a\ufffd' } });
    expect(play.state).toEqual({ ...before, seq: seq + 1 });
  });

  test('a note has its limit, counted in code points', () => {
    const play = playTo('active');
    expect(codeOf(play.do(classify({ note: '😀'.repeat(limits.noteLength) }), byAgent(anna)))).toBeUndefined();
    expect(codeOf(play.do(classify({ note: 'x'.repeat(limits.noteLength + 1) }), byAgent(anna)))).toBe('invalid_field');
  });

  test('nothing that never was is classified', () => {
    expect(codeOf(playTo('absent').do(classify(), byAgent(anna)))).toBe('not_found');
    expect(codeOf(playTo('waiting').do(classify(), bySystem))).toBe('not_found');
    expect(codeOf(playTo('presented').do(classify(), byAgent(anna)))).toBe('not_allowed');
  });
});
