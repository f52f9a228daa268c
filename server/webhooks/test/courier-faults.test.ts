import { describe, expect, test } from 'vitest';
import { limits } from '../../../protocol/limits.ts';
import type { Store } from '../../store/store.ts';
import { openCourier } from './open-courier.ts';
import { openSink } from './sink.ts';

describe('E175 whatever breaks', () => {
  test('who ends between an answer and its being written down tells it again, under the same id', async (t) => {
    const { webhook, node, visitor, pass } = await openCourier(t);
    const sink = await openSink(t);
    await webhook(sink.url, { kinds: ['requested', 'ended'] });
    const dying = (real: Store): Store => ({
      ...real,
      deliveries: {
        ...real.deliveries,
        settle: async () => {
          throw new Error('killed');
        },
      },
    });
    const first = node({ between: dying });
    const ada = await visitor();
    const id = await ada.request();
    await first.told();
    await first.stop();
    await ada.end();
    const second = node();
    await second.told();
    // Whoever claimed it may still be at it.
    expect(sink.seqsOf(id)).toEqual([1]);
    await pass(limits.deliveryTimeoutMs + 5000);
    expect(sink.seqsOf(id)).toEqual([1, 1, 2]);
    expect(sink.received[0]?.id).toBe(sink.received[1]?.id);
  });

  test('two nodes tell it once, in order', async (t) => {
    const { webhook, node, visitor } = await openCourier(t);
    const sink = await openSink(t);
    await webhook(sink.url);
    const nodes = [node(), node(), node()];
    const ada = await visitor();
    const id = await ada.request();
    for (let round = 0; round < 10; round++) {
      await ada.say(`Hello ${round}`);
      await Promise.all(nodes.map(({ told }) => told()));
    }
    expect(sink.seqsOf(id)).toEqual(Array.from({ length: 11 }, (_, index) => index + 1));
  });

  test('what was erased before it could be told is not told', async (t) => {
    const { webhook, node, visitor, store } = await openCourier(t);
    const sink = await openSink(t);
    const hook = await webhook(sink.url, { kinds: ['message'] });
    const erased = (real: Store): Store => ({ ...real, log: { ...real.log, read: async () => [] } });
    const writer = node();
    sink.answers(() => 500);
    const ada = await visitor();
    const conversation = await ada.request();
    await ada.say('Forget me');
    await writer.told();
    await writer.stop();
    const before = sink.received.length;
    const later = node({ between: erased });
    await store.deliveries.hurry({ webhook: hook.id, conversation }, 0);
    later.courier.wake();
    await later.courier.idle();
    expect(sink.received).toHaveLength(before);
    expect(await store.deliveries.page(hook.id, null, 10)).toMatchObject([{ state: 'left_out' }]);
  });
});
