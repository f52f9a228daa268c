import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { HttpError } from '../../protocol/http.ts';
import { WebhookId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import { NewWebhook, WebhookChange, WebhookSecret, WebhookView, WebhookViews } from '../../protocol/webhooks.ts';
import type { Context } from '../context.ts';
import { kindsFor, rotated, type Webhook } from '../domain/webhook.ts';
import { createId } from '../identity/secret-token.ts';
import { createWebhookSecret } from '../webhooks/signature.ts';
import { auditor } from './audited.ts';
import { HttpProblem } from './http-errors.ts';
import { staffOf } from './staff.ts';
import { plainWebhook, webhookOf, webhookTarget, webhookView } from './webhook-view.ts';

const Params = Type.Object({ id: WebhookId }, { additionalProperties: false });
const access = { config: { access: 'admin' } } as const;

/** Where other systems are told of what happens. A secret is shown once, in the answer to its making. */
export const webhookRoutes =
  (context: Context): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { store, courier, now } = context;
    const audit = auditor(context);

    async function checkedUrl(text: string): Promise<string> {
      const address = await context.checkAddress(text);
      if (!address.ok) throw new HttpProblem('address_refused', address.message, { field: 'url' });
      return address.url.href;
    }

    async function viewOf(webhook: Webhook): Promise<WebhookView> {
      const waiting = await store.deliveries.waiting(webhook.organization);
      return webhookView(webhook, waiting.get(webhook.id) ?? 0, now());
    }

    /** Changes its secrets, and says what was done. */
    async function setSecrets(request: FastifyRequest, webhook: Webhook, secrets: Webhook['secrets'], action: string) {
      await store.webhooks.update(webhook.organization, webhook.id, { secrets });
      await audit(request, { action, target: webhookTarget(webhook) });
      return viewOf({ ...webhook, secrets });
    }

    app.get(
      '/webhooks',
      { ...access, schema: { summary: 'All webhooks', response: { 200: WebhookViews, '4xx': HttpError } } },
      async (request) => {
        const { organization } = staffOf(request).agent;
        const waiting = await store.deliveries.waiting(organization);
        const webhooks = await store.webhooks.listOf(organization);
        return {
          webhooks: webhooks.map((one) => webhookView(one, waiting.get(one.id) ?? 0, now())),
          kinds: { everyone: kindsFor('everyone'), agents: kindsFor('agents') },
        };
      },
    );

    app.post(
      '/webhooks',
      {
        ...access,
        schema: {
          summary: 'Make a webhook; answers with its secret, this once',
          body: NewWebhook,
          response: { 201: WebhookSecret, '4xx': HttpError },
        },
      },
      async (request, reply) => {
        const { organization } = staffOf(request).agent;
        const url = await checkedUrl(request.body.url);
        if ((await store.webhooks.listOf(organization)).length >= limits.webhooks)
          throw new HttpProblem('too_many', `At most ${limits.webhooks} webhooks are kept.`);
        const secret = createWebhookSecret();
        const at = now();
        const webhook: Webhook = {
          ...request.body,
          id: createId<'webhook'>(),
          organization,
          url,
          createdAt: at,
          state: 'on',
          since: at,
          failingSince: null,
          secrets: [{ secret, until: null }],
        };
        await store.webhooks.create(webhook);
        await audit(request, {
          action: 'webhook.create',
          target: webhookTarget(webhook),
          after: plainWebhook(webhook),
        });
        return reply.code(201).send({ webhook: await viewOf(webhook), secret });
      },
    );

    app.patch(
      '/webhooks/:id',
      {
        ...access,
        schema: {
          summary: 'Change a webhook, or switch it on or off',
          params: Params,
          body: WebhookChange,
          response: { 200: WebhookView, '4xx': HttpError },
        },
      },
      async (request) => {
        const webhook = await webhookOf(store, request, request.params.id);
        const { enabled, url, ...change } = request.body;
        await store.webhooks.update(webhook.organization, webhook.id, {
          ...change,
          ...(url !== undefined && { url: await checkedUrl(url) }),
        });
        if (enabled !== undefined && enabled !== (webhook.state === 'on'))
          await store.webhooks.setState(webhook.organization, webhook.id, enabled ? 'on' : 'off', now());
        const changed = await webhookOf(store, request, webhook.id);
        courier.wake();
        await audit(request, {
          action: 'webhook.change',
          target: webhookTarget(changed),
          before: plainWebhook(webhook),
          after: plainWebhook(changed),
        });
        return viewOf(changed);
      },
    );

    app.delete(
      '/webhooks/:id',
      {
        ...access,
        schema: {
          summary: 'Delete a webhook, and all that waits for it',
          params: Params,
          response: { 204: Type.Null(), '4xx': HttpError },
        },
      },
      async (request, reply) => {
        const webhook = await webhookOf(store, request, request.params.id);
        await store.webhooks.delete(webhook.organization, webhook.id);
        await audit(request, {
          action: 'webhook.delete',
          target: webhookTarget(webhook),
          before: plainWebhook(webhook),
        });
        return reply.code(204).send(null);
      },
    );

    app.post(
      '/webhooks/:id/rotate',
      {
        ...access,
        schema: {
          summary: 'Make a new secret, and keep the last one for a day',
          params: Params,
          response: { 200: WebhookSecret, '4xx': HttpError },
        },
      },
      async (request) => {
        const webhook = await webhookOf(store, request, request.params.id);
        const secret = createWebhookSecret();
        const secrets = rotated(webhook, secret, now());
        return { webhook: await setSecrets(request, webhook, secrets, 'webhook.secret.rotate'), secret };
      },
    );

    app.post(
      '/webhooks/:id/retire-secret',
      {
        ...access,
        schema: {
          summary: 'Sign with the newest secret alone from now on',
          params: Params,
          response: { 200: WebhookView, '4xx': HttpError },
        },
      },
      async (request) => {
        const webhook = await webhookOf(store, request, request.params.id);
        return setSecrets(request, webhook, webhook.secrets.slice(0, 1), 'webhook.secret.retire');
      },
    );
  };
