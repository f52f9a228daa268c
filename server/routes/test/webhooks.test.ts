import { describe, expect, type TestContext, test } from 'vitest';
import type { AuditPage } from '../../../protocol/audit.ts';
import { limits } from '../../../protocol/limits.ts';
import type {
  DeliveriesPage,
  DeliveryView,
  WebhookSecret,
  WebhookView,
  WebhookViews,
} from '../../../protocol/webhooks.ts';
import { openServer } from '../../test/open-server.ts';
import { openSink } from '../../webhooks/test/sink.ts';

async function open(t: TestContext, allowPrivateWebhooks = true) {
  const server = await openServer(t, { allowPrivateWebhooks });
  const admin = await server.signIn('admin-a');
  const sink = await openSink(t);
  const ask = async <Value>(method: string, path: string, body?: object): Promise<Value> => {
    const answer = await admin.fetch(`/api${path}`, { method, ...(body && { body }) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (answer.status === 204 ? null : await answer.json()) as Value;
  };
  const make = (change: object = {}) =>
    ask<WebhookSecret>('POST', '/webhooks', {
      name: 'CRM',
      url: sink.url,
      kinds: ['requested', 'message'],
      audience: 'everyone',
      ...change,
    });
  return { server, admin, sink, ask, make };
}

const refused = [
  'https://127.0.0.1/',
  'https://localhost/',
  'https://[::ffff:127.0.0.1]/',
  'https://2130706433/',
  'https://169.254.169.254/',
  'https://metadata.google.internal/',
  'https://x@127.0.0.1/',
  'https://example.com:6379/',
  'http://example.com/',
  'ftp://example.com/',
  'file:///etc/passwd',
  'gopher://example.com/',
  'https://no-such-host.invalid/',
  'nonsense',
];

describe('8: webhooks', () => {
  test('a secret is made by the server and shown once, and what is told is signed with it', async (t) => {
    const { server, sink, ask, make } = await open(t);
    const { webhook, secret } = await make();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const visitor = await server.visitor();
    await visitor.request();
    await sink.has(1);
    expect(sink.received[0]?.payload).toMatchObject({
      type: 'conversation.requested',
      data: { site: 'site-a', seq: 1, event: { by: { kind: 'visitor' } } },
    });
    expect(sink.isGenuine(sink.received[0] as never, secret)).toBe(true);
    const texts = [await ask('GET', '/webhooks'), await ask('GET', '/audit'), server.log()].map((one) =>
      JSON.stringify(one),
    );
    for (const text of texts) expect(text).not.toContain(secret);
    const { webhooks } = await ask<WebhookViews>('GET', '/webhooks');
    expect(webhooks.find(({ id }) => id === webhook.id)).toEqual({ ...webhook, waiting: 0 });
  });

  test('E174 two secrets are live while they are exchanged, and the old one is retired by hand or in a day', async (t) => {
    const { server, sink, ask, make } = await open(t);
    const { webhook, secret: old } = await make();
    const rotated = await ask<WebhookSecret>('POST', `/webhooks/${webhook.id}/rotate`);
    expect(rotated.webhook.oldSecretUntil).toBeGreaterThan(Date.now());
    const genuine = async () => {
      await ask('POST', `/webhooks/${webhook.id}/test`);
      return [old, rotated.secret].map((secret) => sink.isGenuine(sink.received.at(-1) as never, secret));
    };
    expect(await genuine()).toEqual([true, true]);
    server.advance(limits.webhookSecretOverlapMs);
    expect(await genuine()).toEqual([false, true]);
    server.advance(-limits.webhookSecretOverlapMs);
    const retired = await ask<WebhookView>('POST', `/webhooks/${webhook.id}/retire-secret`);
    expect(retired.oldSecretUntil).toBeNull();
    expect(await genuine()).toEqual([false, true]);
  });

  test('E170 an address that leads inside, or is none, is refused with 422 when it is made and when it is changed', async (t) => {
    const { admin } = await open(t, false);
    for (const url of refused)
      for (const [method, path] of [
        ['POST', '/api/webhooks'],
        ['PATCH', '/api/webhooks/webhook-a'],
      ] as const) {
        const body = method === 'POST' ? { name: 'x', url, kinds: [], audience: 'everyone' } : { url };
        const answer = await admin.fetch(path, { method, body });
        expect([url, answer.status]).toEqual([url, 422]);
        expect(await answer.json()).toMatchObject({ error: { code: 'address_refused', field: 'url' } });
      }
  });

  test('a test says how it went, and deliveries say when and why', async (t) => {
    const { sink, ask, make, server, admin } = await open(t);
    const { webhook } = await make();
    expect(await ask<DeliveryView>('POST', `/webhooks/${webhook.id}/test`)).toMatchObject({
      kind: 'test',
      state: 'delivered',
      status: 204,
      failure: null,
      tries: 1,
    });
    expect(sink.received[0]?.payload).toMatchObject({ type: 'test', data: {} });
    sink.answers(() => 302);
    expect(await ask<DeliveryView>('POST', `/webhooks/${webhook.id}/test`)).toMatchObject({
      state: 'failed',
      status: 302,
    });
    const visitor = await server.visitor();
    await visitor.request();
    await sink.has(3);
    await server.context.courier.idle();
    const { deliveries } = await ask<DeliveriesPage>('GET', `/webhooks/${webhook.id}/deliveries`);
    const waiting = deliveries.find(({ state }) => state === 'waiting');
    expect(waiting).toMatchObject({ kind: 'requested', tries: 1, status: 302, nextTryAt: expect.any(Number) });
    const { webhooks } = await ask<WebhookViews>('GET', '/webhooks');
    expect(webhooks.find(({ id }) => id === webhook.id)).toMatchObject({
      waiting: 1,
      failingSince: waiting?.lastTriedAt,
    });

    sink.answers(() => 200);
    const path = `/webhooks/${webhook.id}/deliveries/${waiting?.id}/retry`;
    await ask('POST', path);
    await sink.has(4);
    await server.context.courier.idle();
    expect(sink.received[3]?.id).toBe(sink.received[2]?.id);
    expect((await admin.fetch(`/api${path}`, { method: 'POST' })).status).toBe(409);
    const after = await ask<DeliveriesPage>('GET', `/webhooks/${webhook.id}/deliveries`);
    expect(after.deliveries.every(({ state }) => state !== 'waiting')).toBe(true);
  });

  test('off it is told nothing; deleted it is gone; and the audit log has it all, without a secret', async (t) => {
    const { server, sink, ask, make } = await open(t);
    const { webhook } = await make();
    await ask('PATCH', `/webhooks/${webhook.id}`, { enabled: false });
    const visitor = await server.visitor();
    await visitor.request();
    await ask('PATCH', `/webhooks/${webhook.id}`, { enabled: true, audience: 'agents', kinds: [] });
    await ask('POST', `/webhooks/${webhook.id}/rotate`);
    await ask('POST', `/webhooks/${webhook.id}/retire-secret`);
    await ask('POST', `/webhooks/${webhook.id}/test`);
    await ask('DELETE', `/webhooks/${webhook.id}`);
    expect(sink.received.map(({ payload }) => payload.type)).toEqual(['test']);
    const { entries } = await ask<AuditPage>('GET', '/audit?kind=webhook');
    expect(entries.map(({ action }) => action)).toEqual([
      'webhook.delete',
      'webhook.test',
      'webhook.secret.retire',
      'webhook.secret.rotate',
      'webhook.change',
      'webhook.change',
      'webhook.create',
    ]);
    expect(entries[4]).toMatchObject({
      before: { state: 'off', audience: 'everyone', kinds: ['requested', 'message'] },
      after: { state: 'on', audience: 'agents', kinds: [] },
    });
    expect(JSON.stringify(entries)).not.toContain('whsec_');
  });

  test('there is an end to how many there can be', async (t) => {
    const { make } = await open(t);
    for (let count = 1; count < limits.webhooks; count++) await make();
    await expect(make()).rejects.toThrow('429');
  });
});
