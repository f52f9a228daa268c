import { describe, expect, type TestContext, test } from 'vitest';
import type { ConversationId } from '../../../protocol/ids.ts';
import type { Bus } from '../../bus/bus.ts';
import { createInProcessBus } from '../../bus/in-process-bus.ts';
import { createDayOf } from '../../domain/calendar-day.ts';
import { countEvents } from '../../domain/statistics.ts';
import type { Store } from '../../store/store.ts';
import { createStatisticsCounter } from '../count-statistics.ts';
import type { Follower } from '../follower.ts';
import { createFakeClock } from './fake-clock.ts';
import { organization } from './furnish.ts';
import { openDesk } from './open-desk.ts';

const always = { from: '0000-01-01', to: '9999-12-31', queues: null };
/** The furnished organization has chosen none. */
const dayOf = createDayOf(new Intl.DateTimeFormat().resolvedOptions().timeZone);

async function open(t: TestContext) {
  const desk = await openDesk(t);
  const { store } = desk;
  const running = new Set<Follower>();
  t.onTestFinished(async () => {
    for (const one of running) await one.stop();
  });
  const complaints: unknown[] = [];

  /** A counter with a clock of its own, which the test alone turns. */
  function counter({ between = (real: Store): Store => real, bus = silentBus() } = {}) {
    const clock = createFakeClock({ settle: async () => {} });
    const complain = (details: unknown) => complaints.push(details);
    const log = { error: complain, warn: complain };
    const follower = createStatisticsCounter({ store: between(store), bus, clock, log });
    running.add(follower);
    follower.start();
    return { ...follower, clock };
  }

  const numbers = async () => {
    const sums = await store.statistics.sums(organization, 'day', always);
    return Object.fromEntries(sums.filter(({ kind }) => kind !== 'wait').map(({ kind, count }) => [kind, count]));
  };
  const folded = async (ids: readonly ConversationId[]) => {
    const logs = await Promise.all(ids.map((id) => store.log.read(id, 0, 1000)));
    const tallies = logs.flatMap((log) => countEvents(log, null, dayOf).tallies);
    const sums: Record<string, number> = {};
    for (const { kind, count } of tallies) if (kind !== 'wait') sums[kind] = (sums[kind] ?? 0) + count;
    return sums;
  };
  const chat = async () => {
    const ada = await desk.visitor();
    const id = await ada.request();
    await ada.end();
    return id;
  };
  return { ...desk, counter, numbers, folded, chat, complaints };
}

/** Of a node that hears of nothing. */
const silentBus = (): Bus => ({ publish() {}, subscribe: () => () => {}, close: async () => {} });

const abandoned = (times: number) => ({ requests: times, abandoned: times });

describe('a follower of the logs', () => {
  test('finds at its start what was committed before, and by whom does not matter', async (t) => {
    const { counter, numbers, chat } = await open(t);
    for (let round = 0; round < 60; round++) await chat();
    await counter().caughtUp();
    expect(await numbers()).toEqual(abandoned(60));
  });

  test('reads on after a restart from where it was', async (t) => {
    const { counter, numbers, chat } = await open(t);
    await chat();
    const first = counter();
    await first.caughtUp();
    await first.stop();
    await chat();
    expect(await numbers()).toEqual(abandoned(1));
    await counter().caughtUp();
    expect(await numbers()).toEqual(abandoned(2));
  });

  test('is told of what is committed, and takes up together what comes together', async (t) => {
    const { counter, numbers, chat, store } = await open(t);
    const bus = createInProcessBus({ onListenerError: (error) => expect.unreachable(String(error)) });
    let commits = 0;
    const between = (real: Store): Store => ({
      ...real,
      statistics: {
        ...real.statistics,
        record(steps) {
          commits++;
          return real.statistics.record(steps);
        },
      },
    });
    const { clock, caughtUp } = counter({ bus, between });
    await caughtUp();
    for (const id of [await chat(), await chat(), await chat()])
      bus.publish('log', { kind: 'events', conversation: id, events: await store.log.read(id, 0, 10) });
    await clock.advance(1000);
    await caughtUp();
    expect([commits, await numbers()]).toEqual([1, abandoned(3)]);
  });

  test('what nobody told it of is found within the hour', async (t) => {
    const { counter, numbers, chat, store } = await open(t);
    const { clock, caughtUp } = counter();
    await caughtUp();
    // In the table as another node’s would be: on SQLite, which has but one, the latest events are not there yet.
    const ids = [await chat(), await chat()];
    const between = store.followers.behind;
    Object.assign(store.followers, { behind: async () => ids.splice(0) });
    await clock.advance(59 * 60_000);
    await caughtUp();
    expect(await numbers()).toEqual({});
    await clock.advance(60_001);
    await caughtUp();
    expect(await numbers()).toEqual(abandoned(2));
    Object.assign(store.followers, { behind: between });
  });

  test('while the store is away it waits, longer every time, and misses nothing', async (t) => {
    const { counter, numbers, chat, complaints } = await open(t);
    let isAway = true;
    const between = (real: Store): Store => ({
      ...real,
      statistics: {
        ...real.statistics,
        async record(steps) {
          if (isAway) throw new Error('the store is away');
          return real.statistics.record(steps);
        },
      },
    });
    await chat();
    const { clock, caughtUp } = counter({ between });
    for (let second = 0; second < 300; second++) await clock.advance(1000).then(turn);
    expect(complaints.length).toBeGreaterThan(5);
    expect(complaints.length).toBeLessThan(20);
    isAway = false;
    await caughtUp();
    expect(await numbers()).toEqual(abandoned(1));
    complaints.length = 0;
  });

  test('one that cannot be dealt with keeps back no other', async (t) => {
    const { counter, numbers, chat, complaints } = await open(t);
    const bad = await chat();
    for (let round = 0; round < 70; round++) await chat();
    const between = (real: Store): Store => ({
      ...real,
      statistics: {
        ...real.statistics,
        async record(steps) {
          if (steps.some(({ conversation }) => conversation === bad)) throw new Error('no');
          return real.statistics.record(steps);
        },
      },
    });
    const { caughtUp } = counter({ between });
    for (let round = 0; round < 4; round++) await caughtUp();
    expect(await numbers()).toEqual(abandoned(70));
    expect(complaints.length).toBeGreaterThan(0);
    complaints.length = 0;
  });

  test('two nodes count each event once, whatever happens in between', async (t) => {
    const { counter, numbers, folded, visitor, agent } = await open(t);
    const nodes = [counter(), counter(), counter()];
    const anna = await agent('anna');
    const ids: ConversationId[] = [];
    for (let round = 0; round < 10; round++) {
      const ada = await visitor();
      const id = await ada.request();
      ids.push(id);
      await Promise.all(nodes.map(({ caughtUp }) => caughtUp()));
      await anna.accept(id);
      await Promise.all(nodes.map(({ caughtUp }) => caughtUp()));
      await ada.end();
    }
    const restarted = [counter(), counter()];
    await Promise.all(restarted.map(({ caughtUp }) => caughtUp()));
    expect(await numbers()).toEqual(await folded(ids));
    expect(await numbers()).toMatchObject({ requests: 10, accepted: 10, duration: 10 });
  });
});

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
