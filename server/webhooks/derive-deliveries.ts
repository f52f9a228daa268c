import type { OrganizationId } from '../../protocol/ids.ts';
import { type Batch, createFollower, type Follower, type FollowerOptions } from '../desk/follower.ts';
import type { LogEvent } from '../domain/conversation.ts';
import { tells, type Webhook } from '../domain/webhook.ts';
import { createId } from '../identity/secret-token.ts';
import { type DeliveryStep, type NewDelivery, webhooksFollower } from '../store/deliveries-store.ts';
import type { Store } from '../store/store.ts';

export type DerivingOptions = Pick<FollowerOptions, 'bus' | 'clock' | 'log'> & {
  readonly store: Pick<Store, 'log' | 'followers' | 'conversations' | 'webhooks' | 'deliveries'>;
  /** There may be something to deliver. */
  readonly onRecorded: () => void;
};

/** Writes down, for each event that was committed, which webhooks are to be told of it: once, whatever breaks. */
export function createDeliveryFollower({ store, onRecorded, ...rest }: DerivingOptions): Follower {
  return createFollower({
    ...rest,
    store,
    name: webhooksFollower,
    // What came before a webhook was switched on is not told to it (`tells`), so it need not have been read by then.
    isIdle: async () => !(await store.webhooks.isAnyOn()),
    async handle(batches) {
      const organizations = [...new Set(batches.map(({ organization }) => organization))];
      const lists = await Promise.all(organizations.map((id) => store.webhooks.listOf(id)));
      const webhooks = new Map(organizations.map((id, index) => [id, lists[index] ?? []]));
      const steps = batches.map((batch) => stepOf(batch, webhooks));
      const lost = await store.deliveries.record(steps, rest.clock.now());
      if (steps.some(({ deliveries }) => deliveries.length > 0)) onRecorded();
      return lost;
    },
  });
}

function stepOf(batch: Batch, webhooks: ReadonlyMap<OrganizationId, readonly Webhook[]>): DeliveryStep {
  const { organization, conversation, from, events } = batch;
  const own = webhooks.get(organization) ?? [];
  const deliveries = events.flatMap((event) => own.filter((one) => tells(one, event)).map((one) => toTell(one, event)));
  return { organization, conversation, from, to: events.at(-1)?.seq ?? from, memory: '', deliveries };
}

const toTell = ({ id: webhook }: Webhook, { seq, at, body }: LogEvent): NewDelivery => ({
  id: createId<'delivery'>(),
  webhook,
  kind: body.type,
  seq,
  createdAt: at,
});
