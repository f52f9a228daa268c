import { describe, expect, test } from 'vitest';
import type { Entry } from '../../client/outbox.ts';
import type { VisitorCommand } from '../../protocol/commands.ts';
import type { EventBody, OfferContent } from '../../protocol/entities.ts';
import type { CommandId, OfferId } from '../../protocol/ids.ts';
import { amountOf, choose, isComplete, offerStateOf } from '../ui/offer-state.ts';

const offer = 'offer-1' as OfferId;
const other = 'offer-2' as OfferId;
const content = (least: number, most: number, optional = false): OfferContent => ({
  title: 'When suits you?',
  options: ['a', 'b', 'c', 'd'].map((value) => ({ value, label: value.toUpperCase() })),
  least,
  most,
  optional,
});
const log = (...bodies: EventBody[]) =>
  bodies.map((body, index) => ({ seq: index + 1, event: { at: index, by: { kind: 'visitor' } as const, body } }));
const answer = (values: string[], refused?: 'already_answered'): Entry<VisitorCommand> => ({
  id: 'answer-1' as CommandId,
  command: { type: 'answer', offer, values },
  ...(refused && { refused }),
});

describe('what became of an offer', () => {
  test('it is open until something is said of it, not of another', () => {
    const events = log({ type: 'answered', offer: other, values: ['a'] }, { type: 'withdrawn', offer: other });
    expect(offerStateOf({ events, unsent: [] }, offer).standing).toEqual({ kind: 'open' });
  });

  test('an answer on its way folds it, and the log then says when', () => {
    const unsent = [answer(['b'])];
    expect(offerStateOf({ events: [], unsent }, offer).standing).toEqual({ kind: 'answering', values: ['b'] });
    const events = log({ type: 'withdrawn', offer: other }, { type: 'answered', offer, values: ['b'] });
    expect(offerStateOf({ events, unsent }, offer).standing).toEqual({ kind: 'answered', values: ['b'], at: 1 });
  });

  test('a refused answer opens it again, unless the log says otherwise', () => {
    const unsent = [answer(['b'], 'already_answered')];
    const refused = { id: 'answer-1', code: 'already_answered' };
    expect(offerStateOf({ events: [], unsent }, offer)).toEqual({ standing: { kind: 'open' }, refused });
    const events = log({ type: 'answered', offer, values: ['a'] });
    expect(offerStateOf({ events, unsent }, offer)).toMatchObject({ standing: { values: ['a'] }, refused });
  });

  test('withdrawn before the answer arrived, it is withdrawn', () => {
    const events = log({ type: 'withdrawn', offer });
    expect(offerStateOf({ events, unsent: [answer(['a'])] }, offer).standing).toEqual({ kind: 'withdrawn' });
  });
});

describe('the choice', () => {
  test('of one is the last one ticked', () => {
    expect(choose(content(1, 1), ['a'], 'b', true)).toEqual(['b']);
  });

  test('of several is in the order of the options, and nothing when the last is cleared', () => {
    expect(choose(content(1, 3), ['c'], 'a', true)).toEqual(['a', 'c']);
    expect(choose(content(1, 3), ['a', 'c'], 'a', false)).toEqual(['c']);
    expect(choose(content(1, 3), ['c'], 'c', false)).toBeUndefined();
  });

  test('ticking an option takes back "none of these"', () => {
    expect(choose(content(1, 3, true), [], 'b', true)).toEqual(['b']);
  });

  test.each([
    [undefined, false],
    [[], false],
    [['a'], false],
    [['a', 'b'], true],
    [['a', 'b', 'c'], true],
    [['a', 'b', 'c', 'd'], false],
  ])('of two to three: %j may be submitted: %s', (choice, may) => {
    expect(isComplete(content(2, 3), choice)).toBe(may);
  });

  test('none of these is a choice where the offer allows it, and nothing at all is none', () => {
    expect(isComplete(content(2, 3, true), [])).toBe(true);
    expect(isComplete(content(2, 3, true), undefined)).toBe(false);
  });
});

test.each([
  [1, 1, ['chooseOne']],
  [2, 2, ['chooseExactly', 2]],
  [1, 3, ['chooseMost', 3]],
  [2, 3, ['chooseRange', 2, 3]],
  [1, 4, ['chooseAny']],
  [3, 4, ['chooseLeast', 3]],
])('%i to %i of four options is said as %j', (least, most, text) => {
  expect(amountOf(content(least, most))).toEqual(text);
});
