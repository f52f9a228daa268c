import type { TestContext } from 'vitest';
import type { OrganizationId } from '../../../protocol/ids.ts';
import { createInProcessBus } from '../../bus/in-process-bus.ts';
import { createFakeClock } from '../../desk/test/fake-clock.ts';
import { organization } from '../../desk/test/furnish.ts';
import { openDesk } from '../../desk/test/open-desk.ts';
import type { Webhook } from '../../domain/webhook.ts';
import { createId } from '../../identity/secret-token.ts';
import { createPostPublic } from '../../outbound/post-public.ts';
import type { Store } from '../../store/store.ts';
import { type Courier, type CourierOptions, createCourier } from '../courier.ts';
import { createDeliveryFollower } from '../derive-deliveries.ts';
import { createWebhookSecret } from '../signature.ts';

/** A desk whose webhooks are served when the test says so, on a clock of their own. */
export async function openCourier(t: TestContext) {
  const desk = await openDesk(t);
  const { store } = desk;
  const couriers = new Set<Courier>();
  const clock = createFakeClock({
    startAt: desk.clock.now(),
    settle: async () => {
      for (const courier of couriers) await courier.idle();
    },
  });
  const complaints: unknown[] = [];
  const running = new Set<{ stop(): Promise<void> }>();
  t.onTestFinished(async () => {
    for (const one of [...running].reverse()) await one.stop();
  });
  const complain = (details: unknown) => complaints.push(details);
  const log = { error: complain, warn: complain };

  /** Another node, or the same one after a restart. */
  function node({ between = (real: Store): Store => real, post = {} as Partial<CourierOptions> } = {}) {
    const own = between(store);
    const options = { store: own, clock, log, post: createPostPublic({ allowPrivate: true }), allowPrivate: true };
    const courier: Courier = createCourier({ ...options, chance: () => 0, ...post });
    const bus = createInProcessBus({ onListenerError: complain });
    const follower = createDeliveryFollower({ store: own, bus, clock, log, onRecorded: courier.wake });
    let heard = 0;
    running.add(courier).add(follower);
    couriers.add(courier);
    follower.start();
    courier.start();
    return {
      courier,
      /** Until all that was committed is told, as far as it can be now. */
      async told() {
        for (const { topic, message } of desk.heard.slice(heard)) bus.publish(topic, message);
        heard = desk.heard.length;
        await follower.caughtUp();
        await courier.idle();
      },
      async stop() {
        await follower.stop();
        await courier.stop();
      },
    };
  }

  return {
    ...desk,
    complaints,
    node,
    async webhook(url: string, change: Partial<Webhook> = {}, of: OrganizationId = organization): Promise<Webhook> {
      const now = desk.clock.now();
      const webhook: Webhook = {
        id: createId<'webhook'>(),
        organization: of,
        name: 'CRM',
        url,
        kinds: [],
        audience: 'everyone',
        createdAt: now,
        state: 'on',
        since: now,
        failingSince: null,
        secrets: [{ secret: createWebhookSecret(), until: null }],
        ...change,
      };
      await store.webhooks.create(webhook);
      return webhook;
    },
    stateOf: async ({ id, organization: of }: Webhook) => (await store.webhooks.findOf(of, id))?.state,
    /** Lets time go by for the couriers. */
    pass: (ms: number) => clock.advance(ms),
    now: () => clock.now(),
  };
}
