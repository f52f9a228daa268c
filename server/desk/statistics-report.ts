import type { AgentRef, QueueRef } from '../../protocol/entities.ts';
import type { OrganizationId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Figures, StatisticsGrouping, StatisticsQuery, StatisticsReport } from '../../protocol/statistics.ts';
import { createDayOf, daysBetween } from '../domain/calendar-day.ts';
import { countsOf, figuresOf } from '../domain/figures.ts';
import { type TargetOf, waitsWithin } from '../domain/floor.ts';
import { plainQueue } from '../domain/queue.ts';
import type { StatisticsFilter } from '../store/statistics-store.ts';
import type { Agent, Store } from '../store/store.ts';
import { timeZoneOf } from './count-statistics.ts';
import { isOverseen, overseenQueues } from './oversight.ts';

type Stores = Pick<Store, 'statistics' | 'queues' | 'agents'>;

/** What somebody may see of what they ask for: never more than the queues that they oversee. */
export async function filterFor(agent: Agent, { queue, ...asked }: StatisticsQuery, store: Pick<Store, 'queues'>) {
  const overseen = await overseenQueues(agent, store);
  const queues = queue === undefined ? overseen : isOverseen(overseen, { queue }) ? [queue] : [];
  return { ...asked, queues } satisfies StatisticsFilter;
}

/** A row of figures for each day, queue or agent of whom anything was counted; of days, for each. */
export interface Row {
  readonly key: string;
  readonly name: string;
  readonly figures: Figures;
}

export async function rowsBy(
  by: StatisticsGrouping,
  agent: Agent,
  filter: StatisticsFilter,
  store: Stores,
): Promise<Row[]> {
  const { organization } = agent;
  const [sums, waits, targetOf] = await Promise.all([
    store.statistics.sums(organization, by, filter),
    store.statistics.waits(organization, by, filter),
    targetsOf(organization, store),
  ]);
  const groups = Map.groupBy(sums, ({ key }) => key);
  const waitsIn = Map.groupBy(waits, ({ key }) => key);
  const row = (key: string, name: string): Row => {
    const level = waitsWithin(targetOf, waitsIn.get(key) ?? []);
    return { key, name, figures: figuresOf(groups.get(key) ?? [], level) };
  };
  if (by === 'day') return daysBetween(filter.from, filter.to).map((day) => row(day, day));
  const known = by === 'queue' ? await store.queues.listOf(organization) : await store.agents.peopleOf(organization);
  return known.filter(({ id }) => groups.has(id)).map(({ id, name }) => row(id, name));
}

export async function reportFor(
  agent: Agent,
  asked: StatisticsQuery,
  store: Stores,
  now: number,
): Promise<StatisticsReport> {
  const { organization } = agent;
  const [filter, timeZone, choices] = await Promise.all([
    filterFor(agent, asked, store),
    timeZoneOf(organization, store),
    choicesFor(agent, store),
  ]);
  const [days, queues, agents, sums, waits, targetOf] = await Promise.all([
    rowsBy('day', agent, filter, store),
    rowsBy('queue', agent, filter, store),
    rowsBy('agent', agent, filter, store),
    store.statistics.sums(organization, 'queue', filter),
    store.statistics.waits(organization, 'queue', filter),
    targetsOf(organization, store),
  ]);
  const scores = new Map(countsOf('rating', sums).map(({ value, count }) => [value, count]));
  return {
    timeZone,
    today: createDayOf(timeZone)(now),
    total: figuresOf(sums, waitsWithin(targetOf, waits)),
    days: days.map(({ key, figures }) => ({ day: key, figures })),
    queues: queues.map(({ key, name, figures }) => ({ queue: { id: key, name } as QueueRef, figures })),
    agents: agents.map(({ key, name, figures }) => ({ agent: { id: key, name } as AgentRef, figures })),
    categories: countsOf('category', sums).map(({ value, count }) => ({ category: value, count })),
    scores: Array.from({ length: limits.scoreMost }, (_, index) => scores.get(`${index + 1}`) ?? 0),
    choices,
  };
}

async function choicesFor(agent: Agent, store: Pick<Store, 'queues' | 'agents'>) {
  const overseen = await overseenQueues(agent, store);
  const [queues, people] = await Promise.all([
    store.queues.listOf(agent.organization),
    store.agents.peopleOf(agent.organization),
  ]);
  return {
    queues: queues.filter(({ id }) => isOverseen(overseen, { queue: id })).map(({ id, name }) => ({ id, name })),
    agents: people.map(({ id, name }) => ({ id, name })),
  };
}

/** As the queues aim at now, also for days on which they aimed at something else. */
async function targetsOf(organization: OrganizationId, store: Pick<Store, 'queues'>): Promise<TargetOf> {
  const queues = await store.queues.listOf(organization);
  const targets = new Map(queues.map(({ id, settings }) => [id, settings.answerWithinMs]));
  return (queue) => targets.get(queue) ?? plainQueue.answerWithinMs;
}
