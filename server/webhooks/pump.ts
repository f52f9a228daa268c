import type { OrganizationId, WebhookId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Clock } from '../desk/clock.ts';
import { createRounds } from '../desk/rounds.ts';
import type { Deliveries, Lane } from '../store/deliveries-store.ts';

export interface PumpOptions {
  readonly clock: Clock;
  readonly deliveries: Deliveries;
  /** How long a lane is left alone by others once it was taken. */
  readonly claimMs: number;
  readonly serve: (claimed: Lane) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** Under way at once: for one webhook, so that nobody is flooded; for one organization, so that others have their turn. */
const perWebhook = 4;
const perOrganization = 16;
const atOnce = 256;

/** Takes lanes as they fall due, each by one node and one try at a time, and never more at once than is bearable. */
export function createPump({ clock, deliveries, claimMs, serve, onError }: PumpOptions) {
  const running = new Map<string, { readonly lane: Lane; readonly done: Promise<void> }>();

  const busy = (of: (lane: Lane) => boolean) => [...running.values()].filter(({ lane }) => of(lane)).length;
  const room = (organization: OrganizationId, webhook: WebhookId) =>
    Math.min(
      perWebhook - busy((lane) => lane.webhook === webhook),
      perOrganization - busy((lane) => lane.organization === organization),
      atOnce - running.size,
    );

  async function takeDue(): Promise<void> {
    const now = clock.now();
    for (const { organization, webhook } of await deliveries.webhooksDue(now)) {
      const free = room(organization, webhook);
      if (free <= 0) continue;
      // As many more as may be on their way already: those are due too where somebody was in a hurry.
      const lanes = await deliveries.due(webhook, now, free + perWebhook);
      for (const lane of lanes.filter((one) => !running.has(keyOf(one))).slice(0, free)) {
        const until = now + claimMs;
        if (!rounds.isStopped && (await deliveries.claim(lane, until))) begin({ ...lane, nextAt: until });
      }
    }
  }

  function begin(lane: Lane): void {
    const key = keyOf(lane);
    const done = serve(lane)
      .catch(onError)
      .then(() => {
        running.delete(key);
        rounds.wake();
      });
    running.set(key, { lane, done });
  }

  const rounds = createRounds({
    clock,
    takeDue,
    nextDueAfter: deliveries.nextDueAfter,
    sweep: (now) => deliveries.sweep(now - limits.deliveryKeptMs),
    onError,
  });

  /** Each that ends makes another round. */
  async function idle(): Promise<void> {
    for (;;) {
      await rounds.idle();
      if (running.size === 0) return;
      await Promise.all([...running.values()].map(({ done }) => done));
    }
  }

  return {
    start: rounds.start,
    wake: rounds.wake,
    idle,
    async stop() {
      await rounds.stop();
      await idle();
    },
  };
}

const keyOf = ({ webhook, conversation }: Lane) => `${webhook} ${conversation}`;
