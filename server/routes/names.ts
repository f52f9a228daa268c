import type { AgentId, QueueId } from '../../protocol/ids.ts';
import type { Store } from '../store/store.ts';

/** What agents and queues are called, asked once each; for the length of one answer. */
export function createNames({ agents, queues }: Pick<Store, 'agents' | 'queues'>) {
  const known = new Map<string, Promise<string>>();
  const once = (key: string, find: () => Promise<{ readonly name: string } | null>) => {
    const name = known.get(key) ?? find().then((found) => found?.name ?? '');
    known.set(key, name);
    return name;
  };
  return {
    agent: (id: AgentId) => once(`agent ${id}`, () => agents.find(id)),
    queue: (id: QueueId) => once(`queue ${id}`, () => queues.find(id)),
  };
}
export type Names = ReturnType<typeof createNames>;
