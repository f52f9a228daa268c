import type { Transaction } from 'kysely';
import type { ConversationId, WebhookId } from '../../protocol/ids.ts';
import { type DeliveryStep, type NewDelivery, webhooksFollower } from './deliveries-store.ts';
import { advance } from './followers.ts';
import type { Schema } from './schema.ts';

/** What follows from one step of the follower, written with its new position. */
export async function recordDeliveries(
  db: Transaction<Schema>,
  steps: readonly DeliveryStep[],
  now: number,
): Promise<ConversationId[]> {
  const lost: ConversationId[] = [];
  const known = await knownWebhooks(db, steps);
  for (const step of [...steps].sort((a, b) => (a.conversation < b.conversation ? -1 : 1))) {
    if (!(await advance(db, webhooksFollower, step))) lost.push(step.conversation);
    else for (const webhook of known) await enqueue(db, step, webhook, now);
  }
  return lost;
}

/** Those that are still there, in the order of their ids: nodes that write to the same lanes wait in a row. */
async function knownWebhooks(db: Transaction<Schema>, steps: readonly DeliveryStep[]): Promise<WebhookId[]> {
  const named = [...new Set(steps.flatMap(({ deliveries }) => deliveries.map(({ webhook }) => webhook)))];
  if (named.length === 0) return [];
  const rows = await db.selectFrom('webhook').select('id').where('id', 'in', named).orderBy('id').execute();
  return rows.map(({ id }) => id);
}

async function enqueue(db: Transaction<Schema>, step: DeliveryStep, webhook: WebhookId, now: number): Promise<void> {
  const { organization, conversation } = step;
  const own = step.deliveries.filter((one) => one.webhook === webhook);
  if (own.length === 0) return;
  const place = { organization, webhook, conversation };
  await db
    .insertInto('delivery')
    .values(own.map((one) => ({ ...place, ...toColumns(one) })))
    .execute();
  // A lane that somebody waits in keeps the time that its first is tried at.
  await db
    .insertInto('delivery_lane')
    .values({ ...place, waiting: own.length, failures: 0, failing_since: null, next_at: now })
    .onConflict((conflict) =>
      conflict
        .columns(['webhook', 'conversation'])
        .doUpdateSet((to) => ({ waiting: to('delivery_lane.waiting', '+', to.ref('excluded.waiting')) })),
    )
    .execute();
}

const toColumns = ({ id, kind, seq, createdAt }: NewDelivery) =>
  ({
    id,
    kind,
    seq,
    created_at: createdAt,
    state: 'waiting',
    tries: 0,
    tried_at: null,
    status: null,
    failure: null,
  }) as const;
