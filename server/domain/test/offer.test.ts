import { describe, expect, test } from 'vitest';
import type { FileRef, OfferContent } from '../../../protocol/entities.ts';
import type { FileId, OfferId } from '../../../protocol/ids.ts';
import { limits } from '../../../protocol/limits.ts';
import type { Command } from '../command.ts';
import { anna, bram, byAgent, bySystem, byVisitor, codeOf, type Play, playTo, typesOf } from './players.ts';

const optionsOf = (...values: string[]) => values.map((value) => ({ value, label: `Label ${value}` }));
const contentOf = (change: Partial<OfferContent> = {}): OfferContent => ({
  title: 'When?',
  options: optionsOf('a', 'b', 'c'),
  least: 1,
  most: 1,
  optional: false,
  ...change,
});
const offer = (change: Partial<OfferContent> = {}): Command => ({ type: 'offer', content: contentOf(change) });
const answer = (...values: string[]): Command => ({ type: 'answer', offer: 'o1' as OfferId, values });
const withdraw: Command = { type: 'withdraw', offer: 'o1' as OfferId };

/** Anna's chat, with an offer of hers in it. */
function offered(change: Partial<OfferContent> = {}): Play {
  const play = playTo('active');
  expect(typesOf(play.do(offer(change), byAgent(anna), { id: 'o1' }))).toEqual(['offered']);
  return play;
}

describe('making an offer', () => {
  test('is for who is in the conversation, under the id of the command', () => {
    const play = offered();
    expect(play.log.at(-1)).toMatchObject({ command: 'o1', body: { type: 'offered', offer: 'o1' } });
    expect(codeOf(play.do(offer(), byAgent(bram), { id: 'o2' }))).toBe('not_allowed');
    expect(codeOf(play.do(offer(), byVisitor, { id: 'o2' }))).toBe('not_found');
    expect(codeOf(play.do(offer(), byAgent(anna)))).toBe('invalid_field');
  });

  test('is told from every other by its id, whatever became of that', () => {
    const play = offered();
    const other = offer({ options: optionsOf('x', 'y') });
    expect(codeOf(play.do(other, byAgent(anna), { id: 'o1' }))).toBe('conflicting_resend');
    play.do(withdraw, byAgent(anna));
    expect(codeOf(play.do(other, byAgent(anna), { id: 'o1' }))).toBe('conflicting_resend');
  });

  test.each(['waiting', 'presented'] as const)('is refused while %s', (phase) => {
    expect(codeOf(playTo(phase).do(offer(), byAgent(anna), { id: 'o1' }))).toBe('not_allowed');
  });

  test('is refused when the conversation has ended', () => {
    expect(codeOf(playTo('ended').do(offer(), byAgent(anna), { id: 'o1' }))).toBe('already_ended');
  });

  const pdf: FileRef = { id: 'f' as FileId, name: 'a.pdf', kind: 'pdf', bytes: 1 };
  test.each([
    ['a title that shows nothing', { title: ' \u200b' }, 'content.title'],
    ['least above most', { least: 2, most: 1 }, 'content.least'],
    ['most above what there is', { most: 4 }, 'content.most'],
    [
      'a label that shows nothing',
      { options: [...optionsOf('a'), { value: 'b', label: '\t' }] },
      'content.options[1].label',
    ],
    ['a value twice', { options: [...optionsOf('a'), { value: 'a', label: 'x' }] }, 'content.options[1].value'],
    ['a label twice', { options: [...optionsOf('a'), { value: 'x', label: 'Label a' }] }, 'content.options[1].label'],
    [
      'values that are told apart by half a surrogate pair alone',
      {
        options: [
          { value: '\ud800', label: 'x' },
          { value: '\ud801', label: 'y' },
        ],
      },
      'content.options[1].value',
    ],
    [
      'a document for a picture',
      { options: [...optionsOf('a'), { value: 'b', label: 'b', picture: pdf }] },
      'content.options[1].picture',
    ],
  ])('with %s is refused by the name of the field', (_name, change, field) => {
    const decision = playTo('active').do(offer(change), byAgent(anna), { id: 'o1' });
    expect(decision).toMatchObject({ ok: false, refusal: { code: 'invalid_field', field } });
  });

  test('W023 is kept as UTF-8 can carry it', () => {
    const play = offered({
      title: 'a\ud800',
      options: [...optionsOf('a'), { value: '\ud800', label: 'b\udc00', description: 'c\ud800' }],
    });
    expect(play.log.at(-1)?.body).toMatchObject({
      content: { title: 'a\ufffd', options: [{}, { value: '\ufffd', label: 'b\ufffd', description: 'c\ufffd' }] },
    });
  });

  test('is refused where there are too many of them', () => {
    const play = playTo('active');
    for (let count = 0; count < limits.offersPerConversation; count++)
      expect(codeOf(play.do(offer(), byAgent(anna), { id: `offer-${count}` }))).toBeUndefined();
    expect(codeOf(play.do(offer(), byAgent(anna), { id: 'one-more' }))).toBe('too_many');
  });
});

