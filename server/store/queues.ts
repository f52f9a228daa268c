import type { Kysely, Selectable, Updateable } from 'kysely';
import type { OrganizationId } from '../../protocol/ids.ts';
import { plainQueue } from '../domain/queue.ts';
import type { ProfileRecord, Queue, QueueChange, Queues } from './queues-store.ts';
import type { QueueTable, Schema } from './schema.ts';
import { withinTransaction } from './within-transaction.ts';

/** The tables `organization`, `queue`, `profile` and `profile_queue`: how the desk of an organization is laid out. */
export function createQueues(db: Kysely<Schema>): Queues {
  return {
    async createOrganization(organization) {
      await db
        .insertInto('organization')
        .values({ ...organization })
        .execute();
    },

    async organization(id) {
      const row = await db.selectFrom('organization').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? { id: row.id, name: row.name, timeZone: row.time_zone } : null;
    },

    async setTimeZone(id, timeZone) {
      await db.updateTable('organization').set({ time_zone: timeZone }).where('id', '=', id).execute();
    },

    async anyOrganization() {
      return (await db.selectFrom('organization').select('id').limit(1).executeTakeFirst()) !== undefined;
    },

    async create(queue) {
      await db
        .insertInto('queue')
        .values({ closing: null, ...toChange(queue), id: queue.id, organization: queue.organization, name: queue.name })
        .execute();
    },

    async update(organization, id, change) {
      const columns = toChange(change);
      if (Object.keys(columns).length === 0) return;
      const query = db.updateTable('queue').set(columns).where('organization', '=', organization);
      await query.where('id', '=', id).execute();
    },

    async find(id) {
      const row = await db.selectFrom('queue').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? toQueue(row) : null;
    },

    async listOf(organization) {
      const query = db.selectFrom('queue').selectAll().where('organization', '=', organization);
      return (await query.orderBy('name').orderBy('id').execute()).map(toQueue);
    },

    async createProfile({ queues, ...profile }) {
      await withinTransaction(db, async (transaction) => {
        await transaction.insertInto('profile').values(profile).execute();
        const { organization, id } = profile;
        const rows = queues.map((queue, place) => ({ organization, profile: id, queue, place }));
        if (rows.length > 0) await transaction.insertInto('profile_queue').values(rows).execute();
      });
    },

    async updateProfile({ queues, organization, id, name }) {
      return db.transaction().execute(async (transaction) => {
        const query = transaction.updateTable('profile').set({ name }).where('organization', '=', organization);
        if ((await query.where('id', '=', id).executeTakeFirst()).numUpdatedRows === 0n) return false;
        const had = transaction.deleteFrom('profile_queue').where('organization', '=', organization);
        await had.where('profile', '=', id).execute();
        const rows = queues.map((queue, place) => ({ organization, profile: id, queue, place }));
        if (rows.length > 0) await transaction.insertInto('profile_queue').values(rows).execute();
        return true;
      });
    },

    async deleteProfile(organization, id) {
      return db.transaction().execute(async (transaction) => {
        const own = transaction.selectFrom('profile').select('id').where('organization', '=', organization);
        if (!(await own.where('id', '=', id).executeTakeFirst())) return false;
        await transaction
          .updateTable('duty')
          .set({ profile: null, state: 'off' })
          .where('organization', '=', organization)
          .where('profile', '=', id)
          .execute();
        for (const table of ['agent_profile', 'profile_queue'] as const)
          await transaction
            .deleteFrom(table)
            .where('organization', '=', organization)
            .where('profile', '=', id)
            .execute();
        const emptied = transaction.deleteFrom('profile').where('organization', '=', organization);
        await emptied.where('id', '=', id).execute();
        return true;
      });
    },

    profilesOf: (organization) => profilesOf(db, organization),
  };
}

const toQueue = (row: Selectable<QueueTable>): Queue => ({
  id: row.id,
  organization: row.organization,
  name: row.name,
  wrapUpMs: row.wrap_up_ms,
  closing: row.closing === null ? null : JSON.parse(row.closing),
  settings: { ...plainQueue, ...JSON.parse(row.settings) },
  retiredAt: row.retired_at,
});

const toChange = (change: QueueChange): Updateable<QueueTable> => ({
  ...(change.name !== undefined && { name: change.name }),
  ...(change.wrapUpMs !== undefined && { wrap_up_ms: change.wrapUpMs }),
  ...(change.closing !== undefined && { closing: change.closing && JSON.stringify(change.closing) }),
  ...(change.settings && { settings: JSON.stringify(change.settings) }),
  ...(change.retiredAt !== undefined && { retired_at: change.retiredAt }),
});

async function profilesOf(db: Kysely<Schema>, organization: OrganizationId): Promise<ProfileRecord[]> {
  const profiles = db.selectFrom('profile').selectAll().where('organization', '=', organization);
  const queues = db.selectFrom('profile_queue').select(['profile', 'queue']).where('organization', '=', organization);
  const rows = await profiles.orderBy('name').orderBy('id').execute();
  const links = await queues.orderBy('place').execute();
  return rows.map(({ id, name }) => ({
    id,
    organization,
    name,
    queues: links.filter(({ profile }) => profile === id).map(({ queue }) => queue),
  }));
}
