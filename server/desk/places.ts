import type { ConversationId, OrganizationId, ProfileId, QueueId } from '../../protocol/ids.ts';
import type { Bus } from '../bus/bus.ts';
import type { ConversationHead, Store } from '../store/store.ts';
import type { Clock } from './clock.ts';
import { createPace } from './pace.ts';
import type { Work } from './work.ts';

/** Tells those who wait where they stand. */
export interface Places {
  /** The queue may have moved, or the number of those who serve it. */
  moved(queue: QueueId): void;
  movedFor(organization: OrganizationId, profile: ProfileId | null): Promise<void>;
  /** Somebody who waits there went: their place is held a while. */
  left(queue: QueueId): void;
  /** For who connects anew. */
  tell(head: Pick<ConversationHead, 'id' | 'queue'>): Promise<void>;
}

interface Place {
  readonly place: number;
  readonly agents: number;
  /** What the queue says to who waits. */
  readonly text: string;
}

interface PlacesOptions {
  readonly store: Pick<Store, 'agents' | 'conversations' | 'queues'>;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly work: Work;
}

/** A queue that moves quickly is told once a second, since each move concerns everybody in it. */
const intervalMs = 1000;
/** Who is gone for longer takes up no place: they are offered to nobody. After a restart all come back within this. */
const heldMs = 15_000;

export function createPlaces({ store, bus, clock, work }: PlacesOptions): Places {
  const told = new Map<QueueId, Map<ConversationId, Place>>();
  const pace = createPace<QueueId>({ clock, intervalMs });

  const signal = (conversation: ConversationId, { place, agents, text }: Place) =>
    bus.publish(`conversation:${conversation}`, {
      kind: 'signal',
      conversation,
      to: 'visitor',
      signal: { kind: 'place', place, agents, ...(text && { text }) },
    });

  async function tellAll(queue: QueueId): Promise<void> {
    const agents = await store.agents.countReady(queue);
    const text = (await store.queues.find(queue))?.settings.waiting ?? '';
    const line = (await store.conversations.inQueue(queue)).filter(
      ({ lostAt }) => lostAt === null || clock.now() - lostAt < heldMs,
    );
    const before = told.get(queue);
    const now = new Map(line.map(({ id }, index) => [id, { place: index + 1, agents, text }]));
    if (now.size > 0) told.set(queue, now);
    else told.delete(queue);
    for (const [id, place] of now) if (!isSame(before?.get(id), place)) signal(id, place);
  }

  function moved(queue: QueueId): void {
    pace(queue, () => work.aside('telling places', () => tellAll(queue)));
  }

  return {
    moved,
    left(queue) {
      clock.after(heldMs, () => moved(queue));
    },
    async movedFor(organization, profile) {
      if (profile === null) return;
      const profiles = await store.queues.profilesOf(organization);
      for (const queue of profiles.find(({ id }) => id === profile)?.queues ?? []) moved(queue);
    },
    async tell({ id, queue }) {
      const place = told.get(queue)?.get(id);
      // Not counted anew for each: after a restart everybody in a long queue connects at once.
      if (place) signal(id, place);
      else moved(queue);
    },
  };
}

const isSame = (one: Place | undefined, other: Place): boolean =>
  one?.place === other.place && one.agents === other.agents && one.text === other.text;
