import type { SiteId } from '../../protocol/ids.ts';
import type { Command } from '../domain/command.ts';
import { createMask, type Mask } from '../domain/masking.ts';
import { hasWords, maskCommand } from '../domain/masking-command.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from './clock.ts';
import { createLru } from './lru.ts';

/** A command as its site wants it kept. Everything that becomes an event passes here. */
export type Masking = (site: SiteId, command: Command) => Promise<Command>;
/** What a site masks; null where it is nothing. */
export type MaskOf = (site: SiteId) => Promise<Mask | null>;

interface MaskingOptions {
  readonly store: Pick<Store, 'sites'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** So long a node may go by what the site wanted before: to look for every message would cost what the message costs. */
export const maskRememberedMs = 1000;
const remembered = 1000;

export function createMaskOf({ store, clock }: MaskingOptions): MaskOf {
  // The promise, so that of all who ask in the same moment one looks.
  const masks = createLru<SiteId, { readonly mask: Promise<Mask | null>; readonly until: number }>(remembered);

  async function look(site: SiteId): Promise<Mask | null> {
    try {
      const settings = (await store.sites.find(site))?.settings;
      return settings ? createMask(settings.masking) : null;
    } catch (error) {
      masks.delete(site);
      throw error;
    }
  }

  return (site) => {
    const known = masks.get(site);
    if (known && clock.now() < known.until) return known.mask;
    const mask = look(site);
    masks.set(site, { mask, until: clock.now() + maskRememberedMs });
    return mask;
  };
}

export function createMasking(options: MaskingOptions): Masking {
  const maskOf = createMaskOf(options);
  return async (site, command) => {
    const mask = hasWords(command) ? await maskOf(site) : null;
    return mask ? maskCommand(command, mask) : command;
  };
}
