import type { Transaction } from 'kysely';
import type { Schema } from './schema.ts';

/** Of one webhook in one go: SQLite lets nobody else write meanwhile. */
const atOnce = 500;

/** Webhook by webhook, along the index that their pages are read by. True where there may be more. */
export async function sweepDeliveries(db: Transaction<Schema>, before: number): Promise<boolean> {
  let isMore = false;
  for (const { id, state, since } of await db.selectFrom('webhook').select(['id', 'state', 'since']).execute()) {
    const isOver = state !== 'on' && since < before;
    let old = db.selectFrom('delivery').select('id').where('webhook', '=', id).where('created_at', '<', before);
    // Whoever is off for that long has nothing to come back for.
    if (!isOver) old = old.where('state', '<>', 'waiting');
    else await db.deleteFrom('delivery_lane').where('webhook', '=', id).execute();
    const found = await old.limit(atOnce).execute();
    if (found.length === 0) continue;
    await db
      .deleteFrom('delivery')
      .where(
        'id',
        'in',
        found.map((one) => one.id),
      )
      .execute();
    isMore ||= found.length === atOnce;
  }
  return isMore;
}
