import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { QueueId } from '../../../protocol/ids.ts';
import type { QueueSettings } from '../../../protocol/queue-settings.ts';
import { admit, type Counter, fits, mayName, queueFor } from '../admission.ts';
import { plainQueue } from '../queue.ts';
import { plainSite } from '../site.ts';

const [sales, support, night] = ['sales', 'support', 'night'] as QueueId[] as [QueueId, QueueId, QueueId];
const never = { timeZone: 'UTC', week: [], holidays: [] };
const counter = (id: QueueId, settings: Partial<QueueSettings> = {}, more: Partial<Counter> = {}): Counter => ({
  id,
  settings: { ...plainQueue, ...settings },
  isRetired: false,
  waiting: 0,
  ...more,
});
const desk = (...all: Counter[]) => new Map(all.map((one) => [one.id, one]));
const visitor = { now: 0, isVerified: false };

describe('who comes to a queue', () => {
  test('is let in where it is open', () => {
    expect(admit(sales, desk(counter(sales)), visitor)).toEqual({ kind: 'open', queue: sales });
    expect(admit(support, desk(counter(sales)), visitor)).toBeNull();
  });

  test('is told when it opens, and may leave a message where that is wanted', () => {
    const hours = { timeZone: 'UTC', week: [{ day: 4, from: '09:00', to: '17:00' }], holidays: [] };
    expect(admit(sales, desk(counter(sales, { hours, whenClosed: { do: 'form' } })), visitor)).toEqual({
      kind: 'closed',
      queue: sales,
      reason: 'hours',
      opensAt: 9 * 3_600_000,
      form: true,
    });
    expect(admit(sales, desk(counter(sales, {}, { isRetired: true })), visitor)).toMatchObject({ opensAt: null });
  });

  test('finds a full queue closed', () => {
    expect(admit(sales, desk(counter(sales, { maxWaiting: 2 }, { waiting: 1 })), visitor)).toMatchObject({
      kind: 'open',
    });
    expect(admit(sales, desk(counter(sales, { maxWaiting: 2 }, { waiting: 2 })), visitor)).toMatchObject({
      reason: 'full',
    });
  });

  test('needs to be vouched for where that is asked, for the form too', () => {
    const only = desk(counter(sales, { verifiedOnly: true, whenClosed: { do: 'form' } }));
    expect(admit(sales, only, visitor)).toMatchObject({ kind: 'closed', reason: 'unverified', form: false });
    expect(admit(sales, only, { ...visitor, isVerified: true })).toMatchObject({ kind: 'open' });
  });

  test('is sent on to the first of a row of queues that is open, and never round in a circle', () => {
    const on = (queue: QueueId) => ({ hours: never, whenClosed: { do: 'queue', queue } as const });
    const all = [counter(sales, on(support)), counter(support, on(night))];
    expect(admit(sales, desk(...all, counter(night)), visitor)).toEqual({ kind: 'open', queue: night });
    expect(admit(sales, desk(...all, counter(night, on(sales))), visitor)).toMatchObject({
      kind: 'closed',
      queue: sales,
    });
  });
});

describe('rules by page address', () => {
  const rules = [
    { path: '/business/*', queue: sales },
    { path: 'https://shop.example/*/night', queue: night },
  ];
  const site = { queue: support, queues: [], settings: { ...plainSite, rules } };

  test('choose the queue where the page names none', () => {
    const queue = (url: string, wanted?: QueueId) => queueFor(site, wanted, url);
    expect(queue('https://shop.example/business/lamps?x=1')).toBe(sales);
    expect(queue('https://shop.example/at/night')).toBe(night);
    expect(queue('https://other.example/at/night')).toBe(support);
    expect(queue('https://shop.example/business/lamps', support)).toBe(support);
    expect(queue('nonsense')).toBe(support);
    expect([mayName(site, night), mayName(site, 'other' as QueueId)]).toEqual([true, false]);
  });

  test('a star is anything, also nothing; all else is itself', () => {
    for (const [rule, path, good] of [
      ['/', '/', true],
      ['/', '/a', false],
      ['/*', '/a', true],
      ['/a*', '/a', true],
      ['/a*b*c', '/axxbyyc', true],
      ['/a*b*c', '/axxc', false],
      ['/aa*a', '/aa', false],
      ['*a*a*', '/a', false],
      ['/a.b', '/axb', false],
    ] as const)
      expect([rule, path, fits(rule, `https://shop.example${path}`)]).toEqual([rule, path, good]);
  });

  test('D183 fit as a slow and simple matcher says, whatever they are', () => {
    const text = fc.array(fc.constantFrom('a', 'b', '*', '/'), { maxLength: 8 }).map((all) => `/${all.join('')}`);
    const slow = (rule: string, at: string): boolean =>
      rule === ''
        ? at === ''
        : rule[0] === '*'
          ? slow(rule.slice(1), at) || (at !== '' && slow(rule, at.slice(1)))
          : rule[0] === at[0] && slow(rule.slice(1), at.slice(1));
    fc.assert(
      fc.property(text, text, (rule, raw) => {
        const path = raw.replaceAll('*', 'x').replace(/\/+/g, '/');
        return fits(rule, `https://shop.example${path}`) === slow(rule, path);
      }),
    );
  });
});
