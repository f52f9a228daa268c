import type { QueueId } from '../../protocol/ids.ts';
import type { Oversight } from '../domain/command.ts';
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

/** Of which queues, as it is at this moment: rights may be taken from somebody whose console is open. */
export async function oversightOf({ id, role }: Agent, store: Pick<Store, 'agents' | 'queues'>): Promise<Oversight> {
  const agent = role === 'agent' ? null : await store.agents.find(id);
  return agent && agent.disabledAt === null ? overseenQueues(agent, store) : [];
}
