import type { EventBody } from '../../protocol/entities.ts';
import type { Invitation } from './conversation.ts';
import { passed } from './passes.ts';

type InvitationEvent = Extract<EventBody, { type: 'invited' | 'asked' | 'unanswered' | 'uninvited' }>;

export function invitationAfter(before: Invitation | null, body: InvitationEvent, at: number): Invitation | null {
  if (body.type === 'invited') {
    const { invitation: id, by, to, plan, until } = body;
    return { id, by, to, plan, until, asked: null, passes: [] };
  }
  if (body.type === 'uninvited' || !before) return null;
  if (body.type === 'asked') return { ...before, asked: { agent: body.agent, until: body.until } };
  return { ...before, asked: null, passes: passed(before.passes, { agent: body.agent.id, at }) };
}
