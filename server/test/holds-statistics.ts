import { expect } from 'vitest';
import type { OrganizationId } from '../../protocol/ids.ts';
import { createInProcessBus } from '../bus/in-process-bus.ts';
import { systemClock } from '../desk/clock.ts';
import { createStatisticsCounter, timeZoneOf } from '../desk/count-statistics.ts';
import { createDayOf } from '../domain/calendar-day.ts';
import { countEvents } from '../domain/statistics.ts';
import { mergeTallies } from '../domain/tally.ts';
import type { Store } from '../store/store.ts';

/** What was counted in all the lives of a server is what its logs give when they are read at once. */
export async function holdsStatistics(store: Store, organization: OrganizationId): Promise<void> {
  const complain = (_details: unknown, message: string) => expect.unreachable(message);
  const bus = createInProcessBus({ onListenerError: () => {} });
  const log = { error: complain, warn: complain };
  const counter = createStatisticsCounter({ store, bus, clock: systemClock, log });
  const early = await countedIn(store, organization);
  expect(early.find(({ kind }) => kind === 'requests')?.count, 'it was counted while the server ran').toBeGreaterThan(
    5,
  );
  counter.start();
  await counter.caughtUp();
  await counter.stop();

  const dayOf = createDayOf(await timeZoneOf(organization, store));
  const everyone = await store.followers.behind('nobody', null, 100_000);
  const logs = await Promise.all(everyone.map((id) => store.log.read(id, 0, 100_000)));
  const tallies = mergeTallies(logs.flatMap((events) => countEvents(events, null, dayOf).tallies));
  const folded = mergeTallies(tallies.map((one) => ({ ...one, queue: '' as never, agent: '' as const })));
  expect(await countedIn(store, organization)).toEqual(
    folded.map(({ day: key, kind, value, count, total }) => ({ key, kind, value, count, total })),
  );
}

const countedIn = async (store: Store, organization: OrganizationId) =>
  (await store.statistics.sums(organization, 'day', { from: '0000-01-01', to: '9999-12-31', queues: null }))
    .map(({ key, kind, value, count, total }) => ({ key, kind, value, count, total }))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));

const keyOf = ({ key, kind, value }: { key: string; kind: string; value: string }) =>
  JSON.stringify([key, '', '', kind, value]);
