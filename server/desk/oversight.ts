import type { QueueId } from '../../protocol/ids.ts';
import type { Agent, ConversationHead, Store } from '../store/store.ts';

/**
 * Whose conversations somebody may read who is not in them: administrators all of the organization's, supervisors those
 * of the queues in their profiles, agents none. Null stands for every queue.
 */
export async function overseenQueues(
  agent: Agent,
  { queues }: Pick<Store, 'queues'>,
): Promise<readonly QueueId[] | null> {
  if (agent.role === 'admin') return null;
  if (agent.role === 'agent') return [];
  const profiles = await queues.profilesOf(agent.organization);
  return profiles.filter(({ id }) => agent.profiles.includes(id)).flatMap((profile) => profile.queues);
}

/** Whether it is one of those conversations: what may be read, found and exported is decided here alone. */
export const isOverseen = (overseen: readonly QueueId[] | null, { queue }: Pick<ConversationHead, 'queue'>): boolean =>
  overseen === null || overseen.includes(queue);
