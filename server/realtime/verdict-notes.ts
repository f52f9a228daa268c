import type { Site } from '../domain/site.ts';
import type { TokenVerdict } from '../identity/verify-token.ts';
import type { Store } from '../store/store.ts';

interface VerdictNotesOptions {
  readonly store: Pick<Store, 'installs' | 'sites'>;
  readonly now: () => number;
  readonly log: { warn(details: object, message: string): void };
}

/** A site whose tokens all fail says so often enough to be seen, and not so often that it costs anything. */
const refusalsPerMinute = 10;

/** Keeps for the site's owner when a key was last used, and what was wrong with tokens that were refused. */
export function createVerdictNotes({ store, now, log }: VerdictNotesOptions) {
  const usedAt = new Map<string, number>();
  let minute = 0;
  let refusals = new Map<string, number>();

  function isMuch({ id }: Site): boolean {
    const current = Math.floor(now() / 60_000);
    if (current !== minute) refusals = new Map();
    minute = current;
    const count = (refusals.get(id) ?? 0) + 1;
    refusals.set(id, count);
    return count > refusalsPerMinute;
  }

  async function keep(site: Site, verdict: TokenVerdict): Promise<void> {
    const at = now();
    if (verdict.ok) {
      const key = `${site.id} ${verdict.keyId}`;
      if (at - (usedAt.get(key) ?? 0) < 60_000) return;
      usedAt.set(key, at);
      return store.sites.keyUsed(site.id, verdict.keyId, at);
    }
    if (isMuch(site)) return;
    const { check, detail = '' } = verdict;
    await store.installs.refused(site.organization, site.id, { at, check, detail });
  }

  // Nobody's chat waits for it, and none fails with it.
  return (site: Site, verdict: TokenVerdict): void =>
    void keep(site, verdict).catch((error) => log.warn({ err: error }, 'a note on a token was not kept'));
}
