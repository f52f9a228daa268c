import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { absent } from '../../domain/conversation.ts';
import type { Anchor } from '../anchor.ts';
import { createConversationCache } from '../conversation-cache.ts';
import { createLru } from '../lru.ts';
import { createPace } from '../pace.ts';
import { createPresence } from '../presence.ts';
import { createSerial } from '../serial.ts';
import { createTimers } from '../timers.ts';
import { createWork } from '../work.ts';
import { createFakeClock } from './fake-clock.ts';

const fakeClock = () => createFakeClock({ settle: async () => {} });

describe('lru', () => {
  test('INV8 remembers no more than its capacity, and forgets what was not used for longest', () => {
    const lru = createLru<string, number>(4);
    for (const [index, key] of [...'abcd'].entries()) lru.set(key, index);
    expect(lru.get('a')).toBe(0);
    lru.set('e', 4);
    expect([lru.get('b'), lru.get('a'), lru.get('e')]).toEqual([undefined, 0, 4]);
    lru.set('a', 5);
    lru.delete('d');
    expect([lru.get('a'), lru.get('d')]).toEqual([5, undefined]);
  });

  test('INV8 whatever is set and asked, half of what was used last is there, and never more than all of it', () => {
    const steps = fc.array(fc.record({ key: fc.integer({ min: 0, max: 12 }), isSet: fc.boolean() }), {
      maxLength: 200,
    });
    fc.assert(
      fc.property(steps, (all) => {
        const lru = createLru<number, number>(6);
        let used: number[] = [];
        for (const [index, { key, isSet }] of all.entries()) {
          if (isSet) lru.set(key, index);
          else if (lru.get(key) === undefined) continue;
          used = [key, ...used.filter((other) => other !== key)];
        }
        for (const key of used.slice(0, 3).reverse()) expect(lru.get(key)).toBeDefined();
        const keys = Array.from({ length: 13 }, (_, key) => key);
        expect(keys.filter((key) => lru.get(key) !== undefined).length).toBeLessThanOrEqual(6);
      }),
    );
  });
});

describe('conversation cache', () => {
  test('is never set back by who loaded an older state more slowly', async () => {
    const anchor = { id: 'c', organization: 'o', site: 's', session: 'v' } as unknown as Anchor;
    const store = { log: { read: async () => [] }, conversations: { find: async () => anchor } };
    const cache = createConversationCache({ store: store as never, capacity: 10 });
    cache.put({ anchor, state: { ...absent, seq: 2 } });
    cache.put({ anchor, state: { ...absent, seq: 1 } });
    expect((await cache.load(anchor.id))?.state.seq).toBe(2);
  });
});

describe('serial', () => {
  test('runs what has one key in order, each after the one before it has finished, failed or not', async () => {
    const serial = createSerial<string>();
    const done: string[] = [];
    const slow = (name: string) => async () => {
      await new Promise((resolve) => setImmediate(resolve));
      done.push(name);
      if (name === 'broken') throw new Error(name);
      return name;
    };
    const results = await Promise.allSettled([
      serial('a', slow('first')),
      serial('a', slow('broken')),
      serial('a', async () => done.push('last')),
      serial('b', async () => done.push('other')),
    ]);
    expect(done).toEqual(['other', 'first', 'broken', 'last']);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  });
});

describe('pace', () => {
  test('lets the first through at once, and the last of the rest when the interval is over', async () => {
    const clock = fakeClock();
    const pace = createPace<string>({ clock, intervalMs: 100 });
    const ran: string[] = [];
    for (const name of ['a1', 'a2', 'a3']) pace('a', () => ran.push(name));
    pace('b', () => ran.push('b1'));
    expect(ran).toEqual(['a1', 'b1']);
    await clock.advance(100);
    expect(ran).toEqual(['a1', 'b1', 'a3']);
    await clock.advance(100);
    pace('a', () => ran.push('a4'));
    expect(ran.at(-1)).toBe('a4');
  });

  test('INV8 holds nothing of who has been silent', async () => {
    const clock = fakeClock();
    const pace = createPace<number>({ clock, intervalMs: 100 });
    for (let key = 0; key < 50; key++) pace(key, () => {});
    await clock.advance(200);
    expect(clock.pending()).toBe(0);
  });
});

describe('presence', () => {
  test('believes that somebody is gone only after the grace, and says when they went', async () => {
    const clock = fakeClock();
    const gone: [string, number][] = [];
    const presence = createPresence<string>({ clock, graceMs: 100, onGone: (key, at) => gone.push([key, at]) });
    expect([presence.came('ada'), presence.came('ada')]).toEqual([true, false]);
    expect([presence.went('ada'), presence.went('ada')]).toEqual([false, true]);
    const wentAt = clock.now();
    expect([presence.isHere('ada'), presence.hasSocket('ada')]).toEqual([true, false]);
    await clock.advance(100);
    expect(gone).toEqual([['ada', wentAt]]);
    expect(presence.isHere('ada')).toBe(false);
  });

  test('who is back within the grace was never gone', async () => {
    const clock = fakeClock();
    const gone: string[] = [];
    const presence = createPresence<string>({ clock, graceMs: 100, onGone: (key) => gone.push(key) });
    presence.came('ada');
    presence.went('ada');
    await clock.advance(99);
    expect(presence.came('ada')).toBe(false);
    await clock.advance(1000);
    expect(gone).toEqual([]);
  });

  test('who never came cannot go', async () => {
    const clock = fakeClock();
    const presence = createPresence<string>({ clock, graceMs: 100, onGone: () => {} });
    expect(presence.went('ada')).toBe(false);
    expect(clock.pending()).toBe(0);
  });
});

describe('timers', () => {
  test('stopped, they leave nothing ticking and take nothing new', async () => {
    const clock = fakeClock();
    const timers = createTimers(clock);
    const ran: string[] = [];
    timers.after(10, () => ran.push('before'));
    const cancel = timers.after(20, () => ran.push('cancelled'));
    timers.after(30, () => ran.push('after'));
    cancel();
    await clock.advance(20);
    timers.stop();
    timers.after(5, () => ran.push('late'));
    await clock.advance(100);
    expect(ran).toEqual(['before']);
    expect(clock.pending()).toBe(0);
  });
});

describe('work', () => {
  test('is idle when all of it is done, and logs what failed unseen', async () => {
    const logged: string[] = [];
    const work = createWork({ error: (_details, message) => logged.push(message), warn: () => {} });
    const done: string[] = [];
    const soon = () => new Promise((resolve) => setImmediate(resolve));
    work.aside('one', async () => {
      await soon();
      work.aside('two', async () => {
        await soon();
        done.push('two');
      });
      throw new Error('broken');
    });
    const failing = work.during(async () => {
      throw new Error('theirs');
    });
    await expect(failing).rejects.toThrow('theirs');
    await work.idle();
    expect(done).toEqual(['two']);
    expect(logged).toHaveLength(1);
  });
});
