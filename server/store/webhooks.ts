import type { Kysely, Selectable } from 'kysely';
import type { Webhook } from '../domain/webhook.ts';
import type { Schema } from './schema.ts';
import type { WebhookTable } from './schema-hooks.ts';
import type { Webhooks } from './webhooks-store.ts';

/** The table `webhook`. */
export function createWebhooks(db: Kysely<Schema>): Webhooks {
  return {
    async create(webhook) {
      await db.insertInto('webhook').values(toRow(webhook)).execute();
    },

    async isAnyOn() {
      const query = db.selectFrom('webhook').select('id').where('state', '=', 'on').limit(1);
      return (await query.executeTakeFirst()) !== undefined;
    },

    async listOf(organization) {
      const query = db.selectFrom('webhook').selectAll().where('organization', '=', organization);
      return (await query.orderBy('created_at').orderBy('id').execute()).map(toWebhook);
    },

    async findOf(organization, id) {
      const query = db.selectFrom('webhook').selectAll().where('organization', '=', organization);
      const row = await query.where('id', '=', id).executeTakeFirst();
      return row ? toWebhook(row) : null;
    },

    async update(organization, id, { kinds, secrets, ...rest }) {
      const change = {
        ...rest,
        ...(kinds && { kinds: JSON.stringify(kinds) }),
        ...(secrets && { secrets: JSON.stringify(secrets) }),
      };
      if (Object.keys(change).length === 0) return;
      const query = db.updateTable('webhook').set(change).where('organization', '=', organization);
      await query.where('id', '=', id).execute();
    },

    setState: (organization, id, state, now) =>
      db.transaction().execute(async (transaction) => {
        const isOn = state === 'on';
        const query = transaction.updateTable('webhook').where('organization', '=', organization).where('id', '=', id);
        const change = { state, since: now, ...(isOn && { failing_since: null }) };
        const done = await query.set(change).where('state', '<>', state).executeTakeFirst();
        if (done.numUpdatedRows === 0n) return;
        const lanes = transaction
          .updateTable('delivery_lane')
          .where('organization', '=', organization)
          .where('webhook', '=', id);
        const full = lanes.where('waiting', '>', 0);
        await full.set(isOn ? { next_at: now, failures: 0, failing_since: null } : { next_at: null }).execute();
      }),

    async delete(organization, id) {
      const query = db.deleteFrom('webhook').where('organization', '=', organization).where('id', '=', id);
      return (await query.executeTakeFirst()).numDeletedRows > 0n;
    },
  };
}

const toRow = ({ createdAt, failingSince, kinds, secrets, ...rest }: Webhook): WebhookTable => ({
  ...rest,
  created_at: createdAt,
  failing_since: failingSince,
  kinds: JSON.stringify(kinds),
  secrets: JSON.stringify(secrets),
});

const toWebhook = ({ created_at, failing_since, kinds, secrets, ...rest }: Selectable<WebhookTable>): Webhook => ({
  ...rest,
  createdAt: created_at,
  failingSince: failing_since,
  kinds: JSON.parse(kinds),
  secrets: JSON.parse(secrets),
});
