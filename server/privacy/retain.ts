import type { ConversationId } from '../../protocol/ids.ts';
import type { RetentionRule } from '../store/privacy-store.ts';
import { deleteDoomedFiles, type ErasingParts, eraseConversations } from './erase-conversations.ts';

export interface RetainingParts extends ErasingParts {
  readonly now: () => number;
}

const dayMs = 24 * 3_600_000;
const manyAtOnce = 50;
/** Of one site and one kind in one sweep: the rest is there at the next. */
const batchesPerSweep = 40;
/** No socket of an erased session lives as long. */
const fenceMs = 30 * dayMs;

/**
 * Deletes what sites have kept as long as they want to. An open conversation has no end and is never touched. Resolves
 * with whether anything was left for the next sweep.
 */
export async function retain(parts: RetainingParts): Promise<boolean> {
  const { store, now } = parts;
  let isMore = false;
  let isChanged = false;
  for (const rule of await store.privacy.retentionRules())
    for (const work of worksOf(parts, rule)) {
      let batches = 0;
      while (batches < batchesPerSweep && (await work()) > 0) batches++;
      isMore ||= batches === batchesPerSweep;
      isChanged ||= batches > 0;
    }
  isChanged = (await deleteDoomedFiles(parts)) > 0 || isChanged;
  await store.privacy.forgetErasedSessions(now() - fenceMs);
  await store.privacy.forgetExportLinks(now());
  if (isChanged) await store.privacy.scrub();
  return isMore;
}

/** Each deals with some, and resolves with how many. */
function worksOf(parts: RetainingParts, { site, retention }: RetentionRule): (() => Promise<number>)[] {
  const { privacy } = parts.store;
  const works: (() => Promise<number>)[] = [];
  const { conversations, files, identities } = retention;
  const before = (days: number) => parts.now() - days * dayMs;
  if (conversations !== null)
    works.push(async () => {
      const ids = await privacy.endedBefore(site, before(conversations), manyAtOnce);
      if (ids.length > 0) await eraseConversations(parts, ids);
      return ids.length;
    });
  if (files !== null) works.push(() => privacy.doomFiles(site, before(files), manyAtOnce));
  if (identities !== null)
    works.push(async () => {
      const ids = await privacy.knownBefore(site, before(identities), manyAtOnce);
      if (ids.length > 0) await anonymise(parts, ids);
      return ids.length;
    });
  return works;
}

async function anonymise({ store, bus, forgetMail }: ErasingParts, ids: readonly ConversationId[]): Promise<void> {
  await forgetMail(ids);
  await store.log.anonymise(ids);
  for (const id of ids) bus.publish('log', { kind: 'rewritten', conversation: id });
}
