import type { Clock } from '../desk/clock.ts';
import type { Log } from '../desk/log.ts';
import { type CarryingParts, carryOut } from './carry-out.ts';
import { retain } from './retain.ts';

/** Carries out erasures and retention behind the desk, one thing after the other. */
export interface PrivacyKeeper {
  start(): void;
  /** There is something to erase. Resolves when it is done, or could not be done now. */
  wake(): Promise<void>;
  /** Resolves when nothing is under way; nothing is begun afterwards. */
  stop(): Promise<void>;
}

interface PrivacyKeeperOptions extends Omit<CarryingParts, 'now'> {
  readonly clock: Clock;
  readonly log: Log;
}

/** What is due by the day is looked for this often; and so often what failed is tried again. */
export const sweepEveryMs = 10 * 60_000;
/** Where there is more than one sweep takes. */
const soonMs = 1000;

export function createPrivacyKeeper({ clock, log, ...rest }: PrivacyKeeperOptions): PrivacyKeeper {
  const parts = { ...rest, now: () => clock.now() };
  let running = Promise.resolve();
  let cancel = () => {};
  let isStopped = false;

  async function work(): Promise<void> {
    let isMore = false;
    try {
      for (const erasure of await parts.store.privacy.unfinishedErasures()) await carryOut(parts, erasure);
      isMore = await retain(parts);
    } catch (error) {
      log.error({ err: error }, 'what is to be erased could not be');
    }
    cancel();
    if (!isStopped) cancel = clock.after(isMore ? soonMs : sweepEveryMs, () => void wake());
  }

  function wake(): Promise<void> {
    running = running.then(() => (isStopped ? undefined : work()));
    return running;
  }

  return {
    start: () => void wake(),
    wake,
    async stop() {
      isStopped = true;
      cancel();
      await running;
    },
  };
}
