import type { Kysely } from 'kysely';
import type { Privacy } from './privacy-store.ts';
import type { Schema } from './schema.ts';

/** The table `export_link`. */
export function createExportLinks(
  db: Kysely<Schema>,
): Pick<Privacy, 'addExportLink' | 'takeExportLink' | 'forgetExportLinks'> {
  return {
    async addExportLink({ tokenHash, expiresAt, conversations, ...rest }) {
      const row = {
        ...rest,
        token_hash: tokenHash,
        expires_at: expiresAt,
        conversations: JSON.stringify(conversations),
      };
      await db.insertInto('export_link').values(row).execute();
    },

    takeExportLink: (tokenHash, agent, now) =>
      db.transaction().execute(async (transaction) => {
        const query = transaction.selectFrom('export_link').selectAll().where('token_hash', '=', tokenHash);
        const row = await query.where('agent', '=', agent).where('expires_at', '>', now).executeTakeFirst();
        // Who deletes it has it: of two that come at once, one.
        const taken = await transaction
          .deleteFrom('export_link')
          .where('token_hash', '=', tokenHash)
          .where('agent', '=', agent)
          .executeTakeFirst();
        if (!row || taken.numDeletedRows === 0n) return null;
        const { organization, expires_at: expiresAt, conversations } = row;
        return { tokenHash, organization, agent, expiresAt, conversations: JSON.parse(conversations) };
      }),

    async forgetExportLinks(now) {
      await db.deleteFrom('export_link').where('expires_at', '<=', now).execute();
    },
  };
}
