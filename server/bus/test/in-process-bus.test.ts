import { describe, expect, test } from 'vitest';
import type { ConversationId } from '../../../protocol/ids.ts';
import type { BusMessage, Topic } from '../bus.ts';
import { createInProcessBus } from '../in-process-bus.ts';

const topic = (name: string): Topic => `conversation:${name as ConversationId}`;
const begun = (name: string): BusMessage => ({ kind: 'begun', conversation: name as ConversationId });
const nameOf = (message: BusMessage) => ('conversation' in message ? String(message.conversation) : message.kind);

function openBus() {
  const errors: unknown[] = [];
  const heard: string[] = [];
  const bus = createInProcessBus({ onListenerError: (error) => errors.push(error) });
  const listen = (to: string, as = to) => bus.subscribe(topic(to), (message) => heard.push(`${as}:${nameOf(message)}`));
  return { bus, errors, heard, listen };
}

describe('the bus in one process', () => {
  test('tells every listener of the topic, in the order of publishing, and nobody else', () => {
    const { bus, heard, listen } = openBus();
    listen('a', 'first');
    listen('a', 'second');
    listen('b');
    bus.publish(topic('a'), begun('1'));
    bus.publish(topic('a'), begun('2'));
    bus.publish(topic('c'), begun('3'));
    expect(heard).toEqual(['first:1', 'second:1', 'first:2', 'second:2']);
  });

  test('a listener who stopped hears nothing more', () => {
    const { bus, heard, listen } = openBus();
    const stop = listen('a');
    bus.publish(topic('a'), begun('1'));
    stop();
    stop();
    bus.publish(topic('a'), begun('2'));
    expect(heard).toEqual(['a:1']);
  });

  test('a listener whom another one stops does not hear even what is being told', () => {
    const { bus, heard, listen } = openBus();
    let stop = () => {};
    bus.subscribe(topic('a'), () => stop());
    stop = listen('a');
    bus.publish(topic('a'), begun('1'));
    expect(heard).toEqual([]);
  });

  test('the same function subscribed twice is told twice, and stopped one at a time', () => {
    const { bus } = openBus();
    let count = 0;
    const listener = () => {
      count++;
    };
    const stop = bus.subscribe(topic('a'), listener);
    bus.subscribe(topic('a'), listener);
    bus.publish(topic('a'), begun('1'));
    stop();
    bus.publish(topic('a'), begun('2'));
    expect(count).toBe(3);
  });

  test('what a listener publishes comes after what it is being told, for every listener', () => {
    const { bus, heard, listen } = openBus();
    bus.subscribe(topic('a'), (message) => {
      if (nameOf(message) === '1') bus.publish(topic('a'), begun('2'));
    });
    listen('a');
    bus.publish(topic('a'), begun('1'));
    expect(heard).toEqual(['a:1', 'a:2']);
  });

  test('who subscribes while a message is told does not hear that one', () => {
    const { bus, heard, listen } = openBus();
    const stop = bus.subscribe(topic('a'), () => {
      stop();
      listen('a');
    });
    bus.publish(topic('a'), begun('1'));
    bus.publish(topic('a'), begun('2'));
    expect(heard).toEqual(['a:2']);
  });

  test('R216 a listener that throws costs the others nothing', () => {
    const { bus, errors, heard, listen } = openBus();
    bus.subscribe(topic('a'), () => {
      throw new Error('broken');
    });
    listen('a');
    bus.publish(topic('a'), begun('1'));
    bus.publish(topic('a'), begun('2'));
    expect(heard).toEqual(['a:1', 'a:2']);
    expect(errors).toHaveLength(2);
  });

  test('a closed bus tells nobody', async () => {
    const { bus, heard, listen } = openBus();
    listen('a');
    await bus.close();
    bus.publish(topic('a'), begun('1'));
    expect(heard).toEqual([]);
  });
});
