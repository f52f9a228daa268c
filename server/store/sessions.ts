import { type Selectable, type SqlBool, sql } from 'kysely';
import type { Database } from './database.ts';
import { hashOfId } from './hash-of-id.ts';
import type { SessionTable } from './schema.ts';
import type { Session, Sessions } from './store.ts';

/** The table `session`: a visitor's browser, known by the hash of its token and bound to its key. */
export function createSessions({ db, writeLoosely }: Database): Sessions {
  return {
    create: (session) =>
      db.transaction().execute(async (transaction) => {
        const erased = transaction.selectFrom('erased_session').select('id_hash');
        if (await erased.where('id_hash', '=', hashOfId(session.id)).executeTakeFirst()) return false;
        await transaction.insertInto('session').values(toRow(session)).execute();
        return true;
      }),

    async find(id) {
      const row = await db.selectFrom('session').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? toSession(row) : null;
    },

    async findByTokenHash(site, tokenHash) {
      const query = db.selectFrom('session').selectAll().where('site', '=', site).where('token_hash', '=', tokenHash);
      const row = await query.executeTakeFirst();
      return row ? toSession(row) : null;
    },

    async setSubject(id, subject) {
      const isFree = sql<SqlBool>`(subject is null or subject = ${subject})`;
      const query = db.updateTable('session').set({ subject }).where('id', '=', id).where(isFree);
      return (await query.executeTakeFirst()).numUpdatedRows > 0n;
    },

    // After a crash everybody is lost anyway, until they connect again.
    setLost: (id, lostAt) =>
      writeLoosely(db.updateTable('session').set({ lost_at: lostAt }).where('id', '=', id).compile()),

    async revoke(id, at) {
      const query = db.updateTable('session').set({ revoked_at: at }).where('id', '=', id);
      await query.where('revoked_at', 'is', null).execute();
    },

    async loseAll(at) {
      const talking = db.selectFrom('conversation').select('session').where(sql<SqlBool>`phase <> 'ended'`);
      const query = db.updateTable('session').set({ lost_at: at }).where('lost_at', 'is', null);
      await query.where('id', 'in', talking).execute();
    },
  };
}

const toRow = (session: Session): SessionTable => ({
  id: session.id,
  organization: session.organization,
  site: session.site,
  token_hash: session.tokenHash,
  thumbprint: session.thumbprint,
  subject: session.subject,
  created_at: session.createdAt,
  lost_at: session.lostAt,
  revoked_at: session.revokedAt,
});

const toSession = (row: Selectable<SessionTable>): Session => ({
  id: row.id,
  organization: row.organization,
  site: row.site,
  tokenHash: row.token_hash,
  thumbprint: row.thumbprint,
  subject: row.subject,
  createdAt: row.created_at,
  lostAt: row.lost_at,
  revokedAt: row.revoked_at,
});
