import type { Bus } from '../bus/bus.ts';
import type { Store } from '../store/store.ts';
import { createAftermath } from './aftermath.ts';
import { createAgentDoors, createAgentPresence } from './agent-presence.ts';
import type { Clock } from './clock.ts';
import type { DeskSettings } from './desk-settings.ts';
import { createDuty } from './duty.ts';
import type { Ledger } from './ledger.ts';
import type { Log } from './log.ts';
import { createPlaces } from './places.ts';
import { createRouter } from './router.ts';
import { createWatch } from './watch.ts';
import type { Work } from './work.ts';

interface FloorOptions {
  readonly store: Store;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly work: Work;
  readonly log: Log;
  readonly settings: DeskSettings;
  readonly ledger: Ledger;
}

/** Everything between the waiting request and the agent who accepts it: who is there, who is asked, whose turn it is. */
export function createFloor({ store, bus, clock, work, log, settings, ledger }: FloorOptions) {
  const { execute, conversations } = ledger;
  const presence = createAgentPresence({ store, bus, clock, work, graceMs: settings.presenceGraceMs });
  const places = createPlaces({ store, bus, clock, work });
  const duty = createDuty({
    store,
    bus,
    clock,
    execute,
    hasSocket: presence.hasSocket,
    async onDutyChange(organization, profiles) {
      bus.publish(`floor:${organization}`, { kind: 'stirred' });
      for (const profile of new Set(profiles)) {
        await router.wakeProfile(organization, profile);
        await places.movedFor(organization, profile);
      }
    },
  });
  const router = createRouter({ store, clock, work, conversations, execute, duty, presentMs: settings.presentMs });
  ledger.follow(createAftermath({ store, bus, work, duty, router, places, presence }));
  const watch = createWatch({ store, clock, work, log, execute, duty, router, ...settings });
  return { places, duty, router, watch, doors: createAgentDoors({ presence, duty }) };
}
