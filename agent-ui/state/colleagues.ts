import type { AgentRef, EventBody, InvitationPlan } from '../../protocol/entities.ts';

/** An invitation that nobody has accepted yet. */
export interface OpenInvitation {
  readonly by: AgentRef;
  /** Whom, or of which queue somebody. */
  readonly to: string;
  readonly note: string;
  readonly plan: InvitationPlan;
  /** Before whom it stands now, and until when. */
  readonly asked: { readonly agent: AgentRef; readonly until: number } | null;
}

export function invitationAfter(before: OpenInvitation | null, body: EventBody): OpenInvitation | null {
  switch (body.type) {
    case 'invited': {
      const { by, to, note, plan } = body;
      return { by, to: to.kind === 'agent' ? to.agent.name : to.queue.name, note, plan, asked: null };
    }
    case 'asked':
      return before && { ...before, asked: { agent: body.agent, until: body.until } };
    case 'unanswered':
      return before && { ...before, asked: null };
    case 'joined':
      // Whoever comes unasked leaves open what others were asked.
      return before?.asked?.agent.id === body.agent.id ? null : before;
    case 'uninvited':
    case 'moved':
    case 'ended':
      return null;
    default:
      return before;
  }
}

export function agentsAfter(before: readonly AgentRef[], body: EventBody): readonly AgentRef[] {
  switch (body.type) {
    case 'accepted':
      return [body.agent];
    case 'joined':
      return [...without(before, body.agent), body.agent];
    case 'left':
      return without(before, body.agent);
    case 'moved':
      return [];
    default:
      return before;
  }
}

const without = (agents: readonly AgentRef[], { id }: AgentRef) => agents.filter((agent) => agent.id !== id);
