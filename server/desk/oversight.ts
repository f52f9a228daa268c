import type { QueueId } from '../../protocol/ids.ts';
import type { Agent, Store } from '../store/store.ts';

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
