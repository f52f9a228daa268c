import type { AgentId, OrganizationId } from '../../protocol/ids.ts';
import type { Bus } from '../bus/bus.ts';
import { agentsIn } from '../domain/decision.ts';
import { invitationOf } from '../domain/invitation-rules.ts';
import type { Store } from '../store/store.ts';
import type { createAgentPresence } from './agent-presence.ts';
import type { DutyRoster } from './duty.ts';
import type { Change } from './execute.ts';
import type { Places } from './places.ts';
import type { Router } from './router.ts';
import type { Work } from './work.ts';

interface AftermathOptions {
  readonly store: Pick<Store, 'agents' | 'queues'>;
  readonly bus: Bus;
  readonly work: Work;
  readonly duty: Pick<DutyRoster, 'answered' | 'missed' | 'freed'>;
  readonly router: Pick<Router, 'wake' | 'wakeProfile'>;
  readonly places: Pick<Places, 'moved'>;
  readonly presence: Pick<ReturnType<typeof createAgentPresence>, 'tellVisitor'>;
}

/**
 * What follows from a change for others: whom to ask next, whose turn comes nearer. Nobody waits for it, and a crash in
 * between costs nothing that the watch does not find again.
 */
export function createAftermath(options: AftermathOptions): (change: Change) => void {
  const { store, bus, work, duty, router, places, presence } = options;

  async function hasRoomAgain(agent: AgentId, organization: OrganizationId): Promise<void> {
    const { state, profile } = await store.agents.duty(agent);
    if (state === 'ready') await router.wakeProfile(organization, profile);
  }

  /** Done with the conversation; with time to wrap up, they are asked again when that is over. */
  async function isFree(agent: AgentId, { anchor, before }: Change): Promise<void> {
    const queue = before.phase === 'absent' ? null : await store.queues.find(before.request.queue.id);
    await duty.freed(agent, queue?.wrapUpMs ?? 0);
    await hasRoomAgain(agent, anchor.organization);
  }

  /** The visitor may have been told that nobody was, or that somebody was who is gone. */
  const whoIsThere = ({ anchor, after }: Change) =>
    presence.tellVisitor(
      anchor.id,
      agentsIn(after).map(({ id }) => id),
    );

  /** From one queue to another, or back into its own; who had it has room again. */
  async function moved(change: Change): Promise<void> {
    const { anchor, before, after } = change;
    if (before.phase === 'absent' || after.phase === 'absent') return;
    for (const queue of new Set([before.request.queue.id, after.request.queue.id])) places.moved(queue);
    router.wake(after.request.queue.id);
    if (before.phase === 'presented') await hasRoomAgain(before.agent.id, anchor.organization);
    for (const { id } of agentsIn(before)) await isFree(id, change);
  }

  async function follow(change: Change, body: Change['events'][number]['body']): Promise<void> {
    const { anchor, before, after } = change;
    if (after.phase === 'absent') return;
    const { queue } = after.request;
    const { organization } = anchor;
    const invitation = invitationOf(before);
    switch (body.type) {
      case 'left':
        if (after.phase === 'active') {
          whoIsThere(change);
          return isFree(body.agent.id, change);
        }
        router.wake(queue.id);
        return places.moved(queue.id);
      case 'requested':
        router.wake(queue.id);
        return places.moved(queue.id);
      case 'returned':
        router.wake(queue.id);
        // They may be there: then it was taken from them.
        return hasRoomAgain(body.agent.id, organization);
      case 'moved':
        return moved(change);
      case 'declined':
      case 'lapsed':
        // First the row of unanswered ones, so that whom it pauses is not asked again at once.
        await (body.type === 'lapsed' ? duty.missed(body.agent, organization) : duty.answered(body.agent.id));
        router.wake(queue.id);
        return hasRoomAgain(body.agent.id, organization);
      case 'accepted':
        places.moved(queue.id);
        return duty.answered(body.agent.id);
      case 'ended':
        if (before.phase === 'presented') await hasRoomAgain(before.agent.id, organization);
        if (before.phase !== 'active') return places.moved(queue.id);
        for (const { id } of agentsIn(before)) await isFree(id, change);
        return;
      case 'invited':
        if (body.to.kind === 'queue') router.wake(body.to.queue.id);
        return;
      case 'joined':
        whoIsThere(change);
        return duty.answered(body.agent.id);
      case 'unanswered':
        if (body.reason === 'lapsed') await duty.missed(body.agent, organization);
        if (body.reason === 'declined') await duty.answered(body.agent.id);
        if (invitation?.to.kind === 'queue') router.wake(invitation.to.queue.id);
        return hasRoomAgain(body.agent.id, organization);
      case 'uninvited':
        if (invitation?.asked) await hasRoomAgain(invitation.asked.agent.id, organization);
    }
  }

  return (change) => {
    for (const { body } of change.events)
      if (consequential.has(body.type))
        work.aside(`what follows from ${body.type}`, async () => {
          await follow(change, body);
          // Of agents, too, something may be different now.
          bus.publish(`floor:${change.anchor.organization}`, { kind: 'stirred' });
        });
  };
}

/** Messages, by far the most, are not among them. */
const consequential: ReadonlySet<string> = new Set([
  'requested',
  'declined',
  'lapsed',
  'returned',
  'accepted',
  'left',
  'moved',
  'ended',
  'invited',
  'joined',
  'unanswered',
  'uninvited',
]);
