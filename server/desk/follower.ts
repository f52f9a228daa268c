import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import type { ConversationId, OrganizationId } from '../../protocol/ids.ts';
import type { Bus } from '../bus/bus.ts';
import type { LogEvent } from '../domain/conversation.ts';
import type { ConversationHead, Store } from '../store/store.ts';
import type { Clock } from './clock.ts';
import type { Log } from './log.ts';

/** What a follower has not dealt with yet of one conversation; never empty. */
export interface Batch {
  readonly organization: OrganizationId;
  readonly conversation: ConversationId;
  /** As it is now: it may be ahead of the events. */
  readonly head: ConversationHead;
  /** The position before the first of them, and what was remembered there. */
  readonly from: number;
  readonly memory: string;
  readonly events: readonly LogEvent[];
}

export interface FollowerOptions {
  /** Under which its positions are kept. */
  readonly name: string;
  readonly store: Pick<Store, 'log' | 'followers' | 'conversations'>;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Log;
  /** Of what was committed, what makes it worth looking; the rest is read along with the next that does. */
  readonly concerns?: (event: LogEvent) => boolean;
  /** Of what concerns it, what may wait for more that it can be dealt with together. */
  readonly canWait?: (event: LogEvent) => boolean;
  /** Asked before it reads. Where true, its positions stay as they are: what was committed meanwhile is read one day. */
  readonly isIdle?: () => Promise<boolean>;
  /**
   * Commits what follows from these, each in one transaction with its new position (`advance` in `store/followers.ts`).
   * Resolves with those where another node was quicker. Where it rejects, nothing was committed, or it can be told from
   * the positions what was.
   */
  readonly handle: (batches: readonly Batch[]) => Promise<readonly ConversationId[]>;
}

export interface Follower {
  start(): void;
  /** Resolves when nothing is under way; nothing is begun afterwards. */
  stop(): Promise<void>;
  /** Resolves when all that it was told of before the call is dealt with, unless the store fails. */
  caughtUp(): Promise<void>;
  /** What was committed before the start is still being dealt with. */
  isCatchingUp(): boolean;
}

/** What comes within this time shares a commit; within the longer one, what can wait. */
const gatherMs = 250;
const gatherLongMs = 30_000;
/** Of one step, for which on SQLite the event loop waits: some ten milliseconds. */
const conversationsAtOnce = 25;
const eventsAtOnce = 100;
/** Where the store fails, it is asked less and less often, until this. */
const slowestMs = 60_000;
/** Hints are missed only where a process ended between a commit and its hint: mostly one's own, before the start. */
const lookEveryMs = 60 * 60_000;

/**
 * Reads the logs behind the desk, each event once: in the order of its conversation, whichever way the conversations go.
 * Positions are kept by conversation, since no number counts all of them: then a gap cannot be skipped. Hints of the bus
 * say where to look; at the start, and every hour, all positions are compared with all logs.
 */
