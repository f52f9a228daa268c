import type { ApiConversation } from '../../protocol/api.ts';
import type { AgentRef, Audience } from '../../protocol/entities.ts';
import type { OrganizationId } from '../../protocol/ids.ts';
import type { ConversationHead, Store } from '../store/store.ts';

/** What things are called in one organization, read once for a page of conversations. */
export async function readNames(organization: OrganizationId, { sites, queues, agents }: Store) {
  const [allSites, allQueues, people] = await Promise.all([
    sites.listOf(organization),
    queues.listOf(organization),
    agents.peopleOf(organization),
  ]);
  const namesOf = <Id extends string>(list: readonly { readonly id: Id; readonly name: string }[]) => {
    const names = new Map(list.map(({ id, name }) => [id, name]));
    return (id: Id) => ({ id, name: names.get(id) ?? '' });
  };
  return { site: namesOf(allSites), queue: namesOf(allQueues), agent: namesOf(people) };
}

export type Names = Awaited<ReturnType<typeof readNames>>;

/**
 * A conversation from outside its log. Whoever sees no more than the visitor is told no more of where it stands either:
 * that a request is before an agent, and before whom, are events of the agents' own.
 */
export function conversationView(head: ConversationHead, audience: Audience, names: Names): ApiConversation {
  const isAll = audience === 'agents';
  const { id, site, queue, phase, requestedAt, endedAt, subject, seq, visitorSeq } = head;
  return {
    id,
    site: names.site(site),
    queue: names.queue(queue),
    phase: phase === 'presented' && !isAll ? 'waiting' : phase,
    agents: agentsOf(head, isAll, names),
    requestedAt,
    endedAt,
    seq: isAll ? seq : visitorSeq,
    ...(isAll && { subject }),
  };
}

function agentsOf({ phase, agent, guests }: ConversationHead, isAll: boolean, names: Names): AgentRef[] {
  if (phase === 'waiting' || (phase === 'presented' && !isAll)) return [];
  return [agent, ...guests].flatMap((one) => (one === null ? [] : [names.agent(one)]));
}
