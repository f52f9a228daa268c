import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';
import type { SavedOffers } from './wording-store.ts';

/** The table `saved_offer`. */
export function createSavedOffers(db: Kysely<Schema>): SavedOffers {
  return {
    async create({ id, organization, name, content, savedBy, savedAt }) {
      const row = { id, organization, name, content: JSON.stringify(content), saved_by: savedBy, saved_at: savedAt };
      await db.insertInto('saved_offer').values(row).execute();
    },

    async update({ id, organization, name, content }) {
      const change = { name, content: JSON.stringify(content) };
      const query = db.updateTable('saved_offer').set(change);
      const done = await query.where('organization', '=', organization).where('id', '=', id).executeTakeFirst();
      return done.numUpdatedRows > 0n;
    },

    async delete(organization, id) {
      const query = db.deleteFrom('saved_offer').where('organization', '=', organization).where('id', '=', id);
      return (await query.executeTakeFirst()).numDeletedRows > 0n;
    },

    async listOf(organization) {
      const query = db.selectFrom('saved_offer').selectAll().where('organization', '=', organization);
      const rows = await query.orderBy('name').orderBy('id').execute();
      return rows.map((row) => ({
        id: row.id,
        organization,
        name: row.name,
        content: JSON.parse(row.content),
        savedBy: row.saved_by,
        savedAt: row.saved_at,
      }));
    },
  };
}
