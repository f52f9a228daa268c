import { describe, expect, test } from 'vitest';
import type { QueueId } from '../../../protocol/ids.ts';
import type { Command } from '../command.ts';
import { answersTo } from '../resend.ts';
import { anna, bram, byAgent, bySystem, byVisitor, type Play, playTo, request } from './players.ts';

const say = (text: string, audience: 'everyone' | 'agents' = 'everyone'): Command => ({
  type: 'message',
  text,
  audience,
});

function lastOf(play: Play) {
  const event = play.log.at(-1);
  if (!event) throw new Error('the log is empty');
  return event;
}
const saidBy = (by: Parameters<Play['do']>[1], command: Command) => {
  const play = playTo('active');
  play.do(command, by);
  return lastOf(play);
};

describe('R190 a command that comes again under the same id', () => {
  test('a message is the same when text, audience and sender are', () => {
    const said = saidBy(byAgent(anna), say('hello'));
    expect(answersTo(said, say('hello'), byAgent(anna))).toBe(true);
    expect(answersTo(said, say('hello', 'agents'), byAgent(anna))).toBe(false);
    expect(answersTo(said, say('hullo'), byAgent(anna))).toBe(false);
    expect(answersTo(said, say('hello'), byAgent(bram))).toBe(false);
    expect(answersTo(said, say('hello'), byVisitor)).toBe(false);
    expect(answersTo(said, { type: 'end' }, byAgent(anna))).toBe(false);
  });

  test('an agent who was renamed in between is the same sender', () => {
    expect(answersTo(saidBy(byAgent(anna), say('hello')), say('hello'), byAgent({ ...anna, name: 'Ann' }))).toBe(true);
  });

  test('half a surrogate pair does not make it another message', () => {
    expect(answersTo(saidBy(byVisitor, say('a\ud800')), say('a\ud800'), byVisitor)).toBe(true);
  });

  test('a request is the same when it goes to the same queue from the same page', () => {
    const requested = lastOf(playTo('waiting'));
    expect(answersTo(requested, request, byVisitor)).toBe(true);
    const changed: Partial<Extract<Command, { type: 'request' }>>[] = [
      { queue: { id: 'support' as QueueId, name: 'Support' } },
      { locale: 'nl' },
      { page: { url: 'https://shop.example/', title: 'Other' } },
      { page: { url: 'https://shop.example/cart', title: 'Shop' } },
    ];
    for (const change of changed)
      expect(answersTo(requested, { ...request, ...change } as Command, byVisitor)).toBe(false);
  });

  test('accepting, declining and ending are known again', () => {
    expect(answersTo(lastOf(playTo('active')), { type: 'accept' }, byAgent(anna))).toBe(true);
    expect(answersTo(lastOf(playTo('active')), { type: 'accept' }, byAgent(bram))).toBe(false);
    expect(answersTo(lastOf(playTo('active')), { type: 'decline' }, byAgent(anna))).toBe(false);
    expect(answersTo(lastOf(playTo('ended')), { type: 'end' }, byVisitor)).toBe(true);
    const declined = playTo('presented');
    declined.do({ type: 'decline' }, byAgent(anna));
    expect(answersTo(lastOf(declined), { type: 'decline' }, byAgent(anna))).toBe(true);
  });

  test('what the desk does by itself carries no id and answers nothing', () => {
    expect(answersTo(lastOf(playTo('presented')), { type: 'lapse' }, bySystem)).toBe(false);
  });
});
