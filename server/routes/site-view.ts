import type { FastifyRequest } from 'fastify';
import type { SiteKeyView, SiteView } from '../../protocol/http.ts';
import type { QueueId, SiteId } from '../../protocol/ids.ts';
import type { Site, SiteKey } from '../domain/site.ts';
import type { Store } from '../store/store.ts';
import { HttpProblem } from './http-errors.ts';
import { staffOf } from './staff.ts';

/** Of the organization of who asks; throws where it has none of this id. */
export async function siteOf({ sites }: Pick<Store, 'sites'>, request: FastifyRequest, id: SiteId): Promise<Site> {
  const site = await sites.findOf(staffOf(request).agent.organization, id);
  if (!site) throw new HttpProblem('not_found', 'There is no such site.');
  return site;
}

/** A site as administrators see it: its keys without their secrets. */
export async function siteView(site: Site, { queues }: Pick<Store, 'queues'>): Promise<SiteView> {
  const { organization: _, ...shown } = site;
  return {
    ...structuredClone({ ...shown, keys: [] }),
    queue: { id: site.queue, name: (await queues.find(site.queue))?.name ?? '' },
    keys: site.keys.map(keyView),
  } as SiteView;
}

export const keyView = (key: SiteKey): SiteKeyView => ({
  kid: key.kid,
  kind: key.kind,
  algorithm: key.kind === 'jwks' ? null : key.algorithm,
  createdAt: key.createdAt,
  revokedAt: key.revokedAt,
  lastUsedAt: key.lastUsedAt ?? null,
});

/** For the audit log: what can be changed, with queues by their names, and no secret. */
export async function plainSite(site: Site, { queues }: Pick<Store, 'queues'>) {
  const { keys: _, organization, settings, ...plain } = site;
  const known = await queues.listOf(organization);
  const nameOf = (id: QueueId) => known.find((queue) => queue.id === id)?.name ?? id;
  const rules = settings.rules.map(({ path, queue }) => ({ path, queue: nameOf(queue) }));
  return { ...plain, queue: nameOf(site.queue), queues: site.queues.map(nameOf), ...settings, rules };
}
export const siteTarget = ({ id, name }: Site) => ({ kind: 'site', id, name });
