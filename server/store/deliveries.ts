import type { Kysely, Selectable, Transaction } from 'kysely';
import type { ConversationId, WebhookId } from '../../protocol/ids.ts';
import type { Deliveries, Delivery, Lane, Try } from './deliveries-store.ts';
import { recordDeliveries } from './record-deliveries.ts';
import type { Schema } from './schema.ts';
import type { DeliveryLaneTable, DeliveryTable } from './schema-hooks.ts';
import { sweepDeliveries } from './sweep-deliveries.ts';

type Place = Pick<Lane, 'webhook' | 'conversation'>;

/** The tables `delivery` and `delivery_lane`. */
export function createDeliveries(db: Kysely<Schema>): Deliveries {
  const deliveries = () =>
    db
      .selectFrom('delivery')
      .leftJoin('delivery_lane as lane', (join) =>
        join.onRef('lane.webhook', '=', 'delivery.webhook').onRef('lane.conversation', '=', 'delivery.conversation'),
      )
      .selectAll('delivery')
      .select(['lane.next_at', 'lane.failures']);
  const lane = (on: Kysely<Schema>, { webhook, conversation }: Place) =>
    on.updateTable('delivery_lane').where('webhook', '=', webhook).where('conversation', '=', conversation);

  return {
    record: (steps, now) => db.transaction().execute((transaction) => recordDeliveries(transaction, steps, now)),

    async webhooksDue(now) {
      const query = db.selectFrom('delivery_lane').select(['organization', 'webhook']).where('next_at', '<=', now);
      return query
        .groupBy(['organization', 'webhook'])
        .orderBy((of) => of.fn.min('next_at'))
        .execute();
    },

    async due(webhook, now, limit) {
      const query = db.selectFrom('delivery_lane').selectAll().where('webhook', '=', webhook);
      const rows = await query.where('next_at', '<=', now).orderBy('next_at').limit(limit).execute();
      return rows.map(toLane);
    },

    async nextDueAfter(now) {
      const query = db.selectFrom('delivery_lane').select('next_at').where('next_at', '>', now);
      return (await query.orderBy('next_at').limit(1).executeTakeFirst())?.next_at ?? null;
    },

    async claim({ nextAt, ...place }, until) {
      const done = await lane(db, place).where('next_at', '=', nextAt).set({ next_at: until }).executeTakeFirst();
      return done.numUpdatedRows > 0n;
    },

    async head({ webhook, conversation }) {
      const query = deliveries()
        .where('delivery.webhook', '=', webhook)
        .where('delivery.conversation', '=', conversation);
      const row = await query.where('state', '=', 'waiting').orderBy('seq').limit(1).executeTakeFirst();
      return row ? toDelivery(row) : null;
    },

    settle: (place, id, outcome) =>
      db.transaction().execute(async (transaction) => {
        const row = transaction.updateTable('delivery').where('id', '=', id).where('state', '=', 'waiting');
        const done = await row
          .set((to) => ({
            state: outcome.state,
            ...(outcome.state === 'delivered' && { ...triedAs(outcome.result), tries: to('tries', '+', 1) }),
          }))
          .executeTakeFirst();
        // Another node has settled it, and the lane with it.
        if (done.numUpdatedRows === 0n) return;
        await lane(transaction, place)
          .set((to) => ({
            waiting: to('waiting', '-', 1),
            failures: 0,
            failing_since: null,
            next_at: outcome.state === 'delivered' ? outcome.result.at : outcome.at,
          }))
          .execute();
        await transaction
          .deleteFrom('delivery_lane')
          .where('webhook', '=', place.webhook)
          .where('conversation', '=', place.conversation)
          .where('waiting', '=', 0)
          .execute();
        if (outcome.state === 'delivered') await setFailing(transaction, place.webhook, null);
      }),

    postpone: (place, id, result, nextAt) =>
      db.transaction().execute(async (transaction) => {
        const row = transaction.updateTable('delivery').where('id', '=', id).where('state', '=', 'waiting');
        await row.set((to) => ({ ...triedAs(result), tries: to('tries', '+', 1) })).execute();
        const { failures, since } = place.trouble;
        await lane(transaction, place)
          .set({ failures: failures + 1, failing_since: since ?? result.at, next_at: nextAt })
          .execute();
        await setFailing(transaction, place.webhook, result.at);
      }),

    async park({ nextAt, ...place }) {
      await lane(db, place).where('next_at', '=', nextAt).set({ next_at: null }).execute();
    },

    async hurry(place, now) {
      const done = await lane(db, place).where('next_at', '>', now).set({ next_at: now }).executeTakeFirst();
      return done.numUpdatedRows > 0n;
    },

    async addTest({ id, organization, webhook, state, result }) {
      const place = { conversation: null, seq: null, kind: 'test', created_at: result.at } as const;
      await db
        .insertInto('delivery')
        .values({ id, organization, webhook, ...place, state, tries: 1, ...triedAs(result) })
        .execute();
    },

    async find(organization, webhook, id) {
      const query = deliveries().where('delivery.organization', '=', organization);
      const row = await query.where('delivery.webhook', '=', webhook).where('id', '=', id).executeTakeFirst();
      return row ? toDelivery(row) : null;
    },

    async page(webhook, before, limit) {
      let query = deliveries().where('delivery.webhook', '=', webhook);
      if (before)
        query = query.where((where) =>
          where.or([
            where('created_at', '<', before.at),
            where.and([where('created_at', '=', before.at), where('id', '<', before.id as Delivery['id'])]),
          ]),
        );
      const rows = await query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
      return rows.map(toDelivery);
    },

    async waiting(organization) {
      const query = db.selectFrom('delivery_lane').where('organization', '=', organization).groupBy('webhook');
      const rows = await query.select((of) => ['webhook', of.fn.sum<number>('waiting').as('count')]).execute();
      return new Map(rows.map(({ webhook, count }) => [webhook, Number(count)]));
    },

    sweep: (before) => db.transaction().execute((transaction) => sweepDeliveries(transaction, before)),
  };
}

async function setFailing(db: Transaction<Schema>, webhook: WebhookId, since: number | null): Promise<void> {
  const query = db.updateTable('webhook').set({ failing_since: since }).where('id', '=', webhook);
  await query.where('failing_since', since === null ? 'is not' : 'is', null).execute();
}

const triedAs = ({ at, status, failure }: Try) => ({ tried_at: at, status, failure });

const toLane = (row: Selectable<DeliveryLaneTable>): Lane => ({
  organization: row.organization,
  webhook: row.webhook,
  conversation: row.conversation,
  nextAt: row.next_at ?? 0,
  trouble: { failures: row.failures, since: row.failing_since },
});

type Found = Selectable<DeliveryTable> & { next_at: number | null; failures: number | null };

function toDelivery({ conversation, seq, tried_at, status, failure, ...row }: Found): Delivery {
  const isFirst = row.state === 'waiting' && row.tries > 0;
  return {
    id: row.id,
    organization: row.organization,
    webhook: row.webhook,
    event: conversation === null ? null : { conversation: conversation as ConversationId, seq: seq ?? 0 },
    kind: row.kind,
    createdAt: row.created_at,
    state: row.state,
    tries: row.tries,
    lastTry: tried_at === null ? null : { at: tried_at, status, failure },
    nextTryAt: isFirst ? row.next_at : null,
  };
}
