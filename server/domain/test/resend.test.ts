import { describe, expect, test } from 'vitest';
import type { FileId, OfferId, QueueId } from '../../../protocol/ids.ts';
import type { Command } from '../command.ts';
import type { LogEvent } from '../conversation.ts';
import { answersTo } from '../resend.ts';
import {
  anna,
  bram,
  byAgent,
  bySystem,
  byVisitor,
  chloe,
  inviteAgent,
  inviteQueue,
  type Play,
  playTo,
  playToTwo,
  request,
} from './players.ts';

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

  test('an offer, its answer and its withdrawal are known again by what they say', () => {
    const options = [
      { value: 'a', label: 'A\ud800' },
      { value: 'b', label: 'B' },
    ];
    const content = { title: 'When?', options, least: 1, most: 2, optional: false };
    const offer: Command = { type: 'offer', content };
    const play = playTo('active');
    play.do(offer, byAgent(anna), { id: 'o1' });
    const offered = lastOf(play);
    expect(answersTo(offered, offer, byAgent(anna))).toBe(true);
    expect(answersTo(offered, { ...offer, content: { ...content, most: 1 } }, byAgent(anna))).toBe(false);
    expect(answersTo(offered, offer, byAgent(bram))).toBe(false);
    const answer = (...values: string[]): Command => ({ type: 'answer', offer: 'o1' as OfferId, values });
    play.do(answer('b', 'a'), byVisitor);
    expect(answersTo(lastOf(play), answer('b', 'a'), byVisitor)).toBe(true);
    for (const other of [answer('a', 'b'), answer('b'), answer()])
      expect(answersTo(lastOf(play), other, byVisitor)).toBe(false);
    expect(answersTo(lastOf(play), { type: 'withdraw', offer: 'o1' as OfferId }, byAgent(anna))).toBe(false);
  });

  test('an invitation is the same when it goes to the same, with the same note and plan', () => {
    const play = playTo('active');
    play.do(inviteAgent(bram), byAgent(anna), { id: 'i1' });
    const invited = play.log.find(({ body }) => body.type === 'invited') as LogEvent;
    // What was found out about them meanwhile does not count: they were invited.
    expect(answersTo(invited, inviteAgent(bram, { obstacle: 'agent_away', until: 1 }), byAgent(anna))).toBe(true);
    for (const other of [inviteAgent(chloe), inviteAgent(bram, { note: 'no' }), inviteAgent(bram, { plan: 'leave' })])
      expect(answersTo(invited, other, byAgent(anna))).toBe(false);
    expect(answersTo(invited, inviteQueue(), byAgent(anna))).toBe(false);
  });

  test('coming, going, and ending while somebody is invited are known again', () => {
    const play = playToTwo();
    const joined = lastOf(play);
    expect(answersTo(joined, { type: 'accept' }, byAgent(bram))).toBe(true);
    expect(answersTo(joined, { type: 'leave' }, byAgent(bram))).toBe(false);
    play.do({ type: 'leave' }, byAgent(bram));
    expect(answersTo(lastOf(play), { type: 'leave' }, byAgent(bram))).toBe(true);
    play.do(inviteAgent(bram), byAgent(anna), { id: 'i2' });
    play.do({ type: 'uninvite' }, byAgent(anna));
    expect(answersTo(lastOf(play), { type: 'uninvite' }, byAgent(anna))).toBe(true);
    play.do(inviteAgent(bram), byAgent(anna), { id: 'i3' });
    play.do({ type: 'decline' }, byAgent(bram), { id: 'd1' });
    const declined = play.log.find(({ command }) => command === 'd1') as LogEvent;
    expect(answersTo(declined, { type: 'decline' }, byAgent(bram))).toBe(true);
    for (const by of [byAgent(anna), byVisitor]) {
      const ending = playTo('active');
      ending.do(inviteAgent(bram), byAgent(anna), { id: 'i4' });
      ending.do({ type: 'end' }, by, { id: 'e1' });
      const ended = ending.log.find(({ command }) => command === 'e1') as LogEvent;
      expect(answersTo(ended, { type: 'end' }, by)).toBe(true);
    }
  });

  test('what was noted of a chat is the same when all of it is', () => {
    const classify = (category?: string, note?: string): Command => ({
      type: 'classify',
      ...(category && { category }),
      ...(note && { note }),
    });
    const noted = saidBy(byAgent(anna), classify('Order', 'sold\ud800'));
    expect(answersTo(noted, classify('Order', 'sold\ud800'), byAgent(anna))).toBe(true);
    for (const other of [classify('Order'), classify('Order', 'lost'), classify('Other', 'sold\ud800')])
      expect(answersTo(noted, other, byAgent(anna))).toBe(false);
  });

  test('a message is the same with the same files', () => {
    const files = ['f1', 'f2'].map((id) => ({ id: id as FileId, name: id, kind: 'text' as const, bytes: 1 }));
    const message: Command = { type: 'message', text: '', audience: 'everyone', files };
    const said = saidBy(byVisitor, message);
    expect(answersTo(said, message, byVisitor)).toBe(true);
    expect(answersTo(said, { ...message, files: files.slice(1) }, byVisitor)).toBe(false);
    expect(answersTo(said, { ...message, text: 'x' }, byVisitor)).toBe(false);
  });
});
