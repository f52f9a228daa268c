import { Compile } from 'typebox/compile';
import { describe, expect, test } from 'vitest';
import { WebhookPayload } from '../../../protocol/webhooks.ts';
import { otherOrganization } from '../../desk/test/furnish.ts';
import { createPostPublic } from '../../outbound/post-public.ts';
import { openCourier } from './open-courier.ts';
import { openSink } from './sink.ts';

const minute = 60_000;
const hour = 60 * minute;
const payloads = Compile(WebhookPayload);
const canary = 'PRIV-31c7';

describe('what is told', () => {
  test('8: P123 every event that the visitor sees, once, in order, signed, and as the schema has it', async (t) => {
    const { webhook, node, visitor, agent, store } = await openCourier(t);
    const sink = await openSink(t);
    const { secrets } = await webhook(sink.url);
    const { told } = node();
    const anna = await agent('anna');
    const ada = await visitor();
    const id = await ada.request();
    await anna.accept(id);
    await anna.say(id, 'Hello Ada');
    await anna.say(id, canary, 'agents');
    await told();
    await ada.end();
    await told();
    const visible = (await store.log.read(id, 0, 100)).filter(({ visitorSeq }) => visitorSeq !== null);
    expect(sink.seqsOf(id)).toEqual(visible.map(({ visitorSeq }) => visitorSeq));
    expect(sink.received.map(({ payload }) => payload.type)).toEqual(
      visible.map(({ body }) => `conversation.${body.type}`),
    );
    for (const one of sink.received) {
      expect([...payloads.Errors(one.payload)]).toEqual([]);
      expect(sink.isGenuine(one, secrets[0]?.secret ?? '')).toBe(true);
      expect(one.body).not.toContain(canary);
    }
    expect(new Set(sink.received.map((one) => one.id)).size).toBe(sink.received.length);
  });

  test('8: private lines too, where the administrator chose so, and nothing more once they chose otherwise', async (t) => {
    const { webhook, node, visitor, agent, store } = await openCourier(t);
    const sink = await openSink(t);
    const hook = await webhook(sink.url, { audience: 'agents' });
    const { told, courier } = node();
    const anna = await agent('anna');
    const id = await (await visitor()).request();
    await anna.accept(id);
    await anna.say(id, canary, 'agents');
    await told();
    const log = await store.log.read(id, 0, 100);
    expect(sink.seqsOf(id)).toEqual(log.map(({ seq }) => seq));
    expect(sink.received.at(-1)?.body).toContain(canary);

    sink.answers(() => 500);
    await anna.say(id, canary, 'agents');
    await anna.say(id, 'Hello');
    await told();
    await store.webhooks.update(hook.organization, hook.id, { audience: 'everyone' });
    sink.answers(() => 200);
    const before = sink.received.length;
    await store.deliveries.hurry({ webhook: hook.id, conversation: id }, 0);
    courier.wake();
    await courier.idle();
    expect(sink.received.slice(before).map(({ payload }) => payload.type)).toEqual(['conversation.message']);
    expect(sink.received.at(-1)?.body).not.toContain(canary);
    const states = (await store.deliveries.page(hook.id, null, 100)).map(({ state }) => state);
    expect(states.filter((state) => state !== 'delivered')).toEqual(['left_out']);
  });

  test('T another organization is told nothing of it', async (t) => {
    const { webhook, node, visitor } = await openCourier(t);
    const sink = await openSink(t);
    await webhook(sink.url, { audience: 'agents' }, otherOrganization);
    const { told } = node();
    await (await visitor()).request();
    await told();
    expect(sink.received).toEqual([]);
  });

  test('8: the kinds that were chosen, from when it was switched on', async (t) => {
    const { webhook, node, visitor, clock, store } = await openCourier(t);
    const sink = await openSink(t);
    const ada = await visitor();
    const id = await ada.request();
    await clock.advance(10);
    const hook = await webhook(sink.url, { kinds: ['requested', 'message', 'ended'] });
    const { told } = node();
    await ada.say('Hello');
    await told();
    expect(sink.received.map(({ payload }) => payload.type)).toEqual(['conversation.message']);
    await store.webhooks.setState(hook.organization, hook.id, 'off', clock.now());
    await clock.advance(10);
    await ada.say('Is anybody there?');
    await told();
    await clock.advance(10);
    await store.webhooks.setState(hook.organization, hook.id, 'on', clock.now());
    await ada.end();
    await told();
    expect(sink.seqsOf(id)).toEqual([2, 4]);
  });
});

