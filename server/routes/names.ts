import type { AgentId, QueueId, SiteId } from '../../protocol/ids.ts';
import type { Store } from '../store/store.ts';

/** And what a site calls its variables. */
interface SiteNames {
  readonly id: SiteId;
  readonly name: string;
  readonly labels: Record<string, string>;
}

/** What agents, queues and sites are called, asked once each; for the length of one answer. */
export function createNames({ agents, queues, sites }: Pick<Store, 'agents' | 'queues' | 'sites'>) {
  const known = new Map<string, Promise<string>>();
  const knownSites = new Map<SiteId, Promise<SiteNames>>();
  const once = (key: string, find: () => Promise<{ readonly name: string } | null>) => {
    const name = known.get(key) ?? find().then((found) => found?.name ?? '');
    known.set(key, name);
    return name;
  };
  return {
    agent: (id: AgentId) => once(`agent ${id}`, () => agents.find(id)),
    site(id: SiteId): Promise<SiteNames> {
      const site =
        knownSites.get(id) ??
        sites.find(id).then((found) => ({ id, name: found?.name ?? '', labels: found?.labels ?? {} }));
      knownSites.set(id, site);
      return site;
    },
    queue: (id: QueueId) => once(`queue ${id}`, () => queues.find(id)),
  };
}
export type Names = ReturnType<typeof createNames>;
