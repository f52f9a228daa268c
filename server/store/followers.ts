import { type Kysely, type SqlBool, sql, type Transaction } from 'kysely';
import type { ConversationId } from '../../protocol/ids.ts';
import type { Followers, Position, Step } from './followers-store.ts';
import type { Schema } from './schema.ts';

/** The table `follower`. */
export function createFollowers(db: Kysely<Schema>): Followers {
  return {
    async positions(follower, conversations) {
      const positions = new Map<ConversationId, Position>(conversations.map((id) => [id, { seq: 0, memory: '' }]));
      if (conversations.length === 0) return positions;
      const query = db.selectFrom('follower').select(['conversation', 'seq', 'memory']);
      const rows = await query.where('conversation', 'in', conversations).where('follower', '=', follower).execute();
      for (const { conversation, ...position } of rows) positions.set(conversation, position);
      return positions;
    },

    async behind(follower, after, limit) {
      const rows = await db
        .selectFrom('conversation')
        .leftJoin('follower', (join) =>
          join.onRef('follower.conversation', '=', 'conversation.id').on('follower.follower', '=', follower),
        )
        .select('conversation.id')
        .where('conversation.id', '>', after ?? ('' as ConversationId))
        .where(sql<SqlBool>`conversation.seq > coalesce(follower.seq, 0)`)
        .orderBy('conversation.id')
        .limit(limit)
        .execute();
      return rows.map(({ id }) => id);
    },
  };
}

/**
 * Takes a follower's step, in the transaction that writes what follows from it. False where it is not at `from` any more:
 * another node was quicker, and nothing of this step may be written. Steps are taken in the order of their ids, so that
 * two nodes never wait for one another in a circle.
 */
export async function advance(db: Transaction<Schema>, follower: string, step: Step): Promise<boolean> {
  const { conversation, from, to, memory } = step;
  if (from > 0) {
    const query = db.updateTable('follower').set({ seq: to, memory }).where('conversation', '=', conversation);
    const done = await query.where('follower', '=', follower).where('seq', '=', from).executeTakeFirst();
    return done.numUpdatedRows > 0n;
  }
  const query = db.insertInto('follower').values({ conversation, follower, seq: to, memory });
  const done = await query.onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}
