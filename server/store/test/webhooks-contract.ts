import { describe, expect, test } from 'vitest';
import type { DeliveryId, OrganizationId, WebhookId } from '../../../protocol/ids.ts';
import type { Webhook } from '../../domain/webhook.ts';
import { type DeliveryStep, type Lane, type NewDelivery, type Try, webhooksFollower } from '../deliveries-store.ts';
import { furnish, newId, open } from './furnish.ts';
import { positionOf } from './position-of.ts';
import type { Opened } from './store-contract.ts';

const newWebhook = (organization: OrganizationId, change: Partial<Webhook> = {}): Webhook => ({
  id: newId<'webhook'>() as WebhookId,
  organization,
  name: 'CRM',
  url: 'https://crm.example/hook',
  kinds: ['message'],
  audience: 'everyone',
  createdAt: 1,
  state: 'on',
  since: 1,
  failingSince: null,
  secrets: [{ secret: 'whsec_x', until: null }],
  ...change,
});

const toTell = (webhook: WebhookId, seq: number): NewDelivery => ({
  id: newId<'delivery'>() as DeliveryId,
  webhook,
  kind: 'message',
  seq,
  createdAt: 1000 + seq,
});

const went = (at: number, change: Partial<Try> = {}): Try => ({ at, status: 200, failure: null, ...change });

