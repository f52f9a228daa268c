import { type Kysely, type SqlBool, sql } from 'kysely';
import type { SiteId } from '../../protocol/ids.ts';
import type { SiteSettings } from '../../protocol/site-settings.ts';
import { plainSite } from '../domain/site.ts';
import type { Privacy } from './privacy-store.ts';
import type { Schema } from './schema.ts';

// Written out, since an index of some rows only is used where the query holds its condition word by word.
const isEnded = sql<SqlBool>`phase = 'ended'`;
const isKnown = sql<SqlBool>`anonymous = 0`;

type Retention = Pick<
  Privacy,
  'retentionRules' | 'endedBefore' | 'knownBefore' | 'doomFiles' | 'doomedFiles' | 'fileGone'
>;

/** What has been kept long enough, and the table `doomed_file`. */
export function createRetention(db: Kysely<Schema>): Retention {
  const ended = (site: SiteId, time: number) =>
    db
      .selectFrom('conversation')
      .select('id')
      .where('site', '=', site)
      .where('ended_at', '<', time)
      .where(isEnded)
      .where('held', '=', 0);

  return {
    async retentionRules() {
      const sites = await db.selectFrom('site').select(['id', 'settings']).execute();
      const rules = sites.map(({ id, settings }) => ({
        site: id,
        retention: { ...plainSite.retention, ...(JSON.parse(settings) as Partial<SiteSettings>).retention },
      }));
      return rules.filter(({ retention }) => Object.values(retention).some((days) => days !== null));
    },

    async endedBefore(site, time, limit) {
      return (await ended(site, time).orderBy('ended_at').limit(limit).execute()).map(({ id }) => id);
    },

    async knownBefore(site, time, limit) {
      return (await ended(site, time).where(isKnown).orderBy('ended_at').limit(limit).execute()).map(({ id }) => id);
    },

    doomFiles: (site, time, limit) =>
      db.transaction().execute(async (transaction) => {
        const query = transaction.selectFrom('file').select('id').where('created_at', '<', time);
        const files = await query
          .where('conversation', 'in', ended(site, time))
          .orderBy('created_at')
          .limit(limit)
          .execute();
        const ids = files.map(({ id }) => id);
        if (ids.length === 0) return 0;
        await transaction
          .insertInto('doomed_file')
          .values(files)
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        await transaction.deleteFrom('file').where('id', 'in', ids).execute();
        return ids.length;
      }),

    async doomedFiles(limit) {
      return (await db.selectFrom('doomed_file').select('id').orderBy('id').limit(limit).execute()).map(({ id }) => id);
    },

    async fileGone(id) {
      await db.deleteFrom('doomed_file').where('id', '=', id).execute();
    },
  };
}
