import type { AgentCommand } from '../../protocol/commands.ts';
import type { InvitationTarget } from '../../protocol/entities.ts';
import type { AgentId, QueueId } from '../../protocol/ids.ts';
import { isOpenAt } from '../domain/opening-hours.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import type { Agent, Store } from '../store/store.ts';
import type { Clock } from './clock.ts';

/** Whom or what an agent names in a command, within their organization, and what stands in the way of it. */
export interface Targets {
  find(agent: Agent, to: Extract<AgentCommand, { type: 'move' }>['to']): Promise<InvitationTarget | Refusal>;
  obstacleTo(agent: Agent, colleague: AgentId): Promise<'agent_away' | 'no_room' | null>;
  closedOf(queue: QueueId): Promise<'desk_closed' | null>;
}

interface TargetsOptions {
  readonly store: Pick<Store, 'agents' | 'queues'>;
  readonly clock: Pick<Clock, 'now'>;
}

export function createTargets({ store, clock }: TargetsOptions): Targets {
  return {
    async find({ organization }, to) {
      if (to.kind === 'agent') {
        const colleague = await store.agents.find(to.agent);
        if (colleague?.organization !== organization) return refuse('not_found', 'There is no such colleague.', 'to');
        return { kind: 'agent', agent: { id: to.agent, name: colleague.name } };
      }
      const queue = await store.queues.find(to.queue);
      if (queue?.organization !== organization) return refuse('not_found', 'There is no such queue.', 'to');
      return { kind: 'queue', queue: { id: to.queue, name: queue.name } };
    },

    async obstacleTo({ organization }, colleague) {
      const named = (await store.agents.listOf(organization)).find(({ id }) => id === colleague);
      if (!named?.connected || named.state === 'off') return 'agent_away';
      return named.load < named.room ? null : 'no_room';
    },

    async closedOf(id) {
      const queue = await store.queues.find(id);
      const isOpen = queue && queue.retiredAt === null && isOpenAt(queue.settings.hours, clock.now());
      return isOpen ? null : 'desk_closed';
    },
  };
}