describe('answering an offer', () => {
  test('takes one of its values, and keeps who chose what and when', () => {
    const play = offered();
    expect(typesOf(play.do(answer('b'), byVisitor, { now: 7, id: 'a1' }))).toEqual(['answered']);
    expect(play.log.at(-1)).toMatchObject({
      at: 7,
      by: byVisitor,
      command: 'a1',
      body: { type: 'answered', offer: 'o1', values: ['b'] },
    });
  });

  test.each([
    ['one that was not offered', {}, ['d'], 'not_offered'],
    ['the label instead of the value', {}, ['Label a'], 'not_offered'],
    ['none, where one must be chosen', {}, [], 'not_offered'],
    ['too many', {}, ['a', 'b'], 'not_offered'],
    ['too few', { least: 2, most: 3 }, ['a'], 'not_offered'],
    ['one twice', { least: 2, most: 3 }, ['a', 'a'], 'invalid_field'],
    ['one that was and one that was not', { most: 2 }, ['a', 'd'], 'not_offered'],
    ['fewer than the least, even where none would do', { least: 2, most: 3, optional: true }, ['a'], 'not_offered'],
  ])('with %s is refused and changes nothing', (_name, change, values, code) => {
    const play = offered(change);
    const before = play.state;
    expect(codeOf(play.do(answer(...values), byVisitor))).toBe(code);
    expect(play.state).toBe(before);
    expect(codeOf(play.do(answer(...('least' in change ? ['a', 'b'] : ['a'])), byVisitor))).toBeUndefined();
  });

  test('with none of these is taken where the offer allows it', () => {
    const play = offered({ optional: true });
    play.do(answer(), byVisitor);
    expect(play.log.at(-1)?.body).toMatchObject({ type: 'answered', values: [] });
    expect(codeOf(play.do(answer('a'), byVisitor))).toBe('already_answered');
  });

  test('several are kept in the order in which they were said', () => {
    const play = offered({ least: 2, most: 3 });
    play.do(answer('c', 'a'), byVisitor);
    expect(play.log.at(-1)?.body).toMatchObject({ values: ['c', 'a'] });
  });

  test('happens once', () => {
    const play = offered();
    play.do(answer('a'), byVisitor);
    expect(codeOf(play.do(answer('b'), byVisitor))).toBe('already_answered');
    expect(codeOf(play.do(withdraw, byAgent(anna)))).toBe('already_answered');
  });

  test('that was withdrawn, or that never was, is refused', () => {
    const play = offered();
    play.do(withdraw, byAgent(anna));
    expect(codeOf(play.do(answer('a'), byVisitor))).toBe('offer_withdrawn');
    expect(codeOf(play.do({ type: 'answer', offer: 'o2' as OfferId, values: ['a'] }, byVisitor))).toBe('not_found');
  });

  test('is still possible after others have written, and while nobody has the conversation', () => {
    const play = offered();
    play.do({ type: 'message', text: 'still there?', audience: 'everyone' }, byAgent(anna));
    play.do({ type: 'lose', agent: anna }, bySystem);
    expect(play.state.phase).toBe('waiting');
    expect(typesOf(play.do(answer('a'), byVisitor))).toEqual(['answered']);
  });

  test('is refused when the conversation has ended, and to everybody but the visitor', () => {
    const play = offered();
    for (const by of [byAgent(anna), bySystem]) expect(codeOf(play.do(answer('a'), by))).toBe('not_found');
    play.do({ type: 'end' }, byVisitor);
    expect(codeOf(play.do(answer('a'), byVisitor))).toBe('already_ended');
  });

  test('one of several offers leaves the others open', () => {
    const play = offered();
    play.do(offer({ title: 'Where?' }), byAgent(anna), { id: 'o2' });
    play.do(answer('a'), byVisitor);
    expect(typesOf(play.do({ type: 'answer', offer: 'o2' as OfferId, values: ['b'] }, byVisitor))).toEqual([
      'answered',
    ]);
  });
});

describe('withdrawing an offer', () => {
  test('is for anybody in the conversation, once', () => {
    const play = offered();
    expect(codeOf(play.do(withdraw, byAgent(bram)))).toBe('not_allowed');
    expect(codeOf(play.do(withdraw, byVisitor))).toBe('not_found');
    expect(typesOf(play.do(withdraw, byAgent(anna)))).toEqual(['withdrawn']);
    expect(codeOf(play.do(withdraw, byAgent(anna)))).toBe('offer_withdrawn');
  });
});
