import type { Kysely, Selectable } from 'kysely';
import type { ApiKey } from '../domain/api-key.ts';
import type { ApiKeys } from './api-keys-store.ts';
import type { Schema } from './schema.ts';
import type { ApiKeyTable } from './schema-hooks.ts';

/** The table `api_key`. */
export function createApiKeys(db: Kysely<Schema>): ApiKeys {
  return {
    async create(key, tokenHash) {
      await db.insertInto('api_key').values(toRow(key, tokenHash)).execute();
    },

    async listOf(organization) {
      const query = db.selectFrom('api_key').selectAll().where('organization', '=', organization);
      return (await query.orderBy('created_at', 'desc').orderBy('id').execute()).map(toKey);
    },

    async findByHash(tokenHash) {
      const row = await db.selectFrom('api_key').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst();
      return row ? toKey(row) : null;
    },

    async revoke(organization, id, at) {
      const query = db.updateTable('api_key').set({ revoked_at: at }).where('organization', '=', organization);
      const done = await query.where('id', '=', id).where('revoked_at', 'is', null).executeTakeFirst();
      return done.numUpdatedRows > 0n;
    },

    async used(id, at) {
      await db.updateTable('api_key').set({ last_used_at: at }).where('id', '=', id).execute();
    },
  };
}

const toRow = (key: ApiKey, tokenHash: string): ApiKeyTable => ({
  id: key.id,
  organization: key.organization,
  name: key.name,
  token_hash: tokenHash,
  scopes: JSON.stringify(key.scopes),
  created_by: key.createdBy,
  created_at: key.createdAt,
  expires_at: key.expiresAt,
  last_used_at: key.lastUsedAt,
  revoked_at: key.revokedAt,
});

const toKey = (row: Selectable<ApiKeyTable>): ApiKey => ({
  id: row.id,
  organization: row.organization,
  name: row.name,
  scopes: JSON.parse(row.scopes),
  createdBy: row.created_by,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  lastUsedAt: row.last_used_at,
  revokedAt: row.revoked_at,
});
