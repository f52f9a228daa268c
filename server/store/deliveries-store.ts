import type { DeliveryFailure } from '../../protocol/codes.ts';
import type { EventType } from '../../protocol/entities.ts';
import type { ConversationId, DeliveryId, OrganizationId, WebhookId } from '../../protocol/ids.ts';
import type { Trouble } from '../domain/webhook.ts';
import type { Step } from './followers-store.ts';

/** One thing to tell one webhook. What it says is read from the log when it leaves: it is kept nowhere else. */
export interface Delivery {
  readonly id: DeliveryId;
  readonly organization: OrganizationId;
  readonly webhook: WebhookId;
  /** Null for a test. */
  readonly event: { readonly conversation: ConversationId; readonly seq: number } | null;
  readonly kind: EventType | 'test';
  readonly createdAt: number;
  readonly state: 'waiting' | 'delivered' | 'failed' | 'left_out';
  readonly tries: number;
  readonly lastTry: Try | null;
  /** Null where it waits for an earlier one of its conversation, or for nothing. */
  readonly nextTryAt: number | null;
}

/** What one try came to: the status of an answer, or why there was none. */
export interface Try {
  readonly at: number;
  readonly status: number | null;
  readonly failure: DeliveryFailure | null;
}

export type Outcome =
  | { readonly state: 'delivered'; readonly result: Try }
  /** Untried: there was nothing to say any more. */
  | { readonly state: 'left_out'; readonly at: number };

export interface DeliveryStep extends Step {
  readonly organization: OrganizationId;
  readonly deliveries: readonly NewDelivery[];
}
export type NewDelivery = Pick<Delivery, 'id' | 'webhook' | 'createdAt'> & {
  readonly kind: EventType;
  readonly seq: number;
};

/** What waits for one webhook of one conversation, in its order: its first is tried, the others wait behind it. */
export interface Lane {
  readonly organization: OrganizationId;
  readonly webhook: WebhookId;
  readonly conversation: ConversationId;
  readonly nextAt: number;
  readonly trouble: Trouble;
}

/**
 * What is told to webhooks, in the tables `delivery` and `delivery_lane`. It goes with its conversation and with its
 * webhook.
 */
export interface Deliveries {
  /** All in one transaction (follower `webhooks`). Resolves with those of which another node was quicker. */
  record(steps: readonly DeliveryStep[], now: number): Promise<ConversationId[]>;
  /** Webhooks that have something to be tried now, who waits longest first. */
  webhooksDue(now: number): Promise<Pick<Lane, 'organization' | 'webhook'>[]>;
  due(webhook: WebhookId, now: number, limit: number): Promise<Lane[]>;
  /** When something is to be tried, of what is not to be tried now. */
  nextDueAfter(now: number): Promise<number | null>;
  /** Keeps others from trying the same until then; the lane is `nextAt: until` from now on. False where one was quicker. */
  claim(lane: Lane, until: number): Promise<boolean>;
  /** The first that waits in a lane. */
  head(lane: Pick<Lane, 'webhook' | 'conversation'>): Promise<Delivery | null>;
  /** It waits no more, and the next of its lane may follow at once. */
  settle(lane: Lane, id: DeliveryId, outcome: Outcome): Promise<void>;
  /** It waits on, and its lane behind it; null is until the webhook is switched on again. */
  postpone(lane: Lane, id: DeliveryId, result: Try, nextAt: number | null): Promise<void>;
  /** A lane that is not to be tried before its webhook is switched on again; nothing where that happened meanwhile. */
  park(lane: Lane): Promise<void>;
  /** To be tried at once. False where nothing waits there, or it is under way. */
  hurry(lane: Pick<Lane, 'webhook' | 'conversation'>, now: number): Promise<boolean>;
  /** A test, once it is known how it went. */
  addTest(test: Pick<Delivery, 'id' | 'organization' | 'webhook' | 'state'> & { readonly result: Try }): Promise<void>;
  find(organization: OrganizationId, webhook: WebhookId, id: DeliveryId): Promise<Delivery | null>;
  /** The newest first, after `before` in that order. */
  page(
    webhook: WebhookId,
    before: { readonly at: number; readonly id: string } | null,
    limit: number,
  ): Promise<Delivery[]>;
  waiting(organization: OrganizationId): Promise<ReadonlyMap<WebhookId, number>>;
  /**
   * Deletes what was settled before that time, and what waits for webhooks that are off since then: some of it, so that
   * nobody waits long. False where that was all.
   */
  sweep(before: number): Promise<boolean>;
}

/** The name of the follower. */
export const webhooksFollower = 'webhooks';