export function describeWebhooks(opened: Opened): void {
  const start = async () => {
    const { store } = opened;
    const furnished = await furnish(store);
    const { organization } = furnished;
    const webhook = newWebhook(organization);
    await store.webhooks.create(webhook);
    const { id: conversation } = await open(store, furnished, { phase: 'ended' });
    const step = (from: number, seqs: readonly number[], to = seqs.at(-1) ?? from): DeliveryStep => ({
      organization,
      conversation,
      from,
      to,
      memory: '',
      deliveries: seqs.map((seq) => toTell(webhook.id, seq)),
    });
    const laneOf = async (now: number, of = webhook.id): Promise<Lane> => {
      const [lane] = await opened.store.deliveries.due(of, now, 10);
      if (!lane) throw new Error('Nothing is due.');
      return lane;
    };
    return { store, furnished, organization, webhook, conversation, step, laneOf };
  };

  describe('webhooks', () => {
    test('are kept as they were made, changed field by field, and found in their organization alone', async () => {
      const { store, organization, webhook } = await start();
      expect(await store.webhooks.listOf(organization)).toEqual([webhook]);
      const change = { kinds: ['ended' as const], audience: 'agents' as const, secrets: [{ secret: 's', until: 4 }] };
      await store.webhooks.update(organization, webhook.id, change);
      await store.webhooks.update(organization, webhook.id, {});
      expect(await store.webhooks.findOf(organization, webhook.id)).toEqual({ ...webhook, ...change });
      const { organization: other } = await furnish(store);
      await store.webhooks.update(other, webhook.id, { name: 'Taken over' });
      await store.webhooks.setState(other, webhook.id, 'off', 5);
      expect(await store.webhooks.delete(other, webhook.id)).toBe(false);
      expect(await store.webhooks.findOf(other, webhook.id)).toBeNull();
      expect(await store.webhooks.findOf(organization, webhook.id)).toEqual({ ...webhook, ...change });
      expect(await store.webhooks.isAnyOn()).toBe(true);
    });
  });

  describe('deliveries', () => {
    test('E175 are written with the position of their follower, once', async () => {
      const { store, conversation, step, webhook } = await start();
      expect(await store.deliveries.record([step(0, [1, 2])], 5)).toEqual([]);
      expect(await store.deliveries.record([step(0, [1, 2])], 5)).toEqual([conversation]);
      expect(await positionOf(store, webhooksFollower, conversation)).toEqual({ seq: 2, memory: '' });
      expect(await store.deliveries.page(webhook.id, null, 10)).toHaveLength(2);
    });

    test('one after the other leaves its lane, the first first', async () => {
      const { store, step, laneOf, webhook, organization, conversation } = await start();
      await store.deliveries.record([step(0, [1, 2])], 5);
      await store.deliveries.record([step(2, [3])], 6);
      expect(await store.deliveries.webhooksDue(4)).not.toContainEqual({ organization, webhook: webhook.id });
      expect(await store.deliveries.webhooksDue(5)).toContainEqual({ organization, webhook: webhook.id });
      expect((await store.deliveries.waiting(organization)).get(webhook.id)).toBe(3);
      const seqs: unknown[] = [];
      for (let now = 10; now < 13; now++) {
        const lane = await laneOf(now);
        const head = await store.deliveries.head(lane);
        seqs.push(head?.event);
        await store.deliveries.settle(lane, head?.id as DeliveryId, { state: 'delivered', result: went(now) });
      }
      expect(seqs).toEqual([1, 2, 3].map((seq) => ({ conversation, seq })));
      expect(await store.deliveries.due(webhook.id, 1e9, 10)).toEqual([]);
      expect((await store.deliveries.waiting(organization)).get(webhook.id)).toBeUndefined();
      expect(await store.deliveries.page(webhook.id, null, 1)).toMatchObject([{ state: 'delivered', tries: 1 }]);
    });

    test('E173 a failure keeps back what is behind it, and nothing else', async () => {
      const { store, furnished, step, laneOf, webhook, conversation } = await start();
      const other = await open(store, furnished, { phase: 'ended' });
      await store.deliveries.record([step(0, [1, 2]), { ...step(0, [1]), conversation: other.id }], 5);
      const lane = (await store.deliveries.due(webhook.id, 5, 10)).find((one) => one.conversation === conversation);
      const head = lane && (await store.deliveries.head(lane));
      if (!lane || !head) throw new Error('Nothing is due.');
      await store.deliveries.postpone(lane, head.id, went(6, { status: 500 }), 100);
      expect(await store.deliveries.due(webhook.id, 99, 10)).toMatchObject([{ conversation: other.id }]);
      expect(await store.deliveries.nextDueAfter(99)).toBe(100);
      const failing = (await store.deliveries.due(webhook.id, 100, 10)).find(
        (one) => one.conversation === conversation,
      );
      expect(failing?.trouble).toEqual({ failures: 1, since: 6 });
      expect(await store.deliveries.head(lane)).toMatchObject({ id: head.id, tries: 1, nextTryAt: 100 });
      expect(await store.webhooks.findOf(webhook.organization, webhook.id)).toMatchObject({ failingSince: 6 });
      await store.deliveries.record([step(2, [3])], 7);
      expect(await store.deliveries.due(webhook.id, 99, 10)).toMatchObject([{ conversation: other.id }]);
      expect(await store.deliveries.hurry({ webhook: webhook.id, conversation }, 50)).toBe(true);
      const again = (await store.deliveries.due(webhook.id, 50, 10)).find((one) => one.conversation === conversation);
      await store.deliveries.settle(again as Lane, head.id, { state: 'delivered', result: went(51) });
      expect(await store.webhooks.findOf(webhook.organization, webhook.id)).toMatchObject({ failingSince: null });
      expect((await laneOf(60)).trouble).toEqual({ failures: 0, since: null });
    });

    test('a lane is claimed by one node, and free again when the time of the claim is over', async () => {
      const { store, step, laneOf, webhook } = await start();
      await store.deliveries.record([step(0, [1])], 5);
      const lane = await laneOf(5);
      expect(await Promise.all([1, 2, 3].map(() => store.deliveries.claim(lane, 500)))).toEqual([true, false, false]);
      expect(await store.deliveries.due(webhook.id, 499, 10)).toEqual([]);
      const claimed = await laneOf(500);
      const head = await store.deliveries.head(claimed);
      // Both tried: what is settled twice counts once.
      for (const at of [501, 502])
        await store.deliveries.settle(claimed, head?.id as DeliveryId, { state: 'delivered', result: went(at) });
      await store.deliveries.record([step(1, [2])], 600);
      expect((await store.deliveries.head(await laneOf(600)))?.event?.seq).toBe(2);
    });

    test('what waits for a webhook that is off stays, and goes on when it is on again', async () => {
      const { store, organization, step, laneOf, webhook } = await start();
      await store.deliveries.record([step(0, [1, 2])], 5);
      await store.webhooks.setState(organization, webhook.id, 'failing', 10);
      expect(await store.deliveries.due(webhook.id, 1e9, 10)).toEqual([]);
      await store.deliveries.record([step(2, [3])], 20);
      expect(await store.deliveries.due(webhook.id, 1e9, 10)).toEqual([]);
      await store.webhooks.setState(organization, webhook.id, 'on', 30);
      expect(await store.webhooks.findOf(organization, webhook.id)).toMatchObject({ state: 'on', since: 30 });
      const lane = await laneOf(30);
      expect(await store.deliveries.head(lane)).toMatchObject({ event: { seq: 1 } });
      await store.deliveries.park({ ...lane, nextAt: 29 });
      await laneOf(30);
      await store.deliveries.park(lane);
      expect(await store.deliveries.due(webhook.id, 1e9, 10)).toEqual([]);
    });

    test('E175 whoever writes and settles at the same time leaves none behind, doubles none, and keeps their order', async () => {
      const { store, step, webhook } = await start();
      const told: number[] = [];
      let isWriting = true;
      const write = async () => {
        for (let seq = 0; seq < 60; seq += 2) await store.deliveries.record([step(seq, [seq + 1, seq + 2])], 5);
        isWriting = false;
      };
      /** A node that takes what is due, as long as something may come. */
      const serve = async (until: number) => {
        for (let isIdle = false; isWriting || !isIdle; ) {
          const [lane] = await store.deliveries.due(webhook.id, 1000, 1);
          isIdle = !lane;
          if (!lane || !(await store.deliveries.claim(lane, until))) continue;
          const claimed = { ...lane, nextAt: until };
          const head = await store.deliveries.head(claimed);
          if (!head) throw new Error('A lane without anything in it is due.');
          told.push(head.event?.seq ?? 0);
          await store.deliveries.settle(claimed, head.id, { state: 'delivered', result: went(1000) });
        }
      };
      await Promise.all([write(), serve(2001), serve(2002), serve(2003)]);
      expect(told).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
      expect(await store.deliveries.due(webhook.id, 1e9, 10)).toEqual([]);
      expect((await store.deliveries.waiting(webhook.organization)).get(webhook.id)).toBeUndefined();
    });

    test('go with their webhook, and with their conversation when it is erased', async () => {
      const { store, organization, conversation, step, webhook } = await start();
      const second = newWebhook(organization);
      await store.webhooks.create(second);
      const both = [toTell(webhook.id, 1), toTell(second.id, 1)];
      await store.deliveries.record([{ ...step(0, [1]), deliveries: both }], 5);
      await store.webhooks.delete(organization, webhook.id);
      expect(await store.deliveries.page(webhook.id, null, 10)).toEqual([]);
      expect(await store.deliveries.page(second.id, null, 10)).toHaveLength(1);
      // Of a webhook that went while the follower was reading, nothing is written.
      await store.deliveries.record([step(1, [2])], 6);
      expect(await store.deliveries.page(webhook.id, null, 10)).toEqual([]);
      await opened.reopenAfter(
        `delete from event where conversation = '${conversation}'`,
        `delete from conversation where id = '${conversation}'`,
      );
      expect(await opened.store.deliveries.page(second.id, null, 10)).toEqual([]);
      expect(await opened.store.deliveries.due(second.id, 1e9, 10)).toEqual([]);
    });

    test('are shown page by page, tests among them, and found in their organization alone', async () => {
      const { store, organization, step, webhook } = await start();
      await store.deliveries.record([step(0, [1, 2, 3])], 5);
      const test = { id: newId<'delivery'>() as DeliveryId, organization, webhook: webhook.id };
      const result = went(9000, { status: null, failure: 'timeout' });
      await store.deliveries.addTest({ ...test, state: 'failed', result });
      const kinds: unknown[] = [];
      let before: { at: number; id: string } | null = null;
      for (let more = true; more; ) {
        const page = await store.deliveries.page(webhook.id, before, 3);
        kinds.push(...page.map(({ kind, event }) => event?.seq ?? kind));
        const last = page.at(-1);
        before = last ? { at: last.createdAt, id: last.id } : null;
        more = page.length === 3;
      }
      expect(kinds).toEqual(['test', 3, 2, 1]);
      expect(await store.deliveries.find(organization, webhook.id, test.id)).toMatchObject({
        lastTry: result,
        event: null,
        nextTryAt: null,
      });
      const { organization: other } = await furnish(store);
      expect(await store.deliveries.find(other, webhook.id, test.id)).toBeNull();
    });

    test('are swept up when they were settled long ago, or their webhook has been off for long', async () => {
      const { store, organization, conversation, step, laneOf, webhook } = await start();
      await store.deliveries.record([step(0, [1, 2])], 5);
      const lane = await laneOf(5);
      await store.deliveries.settle(lane, (await store.deliveries.head(lane))?.id as DeliveryId, {
        state: 'left_out',
        at: 5,
      });
      expect(await store.deliveries.sweep(900)).toBe(false);
      expect(await store.deliveries.page(webhook.id, null, 10)).toHaveLength(2);
      await store.deliveries.sweep(5000);
      expect(await store.deliveries.page(webhook.id, null, 10)).toMatchObject([{ state: 'waiting' }]);
      await store.webhooks.setState(organization, webhook.id, 'off', 6000);
      await store.deliveries.sweep(6000);
      expect(await store.deliveries.page(webhook.id, null, 10)).toHaveLength(1);
      await store.deliveries.sweep(6001);
      expect(await store.deliveries.page(webhook.id, null, 10)).toEqual([]);
      expect(await store.deliveries.head({ webhook: webhook.id, conversation })).toBeNull();
    });

    test('are swept up some at a time', async () => {
      const { store, organization, step, webhook } = await start();
      const seqs = Array.from({ length: 501 }, (_, index) => index + 1);
      await store.deliveries.record([step(0, seqs)], 5);
      await store.webhooks.setState(organization, webhook.id, 'off', 10);
      expect(await store.deliveries.sweep(5000)).toBe(true);
      expect(await store.deliveries.page(webhook.id, null, 1000)).toHaveLength(1);
      expect(await store.deliveries.sweep(5000)).toBe(false);
      expect(await store.deliveries.page(webhook.id, null, 1000)).toEqual([]);
    });
  });
}