export function createFollower(options: FollowerOptions): Follower {
  const { name, store, bus, clock, log, concerns = () => true, canWait = () => false } = options;
  const isIdle = options.isIdle ?? (async () => false);
  const isUrgent = (event: LogEvent) => !canWait(event) && concerns(event);
  const pending = new Set<ConversationId>();
  /** Some of what is pending can't wait. */
  let hurry = false;
  let appointed: { readonly at: number; readonly cancel: () => void } | null = null;
  let unsubscribe = () => {};
  let running = Promise.resolve();
  let stopped = false;
  let failures = 0;
  let lookAt = 0;
  let hasLooked = false;
  let look = { after: null as ConversationId | null, isDone: false };

  /** One group of those that are due; those of which there is more stay among them. */
  async function step(due: Set<ConversationId>): Promise<void> {
    // After a failure one by one, so that what can't be dealt with comes to stand at the end and keeps back no other.
    const group = [...due].slice(0, failures > 0 ? 1 : conversationsAtOnce);
    for (const id of group) due.delete(id);
    try {
      const batches = await read(options, group);
      const lost = batches.length > 0 ? await options.handle(batches) : [];
      const long = batches.filter(({ events }) => events.length === eventsAtOnce);
      for (const id of [...lost, ...long.map(({ conversation }) => conversation)]) due.add(id);
    } catch (error) {
      for (const id of group) due.add(id);
      throw error;
    }
  }

  /** The next page of those that are behind. */
  async function lookAround(due: Set<ConversationId>): Promise<void> {
    const found = await store.followers.behind(name, look.after, conversationsAtOnce);
    for (const id of found) due.add(id);
    look = { after: found.at(-1) ?? null, isDone: found.length < conversationsAtOnce };
    if (!look.isDone) return;
    lookAt = clock.now() + lookEveryMs;
    hasLooked = true;
  }

  /** All that is due now. What comes meanwhile gathers anew: taken at once, nothing would ever share a commit. */
  async function work(): Promise<void> {
    if (look.isDone && clock.now() >= lookAt) look = { after: null, isDone: false };
    const due = new Set(pending);
    pending.clear();
    hurry = false;
    try {
      if (await isIdle()) {
        lookAt = clock.now() + lookEveryMs;
        return;
      }
      while (!stopped && (due.size > 0 || !look.isDone)) {
        await (look.isDone || due.size >= conversationsAtOnce ? step(due) : lookAround(due));
        // On SQLite nothing of that waits for anything, and a long way to catch up must not keep the desk from its work.
        await turnOfTheLoop();
      }
      failures = 0;
    } catch (error) {
      for (const id of due) pending.add(id);
      failures++;
      log.error({ err: error, follower: name, failures }, 'a follower of the logs could not go on');
    }
  }

  /** Within so many milliseconds, unless it is about to anyhow. */
  function appoint(ms: number): void {
    const at = clock.now() + ms;
    if (stopped || (appointed && appointed.at <= at)) return;
    appointed?.cancel();
    appointed = { at, cancel: clock.after(ms, run) };
  }

  function run(): void {
    appointed?.cancel();
    appointed = null;
    running = running.then(work).then(() => {
      if (failures > 0) appoint(Math.min(gatherMs * 2 ** failures, slowestMs));
      else if (pending.size > 0) appoint(hurry ? gatherMs : gatherLongMs);
      else appoint(Math.max(lookAt - clock.now(), gatherMs));
    });
  }

  return {
    start() {
      unsubscribe = bus.subscribe('log', (message) => {
        if (message.kind !== 'events') return;
        const { conversation, events } = message;
        if (!pending.has(conversation) && !events.some(concerns)) return;
        pending.add(conversation);
        hurry ||= events.some(isUrgent);
        if (failures === 0) appoint(hurry ? gatherMs : gatherLongMs);
      });
      run();
    },
    async stop() {
      stopped = true;
      unsubscribe();
      appointed?.cancel();
      await running;
    },
    async caughtUp() {
      run();
      await running;
    },
    isCatchingUp: () => !hasLooked,
  };
}

async function read({ name, store }: FollowerOptions, group: readonly ConversationId[]): Promise<Batch[]> {
  const positions = await store.followers.positions(name, group);
  const reading = Array.from(positions, async ([conversation, { seq: from, memory }]) => {
    const events = await store.log.read(conversation, from, eventsAtOnce);
    return { conversation, from, memory, events };
  });
  const behind = (await Promise.all(reading)).filter(({ events }) => events.length > 0);
  const heads = await store.conversations.findEach(behind.map(({ conversation }) => conversation));
  const headOf = new Map(heads.map((head) => [head.id, head]));
  return behind.flatMap((batch) => {
    const head = headOf.get(batch.conversation);
    // Without one it was erased meanwhile.
    return head ? [{ ...batch, organization: head.organization, head }] : [];
  });
}
