import type { AgentStatus } from '../../protocol/agent-frames.ts';
import type { AgentRef } from '../../protocol/entities.ts';
import type { AgentId, OrganizationId, ProfileId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Bus } from '../bus/bus.ts';
import { refuse } from '../domain/refusal.ts';
import type { Agent, Duty, Store } from '../store/store.ts';
import { statusOf } from './agent-status.ts';
import type { Clock } from './clock.ts';
import type { Desk, StatusChange } from './desk.ts';
import type { Execute } from './execute.ts';
import { createSerial } from './serial.ts';
import { systemOrder } from './system-order.ts';

/** Whether agents are there to be asked: ready, paused or off, connected or lost, and how often they did not answer. */
export interface DutyRoster extends Pick<Desk, 'setStatus'> {
  connected(agent: Agent): Promise<AgentStatus>;
  /**
   * The last socket closed: what is presented to them is returned at once, what only they can take or is with them is held.
   * Who signed out has left: nothing is held, and they are logged off.
   */
  disconnected(agent: Agent, hasSignedOut: boolean): Promise<void>;
  status(agent: AgentId): Promise<AgentStatus>;
  /** They reacted to a request: the row of unanswered ones is broken. */
  answered(agent: AgentId): Promise<void>;
  missed(agent: AgentRef, organization: OrganizationId): Promise<void>;
  /** They are done with a conversation: idle from now, and given time to wrap it up. */
  freed(agent: AgentId, wrapUpMs: number): Promise<void>;
  /** Takes from an agent who is still gone what they have, and logs them off. */
  giveUpOn(agent: AgentId, lostBefore: number): Promise<void>;
  signOut(agent: AgentId): Promise<void>;
  /** The same for who is there at all, ready or not: whoever is asked by name. */
  whileThere<Result>(agent: AgentId, task: () => Promise<Result>): Promise<Result | null>;
  /**
   * Runs the task if the agent can be asked just now, else gives null; nothing about them changes within this node until
   * it is done.
   */
  whileAvailable<Result>(agent: AgentId, task: (agent: Agent) => Promise<Result>): Promise<Result | null>;
}

/** Which queues may now be served by more people, or by fewer. */
export type OnDutyChange = (organization: OrganizationId, profiles: readonly (ProfileId | null)[]) => Promise<void>;

interface DutyOptions {
  readonly store: Pick<Store, 'agents' | 'conversations' | 'staffSessions'>;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly execute: Execute;
  readonly hasSocket: (agent: AgentId) => boolean;
  readonly onDutyChange: OnDutyChange;
}

export const createDuty = (options: DutyOptions): DutyRoster => new Duties(options);

/** Whatever is done about one agent is done one thing after the other within this node. */
class Duties implements DutyRoster {
  private readonly options: DutyOptions;
  private readonly oneByOne = createSerial<AgentId>();

  constructor(options: DutyOptions) {
    this.options = options;
  }

  connected(agent: Agent): Promise<AgentStatus> {
    return this.oneByOne(agent.id, async () => {
      const duty = await this.options.store.agents.setDuty(agent.id, { lostAt: null });
      this.stir(agent);
      if (duty.state === 'ready') await this.options.onDutyChange(agent.organization, [duty.profile]);
      return statusOf(duty);
    });
  }

  disconnected(agent: Agent, hasSignedOut: boolean): Promise<void> {
    const { store, clock, hasSocket } = this.options;
    return this.oneByOne(agent.id, async () => {
      if (hasSocket(agent.id)) return;
      const duty = await store.agents.setDuty(agent.id, { lostAt: clock.now() });
      this.stir(agent);
      await this.takeBack(agent, { active: hasSignedOut, mayComeBack: !hasSignedOut });
      if (hasSignedOut) await this.leave(agent, duty);
    });
  }

  async status(agent: AgentId): Promise<AgentStatus> {
    return statusOf(await this.options.store.agents.duty(agent));
  }

  setStatus(agent: Agent, wanted: StatusChange): ReturnType<Desk['setStatus']> {
    return this.oneByOne(agent.id, async () => {
      const before = await this.options.store.agents.duty(agent.id);
      const profile = wanted.profile ?? (wanted.state === 'ready' ? before.profile : undefined);
      if (profile !== undefined && (profile === null || !agent.profiles.includes(profile)))
        return { ok: false, refusal: noProfile() };
      return { ok: true, status: await this.change(agent, before, wanted) };
    });
  }

  answered(agent: AgentId): Promise<void> {
    return this.oneByOne(agent, async () => {
      await this.options.store.agents.setDuty(agent, { missed: 0 });
    });
  }

  missed(agent: AgentRef, organization: OrganizationId): Promise<void> {
    const { store, clock, onDutyChange } = this.options;
    return this.oneByOne(agent.id, async () => {
      const before = await store.agents.duty(agent.id);
      const missed = before.missed + 1;
      if (before.state !== 'ready' || missed < limits.missedBeforePause) {
        await store.agents.setDuty(agent.id, { missed });
        return;
      }
      const paused = { state: 'paused', pausedBy: 'missed', reason: null } as const;
      const after = await store.agents.setDuty(agent.id, { ...paused, missed, since: clock.now() });
      await this.takeBack(agent, { active: false });
      this.tell(after);
      await onDutyChange(organization, [after.profile]);
    });
  }

