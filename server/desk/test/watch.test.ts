import { describe, expect, test } from 'vitest';
import type { Store } from '../../store/store.ts';
import { openDesk } from './open-desk.ts';

describe('the watch', () => {
  test('survives a store that is away, asks it less often, and catches up', async (t) => {
    let away = false;
    let asked = 0;
    const between = (real: Store): Store => ({
      ...real,
      conversations: {
        ...real.conversations,
        async due(...args) {
          asked++;
          if (away) throw new Error('the store is away');
          return real.conversations.due(...args);
        },
      },
    });
    const { visitor, agent, clock, story, complaints } = await openDesk(t, { between });
    await agent('anna');
    const id = await (await visitor()).request();
    away = true;
    asked = 0;
    await clock.advance(60_000);
    expect(asked).toBeGreaterThan(10);
    expect(asked).toBeLessThan(20);
    expect(complaints).toHaveLength(asked);
    expect(await story(id)).toEqual(['requested', 'presented anna']);
    away = false;
    await clock.advance(6000);
    expect((await story(id)).slice(0, 3)).toEqual(['requested', 'presented anna', 'lapsed anna']);
    asked = 0;
    await clock.advance(2500);
    expect(asked).toBe(10);
  });

  test('what cannot be seen to keeps nothing else waiting', async (t) => {
    let stubborn: string | null = null;
    const between = (real: Store): Store => ({
      ...real,
      log: {
        ...real.log,
        async append(append) {
          if (append.head.id === stubborn) throw new Error('not this one');
          return real.log.append(append);
        },
      },
    });
    const { visitor, agent, clock, story } = await openDesk(t, { between });
    await agent('anna');
    const one = await (await visitor()).request();
    const two = await (await visitor()).request();
    stubborn = one;
    await clock.advance(31_000);
    expect((await story(one)).at(-1)).toBe('presented anna');
    expect((await story(two))[2]).toBe('lapsed anna');
    stubborn = null;
    await clock.advance(1000);
    expect((await story(one))[2]).toBe('lapsed anna');
  });

  test('a request that nobody was told to route is found all the same', async (t) => {
    let deaf = true;
    const between = (real: Store): Store => ({
      ...real,
      agents: {
        ...real.agents,
        async candidates(queue) {
          if (deaf) throw new Error('not just now');
          return real.agents.candidates(queue);
        },
      },
    });
    const { visitor, agent, clock, head, complaints } = await openDesk(t, { between });
    await agent('anna');
    const id = await (await visitor()).request();
    expect((await head(id)).phase).toBe('waiting');
    expect(complaints.length).toBeGreaterThan(0);
    deaf = false;
    await clock.advance(2500);
    expect((await head(id)).phase).toBe('presented');
  });
});
