import type { FastifyRequest } from 'fastify';
import type { WebhookId } from '../../protocol/ids.ts';
import type { DeliveryView, WebhookView } from '../../protocol/webhooks.ts';
import type { Webhook } from '../domain/webhook.ts';
import type { Delivery } from '../store/deliveries-store.ts';
import type { Store } from '../store/store.ts';
import { HttpProblem } from './http-errors.ts';
import { staffOf } from './staff.ts';

/** Of the organization of who asks; throws where it has none of this id. */
export async function webhookOf(store: Pick<Store, 'webhooks'>, request: FastifyRequest, id: WebhookId) {
  const webhook = await store.webhooks.findOf(staffOf(request).agent.organization, id);
  if (!webhook) throw new HttpProblem('not_found', 'There is no such webhook.');
  return webhook;
}

/** A webhook as administrators see it: without its secrets. */
export const webhookView = (webhook: Webhook, waiting: number, now: number): WebhookView => ({
  id: webhook.id,
  ...plainWebhook(webhook),
  createdAt: webhook.createdAt,
  since: webhook.since,
  failingSince: webhook.failingSince,
  waiting,
  oldSecretUntil: webhook.secrets.find(({ until }) => until !== null && until > now)?.until ?? null,
});

/** For the audit log: what can be changed, and no secret. */
export const plainWebhook = ({ name, url, kinds, audience, state }: Webhook) => ({
  name,
  url,
  kinds: [...kinds],
  audience,
  state,
});
export const webhookTarget = ({ id, name }: Webhook) => ({ kind: 'webhook', id, name });

export const deliveryView = ({ event, lastTry, createdAt, ...one }: Delivery): DeliveryView => ({
  id: one.id,
  kind: one.kind,
  conversation: event?.conversation ?? null,
  at: createdAt,
  state: one.state,
  tries: one.tries,
  lastTriedAt: lastTry?.at ?? null,
  nextTryAt: one.nextTryAt,
  status: lastTry?.status ?? null,
  failure: lastTry?.failure ?? null,
});