  freed(agent: AgentId, wrapUpMs: number): Promise<void> {
    const { store, clock } = this.options;
    return this.oneByOne(agent, async () => {
      const now = clock.now();
      const { state, wrapUpUntil } = await store.agents.duty(agent);
      const isWrappingUp = wrapUpMs > 0 && state === 'ready';
      // What they were given for another chat is not taken back.
      const wrapUp = isWrappingUp ? { wrapUpUntil: Math.max(wrapUpUntil ?? 0, now + wrapUpMs) } : {};
      const after = await store.agents.setDuty(agent, { idleSince: now, ...wrapUp });
      if (isWrappingUp) this.tell(after);
    });
  }

  giveUpOn(agent: AgentId, lostBefore: number): Promise<void> {
    const { store } = this.options;
    return this.oneByOne(agent, async () => {
      const duty = await store.agents.duty(agent);
      if (duty.lostAt === null || duty.lostAt > lostBefore) return;
      const known = await store.agents.find(agent);
      if (!known) return;
      // Off last: until then the store names them as lost, so that a failure half-way is tried again.
      await this.takeBack(known, { active: true });
      await this.leave(known, duty);
    });
  }

  signOut(agent: AgentId): Promise<void> {
    const { store, bus, onDutyChange } = this.options;
    return this.oneByOne(agent, async () => {
      await store.staffSessions.deleteOf(agent);
      bus.publish(`agent:${agent}`, { kind: 'signed_out' });
      const known = await store.agents.find(agent);
      const duty = await store.agents.duty(agent);
      await this.logOff(duty);
      if (!known) return;
      await this.takeBack(known, { active: false });
      await onDutyChange(known.organization, [duty.profile]);
    });
  }

  whileAvailable<Result>(agent: AgentId, task: (agent: Agent) => Promise<Result>): Promise<Result | null> {
    const { agents } = this.options.store;
    return this.oneByOne(agent, async () => {
      const duty = await agents.duty(agent);
      const known = duty.state === 'ready' && duty.lostAt === null ? await agents.find(agent) : null;
      return known && task(known);
    });
  }

  whileThere<Result>(agent: AgentId, task: () => Promise<Result>): Promise<Result | null> {
    return this.oneByOne(agent, async () => {
      const { state, lostAt } = await this.options.store.agents.duty(agent);
      return state !== 'off' && lostAt === null ? task() : null;
    });
  }

  private async change(agent: Agent, before: Duty, wanted: StatusChange): Promise<AgentStatus> {
    const { store, clock, onDutyChange } = this.options;
    const now = clock.now();
    const { state } = wanted;
    const becameReady = state === 'ready' && before.state !== 'ready';
    const after = await store.agents.setDuty(agent.id, {
      state,
      profile: wanted.profile ?? before.profile,
      pausedBy: state === 'paused' ? 'agent' : null,
      reason: state === 'paused' ? (wanted.reason ?? null) : null,
      since: state === before.state ? before.since : now,
      ...(becameReady && { idleSince: now }),
      // Whoever says that they are ready needs no more time.
      wrapUpUntil: null,
      ...(state === 'ready' && { missed: 0 }),
    });
    if (state !== 'ready') await this.takeBack(agent, { active: false });
    const status = this.tell(after);
    await onDutyChange(agent.organization, [before.profile, after.profile]);
    return status;
  }

  private async takeBack(
    { id: agent, name }: AgentRef,
    { active, mayComeBack = false }: { active: boolean; mayComeBack?: boolean },
  ): Promise<void> {
    const { store, execute } = this.options;
    for (const { id, phase, asked } of await store.conversations.withAgent(agent)) {
      if (phase === 'presented' || asked === agent)
        await execute(id, systemOrder({ type: 'return', agent: { id: agent, name }, mayComeBack }));
      else if (active) await execute(id, systemOrder({ type: 'lose', agent: { id: agent, name } }));
    }
  }

  private async leave({ organization }: Agent, duty: Duty): Promise<void> {
    await this.logOff(duty);
    await this.options.onDutyChange(organization, [duty.profile]);
  }

  private async logOff({ agent, state }: Duty): Promise<void> {
    const { store, clock } = this.options;
    if (state === 'off') return;
    const off = { state: 'off', pausedBy: null, reason: null } as const;
    this.tell(await store.agents.setDuty(agent, { ...off, since: clock.now() }));
  }

  private stir({ organization }: Agent): void {
    this.options.bus.publish(`floor:${organization}`, { kind: 'stirred' });
  }

  private tell(duty: Duty): AgentStatus {
    const status = statusOf(duty);
    this.options.bus.publish(`agent:${duty.agent}`, { kind: 'status', status });
    return status;
  }
}

const noProfile = () => refuse('invalid_field', 'Log on with a profile of your own to be ready.', 'profile');
