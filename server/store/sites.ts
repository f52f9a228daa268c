import type { ExpressionBuilder, Kysely, Selectable, Updateable } from 'kysely';
import type { OrganizationId, SiteId } from '../../protocol/ids.ts';
import { plainSite, type Site, type SiteKey } from '../domain/site.ts';
import type { Schema, SiteKeyTable, SiteTable } from './schema.ts';
import type { NewSite, Sites } from './store.ts';

/**
 * The tables `site` and `site_key`. A site's lists are short, read together and never searched, so they are JSON; its
 * keys are rows, since each is added and revoked on its own.
 */
export function createSites(db: Kysely<Schema>): Sites {
  const sites = () => db.selectFrom('site').selectAll();

  async function withKeys(rows: readonly Selectable<SiteTable>[]): Promise<Site[]> {
    if (rows.length === 0) return [];
    const ids = rows.map(({ id }) => id);
    const keys = await db
      .selectFrom('site_key')
      .selectAll()
      .where('site', 'in', ids)
      .orderBy('created_at')
      .orderBy('kid')
      .execute();
    return rows.map((row) => toSite(row, keys.filter(({ site }) => site === row.id).map(toKey)));
  }

  return {
    async create(site) {
      await db.transaction().execute(async (transaction) => {
        await transaction.insertInto('site').values(toRow(site)).execute();
        const keys = site.keys.map((key) => toKeyRow(site, key));
        if (keys.length > 0) await transaction.insertInto('site_key').values(keys).execute();
      });
    },

    async find(id) {
      return (await withKeys(await sites().where('id', '=', id).execute()))[0] ?? null;
    },

    async findOf(organization, id) {
      const query = sites().where('organization', '=', organization).where('id', '=', id);
      return (await withKeys(await query.execute()))[0] ?? null;
    },

    async listOf(organization) {
      return withKeys(await sites().where('organization', '=', organization).orderBy('name').orderBy('id').execute());
    },

    async update(organization, id, change) {
      const columns = toChange(change);
      if (Object.keys(columns).length === 0) return;
      const query = db.updateTable('site').set(columns).where('organization', '=', organization);
      await query.where('id', '=', id).execute();
    },

    async addKey(site, key) {
      const owner = await db.selectFrom('site').select('organization').where('id', '=', site).executeTakeFirst();
      if (!owner) return false;
      const row = toKeyRow({ id: site, ...owner }, key);
      const result = await db
        .insertInto('site_key')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
    },

    async revokeKey(site, kid, at) {
      const query = db.updateTable('site_key').set({ revoked_at: at }).where('site', '=', site).where('kid', '=', kid);
      return (await query.where('revoked_at', 'is', null).executeTakeFirst()).numUpdatedRows > 0n;
    },

    async keyUsed(site, kid, at) {
      const query = db
        .updateTable('site_key')
        .set({ last_used_at: at })
        .where('site', '=', site)
        .where('kid', '=', kid);
      const isStale = (where: ExpressionBuilder<Schema, 'site_key'>) =>
        where.or([where('last_used_at', 'is', null), where('last_used_at', '<', at - oneMinuteMs)]);
      await query.where(isStale).execute();
    },
  };
}

const oneMinuteMs = 60_000;

const toRow = (site: NewSite): SiteTable => ({
  id: site.id,
  organization: site.organization,
  name: site.name,
  origins: JSON.stringify(site.origins),
  queue: site.queue,
  queues: JSON.stringify(site.queues),
  ask: JSON.stringify(site.ask),
  token_lifetime_ms: site.tokenLifetimeMs,
  labels: JSON.stringify(site.labels),
  files: site.files ? 1 : 0,
  settings: JSON.stringify(site.settings ?? plainSite),
});

const toChange = (change: Parameters<Sites['update']>[2]): Updateable<SiteTable> => ({
  ...(change.name !== undefined && { name: change.name }),
  ...(change.origins && { origins: JSON.stringify(change.origins) }),
  ...(change.queue !== undefined && { queue: change.queue }),
  ...(change.queues && { queues: JSON.stringify(change.queues) }),
  ...(change.ask && { ask: JSON.stringify(change.ask) }),
  ...(change.tokenLifetimeMs !== undefined && { token_lifetime_ms: change.tokenLifetimeMs }),
  ...(change.labels && { labels: JSON.stringify(change.labels) }),
  ...(change.files !== undefined && { files: change.files ? 1 : 0 }),
  ...(change.settings && { settings: JSON.stringify(change.settings) }),
});

const toSite = (row: Selectable<SiteTable>, keys: SiteKey[]): Site => ({
  id: row.id,
  organization: row.organization,
  name: row.name,
  origins: JSON.parse(row.origins),
  queue: row.queue,
  queues: JSON.parse(row.queues),
  ask: JSON.parse(row.ask),
  tokenLifetimeMs: row.token_lifetime_ms,
  labels: JSON.parse(row.labels),
  files: row.files === 1,
  settings: { ...plainSite, ...JSON.parse(row.settings) },
  keys,
});

function toKeyRow({ organization, id }: { organization: OrganizationId; id: SiteId }, key: SiteKey): SiteKeyTable {
  const { kid, createdAt, revokedAt, lastUsedAt = null, ...material } = key;
  return {
    organization,
    site: id,
    kid,
    created_at: createdAt,
    revoked_at: revokedAt,
    last_used_at: lastUsedAt,
    material: JSON.stringify(material),
  };
}

const toKey = (row: Selectable<SiteKeyTable>): SiteKey => ({
  kid: row.kid,
  createdAt: row.created_at,
  revokedAt: row.revoked_at,
  lastUsedAt: row.last_used_at,
  ...JSON.parse(row.material),
});
