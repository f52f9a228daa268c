import { describe, expect, test } from 'vitest';
import { limits } from '../../../protocol/limits.ts';
import type { Command } from '../command.ts';
import { answersTo } from '../resend.ts';
import { anna, byAgent, bySystem, byVisitor, codeOf, Play, playTo, playToTwo, request, typesOf } from './players.ts';

type Rate = Extract<Command, { type: 'rate' }>;
const rate = (change: Partial<Rate> = {}): Rate => ({ type: 'rate', score: 4, asks: 'comment', ...change });

describe('6: rating a chat', () => {
  test('RAT1 is the visitor’s, when it has ended, and once', () => {
    for (const phase of ['waiting', 'presented', 'active'] as const)
      expect(codeOf(playTo(phase).do(rate(), byVisitor))).toBe('wrong_state');
    expect(codeOf(playTo('absent').do(rate(), byVisitor))).toBe('not_found');
    const play = playTo('ended');
    for (const by of [byAgent(anna), bySystem]) expect(codeOf(play.do(rate(), by))).toBe('not_found');
    expect(typesOf(play.do(rate(), byVisitor))).toEqual(['rated']);
    expect(codeOf(play.do(rate({ score: 1 }), byVisitor))).toBe('already_answered');
  });

  test.each([
    ['by the visitor', byVisitor],
    ['by an agent', byAgent(anna)],
  ])('whether it was ended %s, and whoever noted what in between', (_name, by) => {
    const play = playToTwo();
    play.do({ type: 'end' }, by);
    play.do({ type: 'classify', note: 'sold' }, byAgent(anna));
    expect(typesOf(play.do(rate(), byVisitor))).toEqual(['rated']);
    expect(play.state).toMatchObject({ phase: 'ended', isRated: true });
  });

  test('RAT1 takes that somebody had accepted it', () => {
    const play = new Play();
    play.do(request, byVisitor);
    play.do({ type: 'end' }, byVisitor);
    expect(codeOf(play.do(rate(), byVisitor))).toBe('not_allowed');
    const lost = playTo('active');
    lost.do({ type: 'lose', agent: anna }, bySystem);
    lost.do({ type: 'abandon' }, bySystem);
    expect(typesOf(lost.do(rate(), byVisitor))).toEqual(['rated']);
  });

  test('has a time', () => {
    expect(codeOf(playTo('ended').do(rate(), byVisitor, { now: limits.ratingMs }))).toBeUndefined();
    expect(codeOf(playTo('ended').do(rate(), byVisitor, { now: limits.ratingMs + 1 }))).toBe('not_allowed');
  });

  test('RAT1 RAT2 takes that the site asks, and words only where it asks for words', () => {
    expect(codeOf(playTo('ended').do(rate({ asks: 'nothing' }), byVisitor))).toBe('not_allowed');
    expect(codeOf(playTo('ended').do(rate({ asks: 'score' }), byVisitor))).toBeUndefined();
    expect(codeOf(playTo('ended').do(rate({ asks: 'score', comment: 'x' }), byVisitor))).toBe('invalid_field');
  });

  test('RAT2 has a score of one to five, and so many words as people count them', () => {
    for (const score of [0, 6, -1, 2.5, Number.NaN])
      expect(codeOf(playTo('ended').do(rate({ score }), byVisitor))).toBe('invalid_field');
    const longest = '😀'.repeat(limits.ratingCommentLength);
    const play = playTo('ended');
    expect(codeOf(play.do(rate({ comment: `${longest}!` }), byVisitor))).toBe('invalid_field');
    play.do(rate({ comment: longest }), byVisitor);
    expect(play.log.at(-1)?.body).toEqual({ type: 'rated', score: 4, comment: longest });
  });

  test('words of which nothing shows are none', () => {
    for (const comment of [' ', '\u200b\n', '']) {
      const play = playTo('ended');
      play.do(rate({ comment, asks: 'score' }), byVisitor);
      expect(play.log.at(-1)?.body).toEqual({ type: 'rated', score: 4 });
    }
  });

  test('R189 is known again by score and words', () => {
    const play = playTo('ended');
    play.do(rate({ comment: 'fine\ud800' }), byVisitor, { id: 'r1' });
    const event = play.log.at(-1) as (typeof play.log)[number];
    expect(answersTo(event, rate({ comment: 'fine\ud800', asks: 'nothing' }), byVisitor)).toBe(true);
    for (const other of [rate(), rate({ comment: 'other' }), rate({ comment: 'fine\ud800', score: 5 })])
      expect(answersTo(event, other, byVisitor)).toBe(false);
    expect(answersTo(event, rate({ comment: 'fine\ud800' }), byAgent(anna))).toBe(false);
  });
});
