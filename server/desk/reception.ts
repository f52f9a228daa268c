import type { QueueId } from '../../protocol/ids.ts';
import { type Admission, admit, type Counter, mayName, queueFor } from '../domain/admission.ts';
import type { Site } from '../domain/site.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from './clock.ts';

export interface Arrival {
  readonly site: Site;
  /** Named by the page. */
  readonly queue: QueueId | undefined;
  readonly url: string;
  readonly isVerified: boolean;
}

/** Whether somebody who comes now is let in, and where; null where the page names a queue that the site does not allow. */
export type Reception = (arrival: Arrival) => Promise<Admission | null>;

interface ReceptionOptions {
  readonly store: Pick<Store, 'conversations' | 'queues'>;
  readonly clock: Pick<Clock, 'now'>;
}

export function createReception({ store, clock }: ReceptionOptions): Reception {
  /** The queue, and those that it sends people on to. */
  async function countersFrom(first: QueueId, { organization }: Site): Promise<Map<QueueId, Counter>> {
    const counters = new Map<QueueId, Counter>();
    for (let next: QueueId | null = first; next && !counters.has(next); ) {
      const queue = await store.queues.find(next);
      if (queue?.organization !== organization) break;
      const { id, settings, retiredAt } = queue;
      const waiting = settings.maxWaiting === null ? 0 : (await store.conversations.inQueue(id)).length;
      counters.set(id, { id, settings, isRetired: retiredAt !== null, waiting });
      next = settings.whenClosed.do === 'queue' ? settings.whenClosed.queue : null;
    }
    return counters;
  }

  return async ({ site, queue, url, isVerified }) => {
    if (queue && !mayName(site, queue)) return null;
    const start = queueFor(site, queue, url);
    return admit(start, await countersFrom(start, site), { now: clock.now(), isVerified });
  };
}
