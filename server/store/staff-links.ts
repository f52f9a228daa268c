import type { Kysely } from 'kysely';
import { insertMail } from './insert-mail.ts';
import type { Schema } from './schema.ts';
import type { StaffLinks } from './staff-links-store.ts';

/** The table `staff_link`. */
export function createStaffLinks(db: Kysely<Schema>): StaffLinks {
  return {
    async replace({ tokenHash, organization, agent, createdAt, expiresAt }, mail) {
      const row = { token_hash: tokenHash, organization, agent, created_at: createdAt, expires_at: expiresAt };
      await db.transaction().execute(async (transaction) => {
        await transaction.deleteFrom('staff_link').where('agent', '=', agent).execute();
        await transaction.insertInto('staff_link').values(row).execute();
        await insertMail(transaction, organization, mail, createdAt);
      });
    },

    async find(tokenHash, now) {
      const query = db.selectFrom('staff_link').selectAll().where('token_hash', '=', tokenHash);
      const row = await query.where('expires_at', '>', now).executeTakeFirst();
      if (!row) return null;
      const { organization, agent, created_at: createdAt, expires_at: expiresAt } = row;
      return { tokenHash, organization, agent, createdAt, expiresAt };
    },

    async use(tokenHash) {
      const result = await db.deleteFrom('staff_link').where('token_hash', '=', tokenHash).executeTakeFirst();
      return result.numDeletedRows > 0n;
    },
  };
}
