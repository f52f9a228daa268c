import { type Kysely, sql } from 'kysely';
import type { OrganizationId } from '../../protocol/ids.ts';
import { found } from './founding.ts';
import type { Organizations } from './organizations-store.ts';
import type { Schema } from './schema.ts';

/**
 * The tables of an organization that no conversation takes along, each with a column by whose values its rows go some at
 * a time. In this order, since rows refer to others. One that is missing fails `test/organizations-contract.ts`.
 */
export const belongings: Readonly<Record<string, string>> = {
  staff_link: 'token_hash',
  export_link: 'token_hash',
  api_key: 'id',
  confirmation: 'token_hash',
  outbox: 'id',
  delivery: 'id',
  delivery_lane: 'webhook',
  webhook: 'id',
  erasure: 'id',
  audit: 'id',
  statistic: 'day',
  refused_token: 'id',
  script_sighting: 'site',
  site_key: 'site',
  session: 'id',
  site: 'id',
  preset: 'id',
  saved_offer: 'id',
  duty: 'agent',
  agent_profile: 'agent',
  agent: 'id',
  profile_queue: 'profile',
  profile: 'id',
  queue: 'id',
};

/** No statement takes longer than others can wait for it. */
const rowsAtOnce = 2000;

export function createOrganizations(db: Kysely<Schema>): Organizations {
  return {
    found: (founding) => found(db, founding),

    list: () => db.selectFrom('organization').select(['id', 'name']).orderBy('name').orderBy('id').execute(),

    async countHeld(id) {
      const query = db.selectFrom('conversation').select((of) => of.fn.countAll<number>().as('count'));
      const row = await query.where('organization', '=', id).where('held', '=', 1).executeTakeFirstOrThrow();
      return Number(row.count);
    },

    shut: (id, at) =>
      db.transaction().execute(async (transaction) => {
        const people = transaction.selectFrom('agent').select('id').where('organization', '=', id);
        await transaction.deleteFrom('staff_session').where('agent', 'in', people).execute();
        for (const table of ['staff_link', 'export_link', 'api_key'] as const)
          await transaction.deleteFrom(table).where('organization', '=', id).execute();
        await transaction.updateTable('agent').set({ disabled_at: at }).where('organization', '=', id).execute();
        await transaction.updateTable('site').set({ origins: '[]' }).where('organization', '=', id).execute();
        await transaction
          .updateTable('webhook')
          .set({ state: 'off', since: at })
          .where('organization', '=', id)
          .execute();
      }),

    async dissolve(id) {
      for (const [table, key] of Object.entries(belongings)) while ((await deleteSome(db, id, table, key)) > 0);
      await db.deleteFrom('organization').where('id', '=', id).execute();
    },
  };
}

async function deleteSome(db: Kysely<Schema>, organization: OrganizationId, table: string, key: string) {
  const [from, by] = [sql.table(table), sql.ref(key)];
  const { numAffectedRows } = await sql`delete from ${from} where organization = ${organization}
    and ${by} in (select ${by} from ${from} where organization = ${organization} limit ${rowsAtOnce})`.execute(db);
  return Number(numAffectedRows ?? 0);
}
