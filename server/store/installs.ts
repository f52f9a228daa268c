import { randomBytes } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Installs } from './installs-store.ts';
import type { Schema } from './schema.ts';

/** Enough to see what goes wrong; each is one row. */
const keptTokens = 50;

/** The tables `script_sighting` and `refused_token`. */
export function createInstalls(db: Kysely<Schema>): Installs {
  return {
    async seen(origin, at) {
      const listed = sql<string>`'%' || ${JSON.stringify(origin)} || '%'`;
      const query = db.selectFrom('site').select(['id', 'organization', 'origins']).where('origins', 'like', listed);
      const rows = (await query.execute())
        .filter(({ origins }) => (JSON.parse(origins) as string[]).includes(origin))
        .map(({ id, organization }) => ({ site: id, organization, origin, first_at: at, last_at: at }));
      if (rows.length === 0) return;
      await db
        .insertInto('script_sighting')
        .values(rows)
        .onConflict((conflict) => conflict.columns(['site', 'origin']).doUpdateSet({ last_at: at }))
        .execute();
    },

    async sightings(organization, site) {
      const query = db.selectFrom('script_sighting').selectAll().where('organization', '=', organization);
      const rows = await query.where('site', '=', site).orderBy('last_at', 'desc').execute();
      return rows.map(({ origin, first_at: firstAt, last_at: lastAt }) => ({ origin, firstAt, lastAt }));
    },

    async refused(organization, site, { at, check, detail }) {
      const id = randomBytes(12).toString('base64url');
      await db.insertInto('refused_token').values({ id, organization, site, at, check_name: check, detail }).execute();
      const kept = db.selectFrom('refused_token').select('id').where('site', '=', site);
      const newest = kept.orderBy('at', 'desc').orderBy('id').limit(keptTokens);
      await db.deleteFrom('refused_token').where('site', '=', site).where('id', 'not in', newest).execute();
    },

    async refusedTokens(organization, site) {
      const query = db.selectFrom('refused_token').selectAll().where('organization', '=', organization);
      const rows = await query.where('site', '=', site).orderBy('at', 'desc').orderBy('id').execute();
      return rows.map(({ at, check_name: check, detail }) => ({ at, check, detail }));
    },
  };
}
