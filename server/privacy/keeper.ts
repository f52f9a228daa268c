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

/** What is due by the day is looked for this often. */
export const sweepEveryMs = 10 * 60_000;
const triedAgainMs = 60_000;
/** Where there is more than one sweep takes. */
const soonMs = 1000;

export function createPrivacyKeeper({ clock, log, ...rest }: PrivacyKeeperOptions): PrivacyKeeper {
  const parts = { ...rest, now: () => clock.now() };
  let running = Promise.resolve();
  let cancel = () => {};
  let isStopped = false;

  /** One that fails keeps none of the others waiting. False where it did. */
  async function attempt(what: string, task: () => Promise<void>): Promise<boolean> {
    try {
      await task();
      return true;
    } catch (error) {
      log.error({ err: error, what }, 'what is to be deleted could not be');
      return false;
    }
  }

  async function work(): Promise<void> {
    let isMore = false;
    const done: boolean[] = [];
    const see = async (what: string, task: () => Promise<void>) => void done.push(await attempt(what, task));
    await see('looking for erasures', async () => {
      for (const erasure of await parts.store.privacy.unfinishedErasures())
        await see('an erasure', () => carryOut(parts, erasure));
    });
    await see('retention', async () => {
      isMore = await retain(parts);
    });
    cancel();
    const delayMs = isMore ? soonMs : done.every(Boolean) ? sweepEveryMs : triedAgainMs;
    if (!isStopped) cancel = clock.after(delayMs, () => void wake());
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
