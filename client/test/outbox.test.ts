import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createOutbox, type Entry } from '../outbox.ts';

type Message = { text: string };

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function openOutbox(kept: readonly Entry<Message>[] = []) {
  const wire: Entry<Message>[] = [];
  const net = { up: true };
  const outbox = createOutbox<Message>({
    kept,
    onChange: () => {},
    transmit(entry) {
      if (net.up) wire.push(entry);
      return net.up;
    },
  });
  return { net, outbox, wire, texts: () => wire.map(({ command }) => command.text) };
}

describe('outbox', () => {
  test('SND2 sends again under the same id what no answer came for', () => {
    const { outbox, wire } = openOutbox();
    const id = outbox.add({ text: 'a' });
    outbox.connected();
    expect(wire.map((entry) => entry.id)).toEqual([id, id]);
  });

  test('never lets a later message overtake one that the server had no room for', () => {
    const { outbox, texts } = openOutbox();
    const first = outbox.add({ text: 'first' });
    outbox.add({ text: 'second' });
    outbox.settle({ type: 'refusal', id: first, code: 'too_many', retryAfterMs: 100 });
    expect(texts()).toEqual(['first']);
    vi.advanceTimersByTime(100);
    outbox.settle({ type: 'ack', id: first });
    expect(texts()).toEqual(['first', 'first', 'second']);
  });

  test('keeps a refused message to be tried again, and goes on with the next', () => {
    const { outbox, texts } = openOutbox();
    const id = outbox.add({ text: 'bad' });
    outbox.add({ text: 'good' });
    outbox.settle({ type: 'refusal', id, code: 'invalid_field' });
    expect(texts()).toEqual(['bad', 'good']);
    expect(outbox.entries[0]).toMatchObject({ id, refused: 'invalid_field' });
    outbox.settle({ type: 'ack', id: outbox.entries[1]?.id ?? id });
    outbox.retry(id);
    expect(texts()).toEqual(['bad', 'good', 'bad']);
  });

  test('goes on after a reload with what the last page left, under the same ids', () => {
    const before = openOutbox();
    before.net.up = false;
    before.outbox.add({ text: 'kept' });
    const after = openOutbox(before.outbox.entries);
    after.outbox.connected();
    expect(after.wire).toEqual(before.outbox.entries);
  });

  test('delivers every message once and in order over any network', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('add', 'ack', 'cut', 'heal', 'busy'), { maxLength: 60 }), (steps) => {
        const { net, outbox, wire } = openOutbox();
        const accepted: string[] = [];
        let added = 0;
        const serve = () => {
          const entry = wire.shift();
          if (!entry) return;
          if (!accepted.includes(entry.command.text)) accepted.push(entry.command.text);
          if (net.up) outbox.settle({ type: 'ack', id: entry.id });
        };
        for (const step of [...steps, 'heal' as const]) {
          if (step === 'add') outbox.add({ text: String(added++) });
          if (step === 'ack') serve();
          if (step === 'cut') net.up = false;
          if (step === 'busy' && wire[0]) {
            outbox.settle({ type: 'refusal', id: wire.shift()?.id as never, code: 'too_many', retryAfterMs: 1 });
            vi.advanceTimersByTime(1);
          }
          if (step === 'heal') {
            net.up = true;
            outbox.connected();
          }
        }
        while (wire.length > 0) serve();
        expect(accepted).toEqual(Array.from({ length: added }, (_, n) => String(n)));
        expect(outbox.entries).toEqual([]);
      }),
    );
  });
});
