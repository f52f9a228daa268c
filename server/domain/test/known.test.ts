import { describe, expect, test } from 'vitest';
import type { Command } from '../command.ts';
import { bySystem, byVisitor, codeOf, Play, playTo, request, typesOf, verification } from './players.ts';

describe('what is known of the visitor', () => {
  const verified = (change: Partial<typeof verification> = {}, variables: { name: string; value: string }[] = []) =>
    ({
      type: 'identify',
      identity: {
        state: 'verified',
        verification: { ...verification, ...change },
        variables: variables.map((variable) => ({ ...variable, verified: true })),
      },
    }) as Command;

  test('a page is noted when it is another one', () => {
    const play = playTo('active');
    const visit = (url: string): Command => ({ type: 'visit', page: { url, title: '' } });
    expect(typesOf(play.do(visit('https://shop.example/'), byVisitor))).toEqual([]);
    expect(typesOf(play.do(visit('https://shop.example/cart'), byVisitor))).toEqual(['visited']);
    expect(typesOf(play.do(visit('https://shop.example/cart'), byVisitor))).toEqual([]);
  });

  test('claims are noted when they are others, and when they go', () => {
    const play = playTo('active');
    const claim = (...values: string[]): Command => ({
      type: 'claim',
      variables: values.map((value) => ({ name: 'plan', value, verified: false, source: 'page' })),
    });
    expect(typesOf(play.do(claim(), byVisitor))).toEqual([]);
    expect(typesOf(play.do(claim('gold'), byVisitor))).toEqual(['claimed']);
    expect(typesOf(play.do(claim('gold'), byVisitor))).toEqual([]);
    expect(typesOf(play.do(claim('tin'), byVisitor))).toEqual(['claimed']);
    expect(typesOf(play.do(claim(), byVisitor))).toEqual(['claimed']);
  });

  test('what was typed with the request does not make the page’s own claims news', () => {
    const play = new Play();
    const typed = { name: 'name', value: 'Ada', verified: false, source: 'form' } as const;
    const set = { name: 'plan', value: 'gold', verified: false, source: 'page' } as const;
    play.do({ ...request, claims: [typed, set] } as Command, byVisitor);
    expect(typesOf(play.do({ type: 'claim', variables: [set] }, byVisitor))).toEqual([]);
  });

  test('the same token on the next page is no news; a renewed one or another value is', () => {
    const play = playTo('active');
    expect(typesOf(play.do(verified(), byVisitor))).toEqual(['verified']);
    expect(typesOf(play.do(verified({ verifiedAt: 99 }), byVisitor))).toEqual([]);
    expect(typesOf(play.do(verified({ expiresAt: 1_000_000 }), byVisitor))).toEqual(['verified']);
    const named = verified({ expiresAt: 1_000_000 }, [{ name: 'name', value: 'Ada' }]);
    expect(typesOf(play.do(named, byVisitor))).toEqual(['verified']);
  });

  test('a token that failed is told once, and a good one after it counts again', () => {
    const play = playTo('active');
    const failed: Command = { type: 'identify', identity: { state: 'refused', check: 'expired' } };
    expect(typesOf(play.do(verified(), byVisitor))).toEqual(['verified']);
    expect(typesOf(play.do(failed, byVisitor))).toEqual(['unverified']);
    expect(typesOf(play.do(failed, byVisitor))).toEqual([]);
    expect(typesOf(play.do(verified(), byVisitor))).toEqual(['verified']);
  });

  test('another person’s token changes nothing', () => {
    const play = playTo('active');
    play.do(verified(), byVisitor);
    expect(codeOf(play.do(verified({ subject: 'ben' }), byVisitor))).toBe('not_allowed');
  });

  test('J073 an anonymous chat is linked by the first good token', () => {
    const play = playTo('active');
    play.do(verified(), byVisitor);
    expect(play.state).toMatchObject({ request: { subject: 'ada', keyId: 'k1' } });
  });

  test('J069 a revoked key opens the lock that it made, once, and no other', () => {
    const play = playTo('active');
    play.do(verified(), byVisitor);
    expect(typesOf(play.do({ type: 'revoke', keyId: 'k2' }, bySystem))).toEqual([]);
    expect(typesOf(play.do({ type: 'revoke', keyId: 'k1' }, bySystem))).toEqual(['unverified']);
    expect(typesOf(play.do({ type: 'revoke', keyId: 'k1' }, bySystem))).toEqual([]);
  });

  test('nothing of it is added to what has ended', () => {
    for (const command of [
      verified(),
      { type: 'claim', variables: [] },
      { type: 'visit', page: { url: 'x', title: '' } },
    ])
      expect(typesOf(playTo('ended').do(command as Command, byVisitor))).toEqual([]);
  });
});
