import type { QueueId } from '../../protocol/ids.ts';
import type { QueueSettings } from '../../protocol/queue-settings.ts';
import { isOpenAt, nextOpening } from './opening-hours.ts';
import type { Site } from './site.ts';

/** What is known of a queue when somebody comes to it. */
export interface Counter {
  readonly id: QueueId;
  readonly settings: QueueSettings;
  readonly isRetired: boolean;
  readonly waiting: number;
}

export type Admission =
  | { readonly kind: 'open'; readonly queue: QueueId }
  /** `queue` is where a message can be left, if one can. */
  | {
      readonly kind: 'closed';
      readonly queue: QueueId;
      readonly reason: 'hours' | 'full' | 'unverified';
      readonly opensAt: number | null;
      readonly form: boolean;
    };

/** Where a request of this page goes: what the page names, else the first rule that fits its address, else the site's own. */
export function queueFor(site: Pick<Site, 'queue' | 'settings'>, wanted: QueueId | undefined, url: string): QueueId {
  return wanted ?? site.settings.rules.find(({ path }) => fits(path, url))?.queue ?? site.queue;
}

/** May a page of the site send requests there? */
export const mayName = ({ queue, queues, settings }: Pick<Site, 'queue' | 'queues' | 'settings'>, wanted: QueueId) =>
  wanted === queue || queues.includes(wanted) || settings.rules.some((rule) => rule.queue === wanted);

/** Let in, sent on to another queue that is open, or told why not. Null where there is no such queue. */
export function admit(
  start: QueueId,
  counters: ReadonlyMap<QueueId, Counter>,
  { now, isVerified }: { readonly now: number; readonly isVerified: boolean },
): Admission | null {
  const first = counters.get(start);
  if (!first) return null;
  const seen = new Set<QueueId>();
  for (let counter: Counter | undefined = first; counter && !seen.has(counter.id); ) {
    seen.add(counter.id);
    if (!obstacleOf(counter, now, isVerified)) return { kind: 'open', queue: counter.id };
    const { whenClosed }: QueueSettings = counter.settings;
    counter = whenClosed.do === 'queue' ? counters.get(whenClosed.queue) : undefined;
  }
  const { settings, isRetired } = first;
  return {
    kind: 'closed',
    queue: start,
    reason: obstacleOf(first, now, isVerified) ?? 'hours',
    opensAt: isRetired ? null : nextOpening(settings.hours, now),
    form: settings.whenClosed.do === 'form' && (isVerified || !settings.verifiedOnly),
  };
}

function obstacleOf({ settings, isRetired, waiting }: Counter, now: number, isVerified: boolean) {
  if (settings.verifiedOnly && !isVerified) return 'unverified';
  if (isRetired || !isOpenAt(settings.hours, now)) return 'hours';
  return settings.maxWaiting !== null && waiting >= settings.maxWaiting ? 'full' : null;
}

/** `*` stands for anything. A rule that begins with a scheme is held against the whole address, others against its path. */
export function fits(rule: string, url: string): boolean {
  const address = URL.canParse(url) ? new URL(url) : null;
  if (!address) return false;
  const text = /^https?:/.test(rule) ? `${address.origin}${address.pathname}` : address.pathname;
  const parts = rule.split('*');
  const [head = '', tail = ''] = [parts.shift(), parts.pop()];
  if (parts.length === 0 && !rule.includes('*')) return text === rule;
  if (!text.startsWith(head) || !text.endsWith(tail) || text.length < head.length + tail.length) return false;
  let from = head.length;
  for (const part of parts) {
    const at = text.indexOf(part, from);
    if (at < 0 || at + part.length > text.length - tail.length) return false;
    from = at + part.length;
  }
  return true;
}
