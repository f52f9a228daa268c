import type { AgentRef, Verification } from '../../../protocol/entities.ts';
import type { AgentId, CommandId, QueueId } from '../../../protocol/ids.ts';
import type { Command, CommandContext, Oversight } from '../command.ts';
import { absent, type Conversation, type LogEvent } from '../conversation.ts';
import { type Decision, decide } from '../decide.ts';
import { fold } from '../evolve.ts';
import { record } from '../record.ts';

export const anna: AgentRef = { id: 'anna' as AgentId, name: 'Anna' };
export const bram: AgentRef = { id: 'bram' as AgentId, name: 'Bram' };
export const chloe: AgentRef = { id: 'chloe' as AgentId, name: 'Chloe' };

export const byVisitor = { kind: 'visitor' } as const;
export const bySystem = { kind: 'system' } as const;
export const byAgent = (agent: AgentRef) => ({ kind: 'agent', agent }) as const;

export const until = 30_000;
export const verification: Verification = {
  subject: 'ada',
  issuer: 'shop',
  keyId: 'k1',
  verifiedAt: 1,
  expiresAt: 900_000,
  bound: true,
};

export const request: Command = {
  type: 'request',
  queue: { id: 'sales' as QueueId, name: 'Sales' },
  page: { url: 'https://shop.example/', title: 'Shop' },
  locale: 'en',
  claims: [],
  identity: null,
};

/** One conversation under the rules alone: each command is decided on, and what is decided becomes the state. */
export class Play {
  state: Conversation = absent;
  readonly log: LogEvent[] = [];

  do(
    command: Command,
    by: CommandContext['by'],
    { now = 0, id = null as string | null, oversees = [] as Oversight } = {},
  ): Decision {
    const context: CommandContext = { by, now, command: id as CommandId | null, oversees };
    const decision = decide(this.state, command, context);
    if (decision.ok) {
      const events = record(this.state, decision.events, context);
      this.log.push(...events);
      this.state = fold(events, this.state);
    }
    return decision;
  }
}

/** A conversation that was brought into the named phase, with Anna where there is an agent. */
export function playTo(phase: Conversation['phase']): Play {
  const play = new Play();
  if (phase === 'absent') return play;
  play.do(request, byVisitor);
  if (phase === 'waiting') return play;
  play.do({ type: 'present', agent: anna, until }, bySystem);
  if (phase === 'presented') return play;
  play.do({ type: 'accept' }, byAgent(anna));
  if (phase === 'active') return play;
  play.do({ type: 'end' }, byVisitor);
  return play;
}

type Invite = Extract<Command, { type: 'invite' }>;

export const inviteAgent = (agent: AgentRef, change: Partial<Invite> = {}): Invite => ({
  type: 'invite',
  to: { kind: 'agent', agent },
  obstacle: null,
  note: 'please',
  plan: 'stay',
  until: until * 2,
  askUntil: until,
  ...change,
});
export const inviteQueue = (queue = 'sales', change: Partial<Invite> = {}): Invite => ({
  ...inviteAgent(anna, change),
  to: { kind: 'queue', queue: { id: queue as QueueId, name: queue } },
});

type Move = Extract<Command, { type: 'move' }>;

export const moveToAgent = (agent: AgentRef, obstacle: Move['obstacle'] = null): Move => ({
  type: 'move',
  to: { kind: 'agent', agent },
  obstacle,
  note: 'yours',
  askUntil: until,
});
export const moveToQueue = (queue: string, obstacle: Move['obstacle'] = null): Move => ({
  ...moveToAgent(anna, obstacle),
  to: { kind: 'queue', queue: { id: queue as QueueId, name: queue } },
});

/** Anna has a conversation, and Bram has joined her. */
export function playToTwo(): Play {
  const play = playTo('active');
  play.do(inviteAgent(bram), byAgent(anna), { id: 'bram-joins' });
  play.do({ type: 'accept' }, byAgent(bram));
  return play;
}

export const codeOf = (decision: Decision): string | undefined => (decision.ok ? undefined : decision.refusal.code);
export const typesOf = (decision: Decision): string[] =>
  decision.ok ? decision.events.map(({ type }) => type) : [`refused: ${decision.refusal.code}`];
