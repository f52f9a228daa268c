import type { AgentId, ConversationId } from '../../protocol/ids.ts';
import type { Bus } from '../bus/bus.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from './clock.ts';
import type { Desk } from './desk.ts';
import type { DutyRoster } from './duty.ts';
import { createPresence, type Presence } from './presence.ts';
import type { Work } from './work.ts';

interface AgentPresenceOptions {
  readonly store: Pick<Store, 'conversations'>;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly work: Work;
  readonly graceMs: number;
}

/** Who of the agents has a console open in this node, and telling their visitors when that changes. */
export function createAgentPresence(options: AgentPresenceOptions): Presence<AgentId> & {
  readonly tellVisitors: (agent: AgentId) => Promise<void>;
  /** Whether any of these, who are in the conversation now, is there. */
  readonly tellVisitor: (conversation: ConversationId, agents: readonly AgentId[]) => void;
} {
  const { store, bus, clock, work, graceMs } = options;
  const presence = createPresence<AgentId>({
    clock,
    graceMs,
    onGone: (agent) => work.aside('an agent who went', () => tellVisitors(agent)),
  });

  async function tellVisitors(agent: AgentId): Promise<void> {
    for (const head of await store.conversations.withAgent(agent)) {
      const { id, phase, agent: first, guests, asked } = head;
      if (phase !== 'active' || asked === agent) continue;
      tellVisitor(id, [...guests, ...(first ? [first] : [])]);
    }
  }

  const tellVisitor = (conversation: ConversationId, agents: readonly AgentId[]) =>
    bus.publish(`conversation:${conversation}`, {
      kind: 'signal',
      conversation,
      to: 'visitor',
      signal: { kind: 'presence', connected: agents.some(presence.isHere) },
    });

  return { ...presence, tellVisitors, tellVisitor };
}

interface AgentDoorsOptions {
  readonly presence: ReturnType<typeof createAgentPresence>;
  readonly duty: Pick<DutyRoster, 'connected' | 'disconnected' | 'status'>;
}

export function createAgentDoors({ presence, duty }: AgentDoorsOptions): Pick<Desk, 'agentCame' | 'agentWent'> {
  return {
    async agentCame(agent) {
      const hadSocket = presence.hasSocket(agent.id);
      const isNew = presence.came(agent.id);
      if (hadSocket) return duty.status(agent.id);
      const status = await duty.connected(agent);
      if (isNew) await presence.tellVisitors(agent.id);
      return status;
    },
    async agentWent(agent, hasSignedOut = false) {
      if (presence.went(agent.id)) await duty.disconnected(agent, hasSignedOut);
    },
  };
}
