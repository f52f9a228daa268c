import type { AgentRef, QueueRef } from '../../protocol/entities.ts';
import type { OrganizationId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Figures, StatisticsGrouping, StatisticsQuery, StatisticsReport } from '../../protocol/statistics.ts';
import { createDayOf, daysBetween } from '../domain/calendar-day.ts';
import { countsOf, figuresOf } from '../domain/figures.ts';
import { type TargetOf, waitsWithin } from '../domain/floor.ts';
import { plainQueue } from '../domain/queue.ts';
import type { CountedSum, CountedWait, StatisticsFilter } from '../store/statistics-store.ts';
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
  const [counted, known] = await Promise.all([
    countedBy(by, organization, filter, store),
    knownOf(organization, store),
  ]);
  return rowsOf(by, counted, known, filter);
}

export async function reportFor(
  agent: Agent,
  asked: StatisticsQuery,
  store: Stores,
  now: number,
): Promise<StatisticsReport> {
  const { organization } = agent;
  const [filter, overseen, timeZone, known] = await Promise.all([
    filterFor(agent, asked, store),
    overseenQueues(agent, store),
    timeZoneOf(organization, store),
    knownOf(organization, store),
  ]);
  const [byDay, byQueue, byAgent] = await Promise.all([
    countedBy('day', organization, filter, store),
    countedBy('queue', organization, filter, store),
    countedBy('agent', organization, filter, store),
  ]);
  const { sums, waits } = byQueue;
  const days = rowsOf('day', byDay, known, filter);
  const queues = rowsOf('queue', byQueue, known, filter);
  const agents = rowsOf('agent', byAgent, known, filter);
  const scores = new Map(countsOf('rating', sums).map(({ value, count }) => [value, count]));
  return {
    timeZone,
    today: createDayOf(timeZone)(now),
    total: figuresOf(sums, waitsWithin(targetOf(known), waits)),
    days: days.map(({ key, figures }) => ({ day: key, figures })),
    queues: queues.map(({ key, name, figures }) => ({ queue: { id: key, name } as QueueRef, figures })),
    agents: agents.map(({ key, name, figures }) => ({ agent: { id: key, name } as AgentRef, figures })),
    categories: countsOf('category', sums).map(({ value, count }) => ({ category: value, count })),
    scores: Array.from({ length: limits.scoreMost }, (_, index) => scores.get(`${index + 1}`) ?? 0),
    choices: choicesIn(known, overseen),
  };
}

interface Counted {
  readonly sums: readonly CountedSum[];
  readonly waits: readonly CountedWait[];
}

async function countedBy(
  by: StatisticsGrouping,
  organization: OrganizationId,
  filter: StatisticsFilter,
  { statistics }: Pick<Store, 'statistics'>,
): Promise<Counted> {
  const [sums, waits] = await Promise.all([
    statistics.sums(organization, by, filter),
    statistics.waits(organization, by, filter),
  ]);
  return { sums, waits };
}

type Known = Awaited<ReturnType<typeof knownOf>>;

/** All whose names stand in a report. */
async function knownOf(organization: OrganizationId, store: Pick<Store, 'queues' | 'agents'>) {
  const [queues, people] = await Promise.all([store.queues.listOf(organization), store.agents.peopleOf(organization)]);
  return { queues, people };
}

function rowsOf(by: StatisticsGrouping, { sums, waits }: Counted, known: Known, filter: StatisticsFilter): Row[] {
  const sumsIn = Map.groupBy(sums, ({ key }) => key);
  const waitsIn = Map.groupBy(waits, ({ key }) => key);
  const target = targetOf(known);
  const row = (key: string, name: string): Row => {
    const level = waitsWithin(target, waitsIn.get(key) ?? []);
    return { key, name, figures: figuresOf(sumsIn.get(key) ?? [], level) };
  };
  if (by === 'day') return daysBetween(filter.from, filter.to).map((day) => row(day, day));
  const named: readonly { readonly id: string; readonly name: string }[] = by === 'queue' ? known.queues : known.people;
  return named.filter(({ id }) => sumsIn.has(id)).map(({ id, name }) => row(id, name));
}

const choicesIn = ({ queues, people }: Known, overseen: Awaited<ReturnType<typeof overseenQueues>>) => ({
  queues: queues.filter(({ id }) => isOverseen(overseen, { queue: id })).map(({ id, name }) => ({ id, name })),
  agents: people.map(({ id, name }) => ({ id, name })),
});

/** As the queues aim at now, also for days on which they aimed at something else. */
function targetOf({ queues }: Known): TargetOf {
  const targets = new Map(queues.map(({ id, settings }) => [id, settings.answerWithinMs]));
  return (queue) => targets.get(queue) ?? plainQueue.answerWithinMs;
}
