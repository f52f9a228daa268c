import type { EventBody } from '../../protocol/entities.ts';
import type { AgentId } from '../../protocol/ids.ts';
import type { Bus, BusMessage } from '../bus/bus.ts';
import { courseEvents } from '../domain/course.ts';
import { agentsIn } from '../domain/decision.ts';
import { invitationOf } from '../domain/invitation-rules.ts';
import type { Change } from './execute.ts';

type GoneReason = Extract<BusMessage, { kind: 'gone' }>['reason'];

/** Tells the sockets what was committed: the events to who follows the conversation, its coming and going to agents. */
export function announce(bus: Bus, { anchor, before, events }: Change): void {
  const conversation = anchor.id;
  const gone = (agent: AgentId, reason: GoneReason) =>
    bus.publish(`agent:${agent}`, { kind: 'gone', conversation, reason });

  const asked = invitationOf(before)?.asked;
  bus.publish(`conversation:${conversation}`, { kind: 'events', conversation, events });
  bus.publish('log', { kind: 'events', conversation, events });
  if (events.some(({ body }) => stirring.has(body.type)))
    bus.publish(`floor:${anchor.organization}`, { kind: 'stirred' });
  for (const { body, by } of events) {
    switch (body.type) {
      case 'unverified':
        // What a visitor brought themselves they are answered.
        if (by.kind === 'system') bus.publish(`session:${anchor.session}`, { kind: 'unverified', check: body.check });
        break;
      case 'requested':
        bus.publish(`session:${anchor.session}`, { kind: 'begun', conversation });
        break;
      case 'presented':
        bus.publish(`agent:${body.agent.id}`, { kind: 'open', conversation });
        break;
      case 'declined':
      case 'lapsed':
      case 'returned':
        gone(body.agent.id, body.type);
        break;
      case 'asked':
        bus.publish(`agent:${body.agent.id}`, { kind: 'open', conversation });
        break;
      case 'unanswered':
        gone(body.agent.id, body.reason);
        break;
      case 'uninvited':
        if (asked && body.reason === 'withdrawn') gone(asked.agent.id, 'withdrawn');
        if (asked && body.reason === 'ended') gone(asked.agent.id, 'ended');
        break;
      case 'left':
        gone(body.agent.id, body.reason);
        break;
      case 'joined':
        // Whoever came unasked has no tab of it yet.
        bus.publish(`agent:${body.agent.id}`, { kind: 'open', conversation });
        break;
      case 'moved':
        if (before.phase === 'presented') gone(before.agent.id, 'moved');
        for (const { id } of agentsIn(before)) gone(id, 'moved');
        break;
      case 'ended':
        // A conversation that was with an agent stays before them, as one that has ended.
        if (before.phase === 'presented') gone(before.agent.id, 'ended');
        break;
    }
  }
}

/** What changes the look of the floor: where a conversation stands, and who the visitor is. */
const stirring: ReadonlySet<EventBody['type']> = new Set([...courseEvents, 'claimed', 'verified']);
