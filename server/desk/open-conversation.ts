import type { SessionId } from '../../protocol/ids.ts';
import type { Site } from '../domain/site.ts';
import type { Store } from '../store/store.ts';
import type { Desk } from './desk.ts';

interface DescribeOptions {
  readonly store: Pick<Store, 'conversations' | 'queues' | 'sites'>;
  readonly isHere: (session: SessionId) => boolean;
}

/** In the site's order; one that is placed and has no label of its own is called by its name. */
export const labelsInOrder = ({ labels, settings }: Pick<Site, 'labels' | 'settings'>): Record<string, string> => ({
  ...Object.fromEntries(settings.variables.map(({ name }) => [name, labels[name] ?? name])),
  ...labels,
});

export const createDescribe =
  ({ store, isHere }: DescribeOptions): Desk['describe'] =>
  async (head, after) => {
    const site = await store.sites.find(head.site);
    return {
      conversation: head.id,
      site: { id: head.site, name: site?.name ?? '' },
      labels: site ? labelsInOrder(site) : {},
      connected: isHere(head.session),
      seen: await store.conversations.seenSeq(head.id),
      after,
      closing: (await store.queues.find(head.queue))?.closing ?? null,
    };
  };
