import type { Kysely, Selectable } from 'kysely';
import type { Schema } from './schema.ts';
import type { StaffSession, StaffSessions } from './staff-sessions-store.ts';

/** The table `staff_session`: who is signed in to the console. It holds the hash of the cookie, never the cookie. */
export function createStaffSessions(db: Kysely<Schema>): StaffSessions {
  return {
    async create(session) {
      await db.insertInto('staff_session').values(toRow(session)).execute();
    },

    async find(tokenHash, now) {
      const query = db.selectFrom('staff_session').selectAll().where('token_hash', '=', tokenHash);
      const row = await query.where('expires_at', '>', now).executeTakeFirst();
      return row ? toSession(row) : null;
    },

    async delete(tokenHash) {
      await db.deleteFrom('staff_session').where('token_hash', '=', tokenHash).execute();
    },

    async deleteOf(agent) {
      await db.deleteFrom('staff_session').where('agent', '=', agent).execute();
    },

    async deleteExpired(now) {
      await db.deleteFrom('staff_session').where('expires_at', '<=', now).execute();
    },
  };
}

const toRow = (session: StaffSession): Schema['staff_session'] => ({
  token_hash: session.tokenHash,
  agent: session.agent,
  csrf: session.csrf,
  created_at: session.createdAt,
  expires_at: session.expiresAt,
});

const toSession = (row: Selectable<Schema['staff_session']>): StaffSession => ({
  agent: row.agent,
  tokenHash: row.token_hash,
  csrf: row.csrf,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
});
