import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';
import type { Presets } from './wording-store.ts';

/** The table `preset`. */
export function createPresets(db: Kysely<Schema>): Presets {
  return {
    async create(preset) {
      await db
        .insertInto('preset')
        .values({ ...preset })
        .execute();
    },

    async update({ id, organization, ...change }) {
      const query = db.updateTable('preset').set(change).where('organization', '=', organization).where('id', '=', id);
      return (await query.executeTakeFirst()).numUpdatedRows > 0n;
    },

    async delete(organization, id) {
      const query = db.deleteFrom('preset').where('organization', '=', organization).where('id', '=', id);
      return (await query.executeTakeFirst()).numDeletedRows > 0n;
    },

    listOf: (organization) =>
      db
        .selectFrom('preset')
        .selectAll()
        .where('organization', '=', organization)
        .orderBy('folder')
        .orderBy('place')
        .orderBy('id')
        .execute(),
  };
}
