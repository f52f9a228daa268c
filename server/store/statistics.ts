import { type Kysely, sql, type Transaction } from 'kysely';
import type { ConversationId, OrganizationId, QueueId } from '../../protocol/ids.ts';
import type { RatingComment } from '../domain/statistics.ts';
import { mergeTallies, type Tally } from '../domain/tally.ts';
import { advance } from './followers.ts';
import type { Schema } from './schema.ts';
import type { CountedStep, Statistics, StatisticsFilter } from './statistics-store.ts';
import { statisticsFollower } from './statistics-store.ts';

/** No queue has an empty id; a list in SQL must not be empty. */
const nowhere = '' as QueueId;

/** The tables `statistic` and `rating_comment`. */
export function createStatistics(db: Kysely<Schema>): Statistics {
  return {
    record: (steps) => db.transaction().execute((transaction) => record(transaction, steps)),

    async sums(organization, group, filter) {
      const rows = await counted(db, organization, filter)
        .select([`${group} as key`, 'kind', 'value', sumOf('count'), sumOf('total')])
        .groupBy([group, 'kind', 'value'])
        .execute();
      return rows.filter(({ count, total }) => count !== 0 || total !== 0);
    },

    waits: (organization, group, filter) =>
      counted(db, organization, filter)
        .select([`${group} as key`, 'queue', 'kind', 'value', sumOf('count')])
        .where('kind', 'in', ['wait', 'abandoned'])
        .groupBy([group, 'queue', 'kind', 'value'])
        .execute(),

    async comments(organization, { from, to, queues, agent }, before, limit) {
      let query = db
        .selectFrom('rating_comment')
        .select(['conversation', 'seq', 'at', 'queue', 'agent', 'score'])
        .where('organization', '=', organization)
        .where('day', '>=', from)
        .where('day', '<=', to);
      if (queues) query = query.where('queue', 'in', queues.length > 0 ? queues : [nowhere]);
      if (agent !== undefined) query = query.where('agent', '=', agent);
      if (before)
        query = query.where((where) =>
          where.or([
            where('at', '<', before.at),
            where.and([where('at', '=', before.at), where('conversation', '<', before.conversation)]),
          ]),
        );
      return query.orderBy('at', 'desc').orderBy('conversation', 'desc').limit(limit).execute();
    },
  };
}

function counted(db: Kysely<Schema>, organization: OrganizationId, { from, to, queues, agent }: StatisticsFilter) {
  let query = db
    .selectFrom('statistic')
    .where('organization', '=', organization)
    .where('day', '>=', from)
    .where('day', '<=', to);
  if (queues) query = query.where('queue', 'in', queues.length > 0 ? queues : [nowhere]);
  if (agent !== undefined) query = query.where('agent', '=', agent);
  return query;
}

const sumOf = <Column extends 'count' | 'total'>(column: Column) =>
  sql<number>`cast(sum(${sql.ref(column)}) as bigint)`.as(column);

async function record(db: Transaction<Schema>, steps: readonly CountedStep[]): Promise<ConversationId[]> {
  const lost: ConversationId[] = [];
  const taken: CountedStep[] = [];
  for (const step of [...steps].sort((a, b) => (a.conversation < b.conversation ? -1 : 1)))
    if (await advance(db, statisticsFollower, step)) taken.push(step);
    else lost.push(step.conversation);
  const organizations = [...new Set(taken.map(({ organization }) => organization))].sort();
  for (const organization of organizations) {
    const own = taken.filter((step) => step.organization === organization);
    // In the order of their keys, as the steps: nodes that add to the same sums wait for one another in a row.
    for (const tally of mergeTallies(own.flatMap(({ tallies }) => tallies))) await add(db, organization, tally);
    for (const { conversation, comments } of own) await keep(db, organization, conversation, comments);
  }
  return lost;
}

async function add(db: Transaction<Schema>, organization: OrganizationId, tally: Tally): Promise<void> {
  await db
    .insertInto('statistic')
    .values({ organization, ...tally })
    .onConflict((conflict) =>
      conflict.columns(['organization', 'day', 'queue', 'agent', 'kind', 'value']).doUpdateSet((to) => ({
        count: to('statistic.count', '+', to.ref('excluded.count')),
        total: to('statistic.total', '+', to.ref('excluded.total')),
      })),
    )
    .execute();
}

async function keep(
  db: Transaction<Schema>,
  organization: OrganizationId,
  conversation: ConversationId,
  comments: readonly RatingComment[],
): Promise<void> {
  for (const comment of comments)
    await db
      .insertInto('rating_comment')
      .values({ organization, conversation, ...comment })
      .execute();
}