describe('E173 when nobody takes it', () => {
  test('it is tried again, under the same id, and keeps back what is behind it in its chat alone', async (t) => {
    const { webhook, node, visitor, pass } = await openCourier(t);
    const sink = await openSink(t);
    await webhook(sink.url, { kinds: ['message'] });
    const one = node();
    const ada = await visitor();
    const tom = await visitor();
    const first = await ada.request();
    const second = await tom.request();
    sink.answers(({ payload: { data } }) => ('seq' in data && data.conversation === first ? 503 : 200));
    for (const text of ['One', 'Two', 'Three']) {
      await ada.say(text);
      await tom.say(text);
    }
    await one.told();
    expect(sink.seqsOf(second)).toHaveLength(3);
    expect(sink.seqsOf(first)).toEqual([2]);
    await pass(5000);
    await pass(10_000);
    expect(sink.seqsOf(first)).toEqual([2, 2, 2]);
    sink.answers(() => 200);
    await pass(20_000);
    expect(sink.seqsOf(first)).toEqual([2, 2, 2, 2, 3, 4]);
    const ids = sink.received.filter(({ payload: { data } }) => 'seq' in data && data.conversation === first);
    expect(new Set(ids.map(({ id }) => id)).size).toBe(3);
    // Signed anew at each try: an old time would be taken for a replay.
    expect(ids[3]?.at).toBeGreaterThan(ids[0]?.at ?? 0);
  });

  test('for a day: it is switched off with a word in the audit log, and goes on where it was when it is on again', async (t) => {
    const { webhook, node, visitor, pass, stateOf, store, now, complaints } = await openCourier(t);
    const sink = await openSink(t);
    const hook = await webhook(sink.url, { kinds: ['message'] });
    const one = node();
    const ada = await visitor();
    const id = await ada.request();
    sink.answers(() => 500);
    await ada.say('One');
    await ada.say('Two');
    await one.told();
    await pass(23 * hour);
    expect(await stateOf(hook)).toBe('on');
    await pass(hour + minute);
    expect(await stateOf(hook)).toBe('failing');
    const tries = sink.received.length;
    expect(tries).toBeGreaterThan(25);
    expect(tries).toBeLessThan(50);
    const [entry] = await store.audit.page(hook.organization, { kind: 'webhook' }, null, 10);
    expect(entry).toMatchObject({ action: 'webhook.switched_off', actor: 'system', after: { state: 'failing' } });
    expect(complaints).toMatchObject([{ webhook: hook.id, reason: 'failing' }]);
    await ada.say('Three');
    await one.told();
    await pass(48 * hour);
    expect(sink.received).toHaveLength(tries);

    sink.answers(() => 200);
    await store.webhooks.setState(hook.organization, hook.id, 'on', now());
    one.courier.wake();
    await one.courier.idle();
    expect(sink.seqsOf(id).slice(tries)).toEqual([2, 3]);
    expect(await stateOf(hook)).toBe('on');
  });

  test('410 switches it off at once', async (t) => {
    const { webhook, node, visitor, stateOf } = await openCourier(t);
    const sink = await openSink(t);
    const hook = await webhook(sink.url);
    const one = node();
    sink.answers(() => 410);
    const ada = await visitor();
    await ada.request();
    await one.told();
    await ada.say('Hello');
    await one.told();
    expect([sink.received.length, await stateOf(hook)]).toEqual([1, 'gone']);
  });

  test('E170 what became private since it was saved is not asked, and a redirect is no way around', async (t) => {
    const { webhook, node, visitor, store } = await openCourier(t);
    const sink = await openSink(t);
    const hook = await webhook(sink.url);
    const strict = node({ post: { post: createPostPublic({ allowPrivate: false }), allowPrivate: false } });
    const ada = await visitor();
    await ada.request();
    await strict.told();
    await store.webhooks.update(hook.organization, hook.id, { url: 'https://127.0.0.1/' });
    const { courier } = node({ post: { post: createPostPublic({ allowPrivate: false }) } });
    expect(await store.deliveries.find(hook.organization, hook.id, await courier.test(hook))).toMatchObject({
      state: 'failed',
      lastTry: { failure: 'private_address', status: null },
    });
    expect(await store.deliveries.page(hook.id, null, 10)).toContainEqual(
      expect.objectContaining({ state: 'waiting', lastTry: expect.objectContaining({ failure: 'address_refused' }) }),
    );
    expect(sink.connections()).toBe(0);
  });

  test('other organizations are told on time while one of them has fifty chats with nobody answering', async (t) => {
    const { webhook, node, visitor, store } = await openCourier(t);
    const [deaf, sink] = [await openSink(t), await openSink(t)];
    deaf.answers(() => 'nothing');
    const [slow, quick] = [
      await webhook(deaf.url, {}, otherOrganization),
      await webhook(sink.url, { kinds: ['requested'] }),
    ];
    const patient = { post: { post: createPostPublic({ allowPrivate: true, timeoutMs: 3000 }) } };
    const one = node(patient);
    const ids = [];
    for (let chat = 0; chat < 50; chat++) ids.push(await (await visitor()).request());
    // Of the other organization, by hand: it has no site here. They fall due first.
    const steps = ids.map((conversation) => ({
      organization: otherOrganization,
      conversation,
      from: 0,
      to: 1,
      memory: '',
    }));
    const toTell = { webhook: slow.id, kind: 'requested', seq: 1, createdAt: 1 } as const;
    await store.deliveries.record(
      steps.map((step, index) => ({ ...step, deliveries: [{ ...toTell, id: `slow-${index}` as never }] })),
      1,
    );
    one.courier.wake();
    await deaf.has(4);
    const rest = node(patient);
    await store.deliveries.record(
      steps.map((step, index) => ({
        ...step,
        organization: quick.organization,
        from: 1,
        to: 2,
        deliveries: [{ ...toTell, webhook: quick.id, id: `quick-${index}` as never }],
      })),
      2,
    );
    one.courier.wake();
    await sink.has(50);
    // No more of them at once than is bearable, from one node or two.
    expect(deaf.received.length).toBeLessThanOrEqual(8);
    deaf.answers(() => 200);
    await Promise.all([one.stop(), rest.stop()]);
  }, 60_000);
});
