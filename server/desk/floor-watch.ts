import type { OrganizationId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Bus } from '../bus/bus.ts';
import { createDayOf } from '../domain/calendar-day.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from './clock.ts';
import { timeZoneOf } from './count-statistics.ts';
import { type FloorPicture, pictureOf } from './floor-picture.ts';
import type { Log } from './log.ts';
import { createPace } from './pace.ts';
import { createSerial } from './serial.ts';
import { createVisitorNames } from './visitor-names.ts';
import type { Work } from './work.ts';

type Listener = (picture: FloorPicture) => void;

interface FloorWatchOptions {
  readonly store: Pick<Store, 'agents' | 'conversations' | 'log' | 'queues' | 'statistics'>;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly work: Work;
  readonly log: Log;
}

/** Hints may be lost, and what is set up (people, queues) gives none: so often it is looked at in any case. */
const lookEveryMs = 10_000;

/**
 * Pictures of the floors that somebody watches. One is taken for all who watch it in this node: when the bus says that
 * something stirred there, and not more often than once in `floorIntervalMs`. Nothing is read where nobody watches.
 */
export function createFloorWatch(options: FloorWatchOptions): (id: OrganizationId, listener: Listener) => () => void {
  const { bus, clock, work, log } = options;
  const pace = createPace<OrganizationId>({ clock, intervalMs: limits.floorIntervalMs });
  const names = createVisitorNames(options.store);
  const floors = new Map<OrganizationId, Floor>();
  /** An older picture must not come after a newer one. */
  const oneByOne = createSerial<OrganizationId>();

  function openFloor(id: OrganizationId): Floor {
    const floor = new Floor((before) => takePicture(id, before));
    const look = () => pace(id, () => work.aside('the floor', () => oneByOne(id, () => floor.look())));
    const unsubscribe = bus.subscribe(`floor:${id}`, look);
    let cancel = () => {};
    const again = () => {
      look();
      cancel = clock.after(lookEveryMs, again);
    };
    again();
    floor.close = () => {
      cancel();
      unsubscribe();
      floors.delete(id);
    };
    floors.set(id, floor);
    return floor;
  }

  async function takePicture(id: OrganizationId, before: FloorPicture | null): Promise<FloorPicture> {
    const { queues, agents, conversations, statistics } = options.store;
    const today = createDayOf(await timeZoneOf(id, options.store))(clock.now());
    const [all, profiles, people, duties, open, waits] = await Promise.all([
      queues.listOf(id),
      queues.profilesOf(id),
      agents.peopleOf(id),
      agents.dutiesOf(id),
      conversations.open(id, null),
      statistics.waits(id, 'queue', { from: today, to: today, queues: null }),
    ]);
    const named = await names(open.map((head) => head.id));
    return pictureOf({ queues: all, profiles, people, duties, open, names: named, waits }, before);
  }

  return (id, listener) => {
    const floor = floors.get(id) ?? openFloor(id);
    const told: Listener = (picture) => {
      try {
        listener(picture);
      } catch (error) {
        log.error({ err: error }, 'who watches the floor could not be told');
      }
    };
    return floor.tell(told);
  };
}

/** One organization's, as it was seen last. */
class Floor {
  close = () => {};
  private isClosed = false;
  private picture: FloorPicture | null = null;
  private readonly listeners = new Set<Listener>();
  private readonly take: (before: FloorPicture | null) => Promise<FloorPicture>;

  constructor(take: (before: FloorPicture | null) => Promise<FloorPicture>) {
    this.take = take;
  }

  tell(listener: Listener): () => void {
    this.listeners.add(listener);
    if (this.picture) listener(this.picture);
    return () => {
      if (!this.listeners.delete(listener) || this.listeners.size > 0) return;
      this.isClosed = true;
      this.close();
    };
  }

  async look(): Promise<void> {
    if (this.isClosed) return;
    this.picture = await this.take(this.picture);
    for (const listener of [...this.listeners]) listener(this.picture);
  }
}
