import type { OrganizationId } from '../../protocol/ids.ts';
import { createDayOf } from '../domain/calendar-day.ts';
import { isTimeZone } from '../domain/opening-hours.ts';
import { countEvents, isCounted, type Standing } from '../domain/statistics.ts';
import { type CountedStep, statisticsFollower } from '../store/statistics-store.ts';
import type { Store } from '../store/store.ts';
import { type Batch, createFollower, type Follower, type FollowerOptions } from './follower.ts';

export type StatisticsOptions = Pick<FollowerOptions, 'bus' | 'clock' | 'log'> & {
  readonly store: Pick<Store, 'log' | 'followers' | 'conversations' | 'statistics' | 'queues'>;
};

/** In which the days of an organization are counted. */
export async function timeZoneOf(organization: OrganizationId, { queues }: Pick<Store, 'queues'>): Promise<string> {
  const chosen = (await queues.organization(organization))?.timeZone ?? null;
  // A newer server may have known a zone that this one does not.
  return chosen !== null && isTimeZone(chosen) ? chosen : ownTimeZone();
}

const ownTimeZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Adds to the statistics what was committed, each event once. */
export function createStatisticsCounter({ store, bus, ...rest }: StatisticsOptions): Follower {
  async function count({ organization, conversation, from, memory, events }: Batch): Promise<CountedStep> {
    const before: Standing | null = memory === '' ? null : JSON.parse(memory);
    const dayOf = createDayOf(await timeZoneOf(organization, store));
    const { standing, tallies, comments } = countEvents(events, before, dayOf);
    const to = events.at(-1)?.seq ?? from;
    return {
      organization,
      conversation,
      from,
      to,
      memory: standing ? JSON.stringify(standing) : '',
      tallies,
      comments,
    };
  }

  return createFollower({
    ...rest,
    store,
    bus,
    name: statisticsFollower,
    concerns: isCounted,
    async handle(batches) {
      const steps = await Promise.all(batches.map(count));
      const lost = await store.statistics.record(steps);
      for (const [organization, own] of Map.groupBy(steps, (step) => step.organization)) {
        const queues = new Set(own.flatMap(({ tallies }) => tallies.map(({ queue }) => queue)));
        bus.publish(`floor:${organization}`, { kind: 'counted', queues: [...queues] });
      }
      return lost;
    },
  });
}
