import { randomInt } from 'node:crypto';
import { limits } from '../../protocol/limits.ts';
import type { Clock } from '../desk/clock.ts';
import type { Log } from '../desk/log.ts';
import { nextTry, verdictOf, type Webhook } from '../domain/webhook.ts';
import { createId } from '../identity/secret-token.ts';
import type { PostPublic } from '../outbound/post-public.ts';
import type { Delivery, Lane, Try } from '../store/deliveries-store.ts';
import type { Store } from '../store/store.ts';
import { attempt } from './attempt.ts';
import { createPump } from './pump.ts';
import { switchOff } from './switch-off.ts';

export interface CourierOptions {
  readonly store: Pick<Store, 'log' | 'conversations' | 'webhooks' | 'deliveries' | 'audit'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly post: PostPublic;
  /** BALIE_ALLOW_PRIVATE_WEBHOOKS. */
  readonly allowPrivate: boolean;
  /** From 0 to 1. */
  readonly chance?: () => number;
}

export interface Courier {
  start(): void;
  /** Resolves when nothing is under way; a try that is cut short is made again at the next start. */
  stop(): Promise<void>;
  /** There may be something to deliver. */
  wake(): void;
  /** Sends a test and says how it went. */
  test(webhook: Webhook): Promise<Delivery['id']>;
  /** Resolves when nothing is under way and nothing is due. */
  idle(): Promise<void>;
}

/** A claim outlives a try, so that a second node leaves alone what the first is at, and no longer than it must. */
const claimMs = limits.deliveryTimeoutMs + 5000;

/**
 * Delivers what `derive-deliveries.ts` wrote down. A delivery is `waiting` in the store before it is tried and until its
 * answer is in the store too, so that a process that ends in between makes its successor try again, under the same id.
 */
export function createCourier(options: CourierOptions): Courier {
  const { store, clock, log } = options;
  const { deliveries, webhooks } = store;
  const { chance = () => randomInt(1000) / 1000 } = options;

  /** The first of a lane, once. */
  async function serve(claimed: Lane): Promise<void> {
    const webhook = await webhooks.findOf(claimed.organization, claimed.webhook);
    if (webhook?.state !== 'on') return deliveries.park(claimed);
    const delivery = await deliveries.head(claimed);
    if (!delivery) return;
    const tried = await attempt(webhook, delivery, options);
    if (!tried) return deliveries.settle(claimed, delivery.id, { state: 'left_out', at: clock.now() });
    return conclude(webhook, claimed, { delivery, tried });
  }

  async function conclude(webhook: Webhook, lane: Lane, { delivery, tried }: { delivery: Delivery; tried: Try }) {
    const verdict = verdictOf(tried.status);
    if (verdict === 'delivered') return deliveries.settle(lane, delivery.id, { state: 'delivered', result: tried });
    const next = nextTry(lane.trouble, tried.at, chance());
    const isOver = verdict === 'gone' || next.kind === 'give_up';
    await deliveries.postpone(lane, delivery.id, tried, isOver ? null : next.at);
    if (isOver) await switchOff(webhook, verdict === 'gone' ? 'gone' : 'failing', { store, log, now: tried.at });
  }

  const pump = createPump({
    clock,
    deliveries,
    claimMs,
    serve,
    onError: (error) => log.error({ err: error }, 'webhooks could not be served'),
  });

  return {
    ...pump,
    async test(webhook) {
      const id = createId<'delivery'>();
      const tried = await attempt(webhook, { id, event: null, createdAt: clock.now() }, options);
      if (!tried) throw new Error('A test always says something.');
      const state = verdictOf(tried.status) === 'delivered' ? 'delivered' : 'failed';
      await deliveries.addTest({ id, organization: webhook.organization, webhook: webhook.id, state, result: tried });
      return id;
    },
  };
}
