import type { ConversationId, QueueId } from '../../protocol/ids.ts';
import { agentsIn } from '../domain/decision.ts';
import { invitationOf } from '../domain/invitation-rules.ts';
import { chooseGuest } from '../domain/routing.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from './clock.ts';
import type { ConversationCache } from './conversation-cache.ts';
import type { DutyRoster } from './duty.ts';
import type { Execute } from './execute.ts';
import { systemOrder } from './system-order.ts';

interface InvitationsOptions {
  readonly store: Pick<Store, 'agents' | 'conversations'>;
  readonly clock: Clock;
  readonly conversations: ConversationCache;
  readonly execute: Execute;
  readonly duty: Pick<DutyRoster, 'whileAvailable'>;
  readonly presentMs: number;
}

/** Puts invitations to a queue before its agents, one after the other. */
export function createInvitations(options: InvitationsOptions): (queue: QueueId) => Promise<void> {
  const { store, clock, conversations, execute, duty, presentMs } = options;

  async function route(id: ConversationId, queue: QueueId): Promise<void> {
    const state = (await conversations.load(id))?.state;
    const invitation = state && invitationOf(state);
    if (!invitation || invitation.asked) return;
    const inIt = new Set(agentsIn(state).map((agent) => agent.id));
    const candidates = (await store.agents.candidates(queue)).filter(({ agent }) => !inIt.has(agent));
    const chosen = chooseGuest(candidates, invitation.passes, clock.now());
    if (chosen === 'nobody') await execute(id, systemOrder({ type: 'give_up', invitation: invitation.id }));
    if (chosen === 'nobody' || chosen === null) return;
    const until = clock.now() + presentMs;
    await duty.whileAvailable(chosen, ({ id: agent, name }) =>
      execute(id, systemOrder({ type: 'ask', invitation: invitation.id, agent: { id: agent, name }, until })),
    );
  }

  return async (queue) => {
    for (const { id } of await store.conversations.invitedTo(queue)) await route(id, queue);
  };
}
