import type { Kysely, Selectable, Updateable } from 'kysely';
import type { OrganizationId } from '../../protocol/ids.ts';
import type { QueueTable, Schema } from './schema.ts';
import type { ProfileRecord, Queue, QueueChange, Queues } from './store.ts';

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
      return (await db.selectFrom('organization').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
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
      await db.transaction().execute(async (transaction) => {
        await transaction.insertInto('profile').values(profile).execute();
        const { organization, id } = profile;
        const rows = queues.map((queue, place) => ({ organization, profile: id, queue, place }));
        if (rows.length > 0) await transaction.insertInto('profile_queue').values(rows).execute();
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
});

const toChange = (change: QueueChange): Updateable<QueueTable> => ({
  ...(change.name !== undefined && { name: change.name }),
  ...(change.wrapUpMs !== undefined && { wrap_up_ms: change.wrapUpMs }),
  ...(change.closing !== undefined && { closing: change.closing && JSON.stringify(change.closing) }),
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
