import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { HttpError } from '../../protocol/http.ts';
import { DeliveryId, WebhookId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import { DeliveriesPage, DeliveriesQuery, DeliveryView } from '../../protocol/webhooks.ts';
import type { Context } from '../context.ts';
import type { Webhook } from '../domain/webhook.ts';
import { auditor } from './audited.ts';
import { HttpProblem } from './http-errors.ts';
import { deliveryView, webhookOf, webhookTarget } from './webhook-view.ts';

const closed = { additionalProperties: false } as const;
const Params = Type.Object({ id: WebhookId }, closed);
const OneParams = Type.Object({ id: WebhookId, delivery: DeliveryId }, closed);
const access = { config: { access: 'admin' } } as const;

/** What was told to a webhook, and how it went. What was said is not here: it stands in the conversation. */
export const webhookDeliveryRoutes =
  (context: Context): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { store, courier, now } = context;
    const audit = auditor(context);

    async function deliveryOf({ organization, id }: Webhook, delivery: DeliveryId) {
      const found = await store.deliveries.find(organization, id, delivery);
      if (!found) throw new HttpProblem('not_found', 'There is no such delivery.');
      return found;
    }

    app.get(
      '/webhooks/:id/deliveries',
      {
        ...access,
        schema: {
          summary: 'Deliveries, the newest first',
          params: Params,
          querystring: DeliveriesQuery,
          response: { 200: DeliveriesPage, '4xx': HttpError },
        },
      },
      async (request) => {
        const webhook = await webhookOf(store, request, request.params.id);
        const [at, id] = request.query.before?.split('.') ?? [];
        const before = id === undefined ? null : { at: Number(at), id };
        const found = await store.deliveries.page(webhook.id, before, limits.deliveriesPage);
        const last = found.at(-1);
        return {
          deliveries: found.map(deliveryView),
          next: found.length === limits.deliveriesPage && last ? `${last.createdAt}.${last.id}` : null,
        };
      },
    );

    app.post(
      '/webhooks/:id/test',
      {
        ...access,
        schema: {
          summary: 'Send a test, and say how it went',
          params: Params,
          response: { 200: DeliveryView, '4xx': HttpError },
        },
      },
      async (request) => {
        const webhook = await webhookOf(store, request, request.params.id);
        const delivery = await deliveryOf(webhook, await courier.test(webhook));
        await audit(request, { action: 'webhook.test', target: webhookTarget(webhook) });
        return deliveryView(delivery);
      },
    );

    app.post(
      '/webhooks/:id/deliveries/:delivery/retry',
      {
        ...access,
        schema: {
          summary: 'Try a delivery that waits now',
          params: OneParams,
          response: { 202: DeliveryView, '4xx': HttpError },
        },
      },
      async (request, reply) => {
        const webhook = await webhookOf(store, request, request.params.id);
        const delivery = await deliveryOf(webhook, request.params.delivery);
        if (delivery.state !== 'waiting' || !delivery.event || webhook.state !== 'on')
          throw new HttpProblem('conflict', 'It does not wait for another try.');
        await store.deliveries.hurry({ webhook: webhook.id, ...delivery.event }, now());
        courier.wake();
        return reply.code(202).send(deliveryView(delivery));
      },
    );
  };
