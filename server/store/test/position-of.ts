import type { ConversationId } from '../../../protocol/ids.ts';
import type { Position } from '../followers-store.ts';
import type { Store } from '../store.ts';

/** Where a follower is in one conversation. */
export async function positionOf(store: Store, follower: string, conversation: ConversationId): Promise<Position> {
  const positions = await store.followers.positions(follower, [conversation]);
  return positions.get(conversation) as Position;
}
