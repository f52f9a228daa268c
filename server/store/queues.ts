import type { Kysely } from 'kysely';
import type { OrganizationId } from '../../protocol/ids.ts';
import type { Schema } from './schema.ts';
import type { ProfileRecord, Queues } from './store.ts';

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
        .values({ ...queue })
        .execute();
    },

    async find(id) {
      return (await db.selectFrom('queue').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
    },

    async listOf(organization) {
      return db
        .selectFrom('queue')
        .selectAll()
        .where('organization', '=', organization)
        .orderBy('name')
        .orderBy('id')
        .execute();
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
