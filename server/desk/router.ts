import type { AgentRef } from '../../protocol/entities.ts';
import type { AgentId, ConversationId, OrganizationId, ProfileId, QueueId } from '../../protocol/ids.ts';
import { type Candidate, chooseAgent } from '../domain/routing.ts';
import type { ConversationHead, Store } from '../store/store.ts';
import type { Clock } from './clock.ts';
import type { ConversationCache } from './conversation-cache.ts';
import type { DutyRoster } from './duty.ts';
import type { Execute, Outcome } from './execute.ts';
import { createInvitations } from './invitations.ts';
import { systemOrder } from './system-order.ts';
import type { Work } from './work.ts';

/** Presents waiting requests to agents, and invitations to those of a queue. */
export interface Router {
  /** Something may have changed for this queue: a request waits, or somebody can be asked. */
  wake(queue: QueueId): void;
  wakeProfile(organization: OrganizationId, profile: ProfileId | null): Promise<void>;
  /** Looks for queues where requests wait. Catches what another node, or a failure, kept from being routed. */
  sweep(): Promise<void>;
}

interface RouterOptions {
  readonly store: Pick<Store, 'agents' | 'conversations' | 'queues'>;
  readonly clock: Clock;
  readonly work: Work;
  readonly conversations: ConversationCache;
  readonly execute: Execute;
  readonly duty: Pick<DutyRoster, 'whileAvailable'>;
  readonly presentMs: number;
}

type Waiting = Pick<ConversationHead, 'id' | 'requestedAt'> & { readonly queue: QueueId };

/** Bounds a look at the store, not what can wait: who is not seen now is seen when those before them are gone. */
const manyAtOnce = 1000;

export const createRouter = (options: RouterOptions): Router => new Routing(options);

class Routing implements Router {
  private readonly options: RouterOptions;
  private readonly routeInvitations: (queue: QueueId) => Promise<void>;
  private readonly awake = new Set<QueueId>();
  private readonly appointments = new Map<QueueId, { at: number; cancel: () => void }>();
  private running = false;

  constructor(options: RouterOptions) {
    this.options = options;
    this.routeInvitations = createInvitations(options);
  }

  wake(queue: QueueId): void {
    this.awake.add(queue);
    if (this.running) return;
    this.running = true;
    this.options.work.aside('routing', () => this.run());
  }

  async wakeProfile(organization: OrganizationId, profile: ProfileId | null): Promise<void> {
    if (profile === null) return;
    const profiles = await this.options.store.queues.profilesOf(organization);
    for (const queue of profiles.find(({ id }) => id === profile)?.queues ?? []) this.wake(queue);
  }

  async sweep(): Promise<void> {
    const { conversations } = this.options.store;
    for (const { queue } of await conversations.waiting(manyAtOnce)) this.wake(queue);
    for (const queue of await conversations.invitedQueues()) this.wake(queue);
  }

  /** One at a time, so that no agent is counted as free by two at once. */
  private async run(): Promise<void> {
    try {
      // Not before all queues are named that are woken together: the longest wait is looked for among them.
      await Promise.resolve();
      while (this.awake.size > 0) await this.route();
    } finally {
      this.running = false;
    }
  }

  private async route(): Promise<void> {
    const queues = [...this.awake];
    this.awake.clear();
    // First: there is a chat under way that waits for them.
    for (const queue of queues) await this.routeInvitations(queue);
    const pools = new Map<QueueId, Candidate[]>();
    for (const queue of queues) {
      const candidates = await this.options.store.agents.candidates(queue);
      if (candidates.some(hasRoom)) pools.set(queue, candidates);
    }
    if (pools.size === 0) return;
    const taken = new Map<AgentId, number>();
    for (const request of await this.waitingIn([...pools.keys()]))
      await this.routeOne(request, pools.get(request.queue) ?? [], taken);
  }

  private async routeOne({ id, queue }: Waiting, pool: readonly Candidate[], taken: Map<AgentId, number>) {
    const { conversations, clock, duty } = this.options;
    const state = (await conversations.load(id))?.state;
    if (state?.phase !== 'waiting') return;
    for (;;) {
      const candidates = pool.map((one) => ({ ...one, load: one.load + (taken.get(one.agent) ?? 0) }));
      const choice = chooseAgent(candidates, state.passes, clock.now());
      if (choice.kind === 'later') this.wakeAt(queue, choice.at);
      if (choice.kind !== 'agent') return;
      const outcome = await duty.whileAvailable(choice.agent, (agent) => this.present(id, queue, agent));
      if (outcome?.kind === 'done') taken.set(choice.agent, (taken.get(choice.agent) ?? 0) + 1);
      if (outcome) return;
      // They went while we looked: somebody else is to be asked.
      taken.set(choice.agent, Number.POSITIVE_INFINITY);
    }
  }

  private async present(id: ConversationId, queue: QueueId, { id: agent, name }: AgentRef): Promise<Outcome> {
    const { clock, execute, presentMs, store } = this.options;
    const own = (await store.queues.find(queue))?.settings.presentMs;
    const until = clock.now() + (own ?? presentMs);
    return execute(id, systemOrder({ type: 'present', agent: { id: agent, name }, until }));
  }

  /** One appointment a queue, the earliest: when it comes, the others are made again. */
  private wakeAt(queue: QueueId, at: number): void {
    const { clock } = this.options;
    const appointed = this.appointments.get(queue);
    if (appointed && appointed.at <= at) return;
    appointed?.cancel();
    const cancel = clock.after(Math.max(0, at - clock.now()), () => {
      this.appointments.delete(queue);
      this.wake(queue);
    });
    this.appointments.set(queue, { at, cancel });
  }

  /** Longest first across the queues, since one agent may serve several; not those whose visitor is gone. */
  private async waitingIn(queues: readonly QueueId[]): Promise<Waiting[]> {
    const all: Waiting[] = [];
    for (const queue of queues)
      for (const { id, requestedAt, lostAt } of await this.options.store.conversations.inQueue(queue))
        if (lostAt === null) all.push({ id, requestedAt, queue });
    return all.sort((a, b) => a.requestedAt - b.requestedAt || (a.id < b.id ? -1 : 1));
  }
}

const hasRoom = ({ load, room }: Candidate): boolean => load < room;
