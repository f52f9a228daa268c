import type { Bus, BusMessage, Topic } from './bus.ts';

type Listener = (message: BusMessage) => void;

interface InProcessBusOptions {
  /** Hears of a listener that threw, which must not cost the others their message. */
  readonly onListenerError: (error: unknown) => void;
}

/** The bus of a single process: publishing calls the listeners at once, in order, and keeps nothing. */
export function createInProcessBus({ onListenerError }: InProcessBusOptions): Bus {
  const listeners = new Map<Topic, Set<Listener>>();
  const waiting: { topic: Topic; message: BusMessage }[] = [];
  let delivering = false;

  function deliver(topic: Topic, message: BusMessage): void {
    const all = listeners.get(topic);
    if (!all) return;
    // A copy, since a listener may subscribe another, which is not to hear what was published before it.
    for (const listener of [...all]) {
      if (!all.has(listener)) continue;
      try {
        listener(message);
      } catch (error) {
        onListenerError(error);
      }
    }
  }

  return {
    publish(topic, message) {
      waiting.push({ topic, message });
      // A listener that publishes must not overtake the message which it is being told.
      if (delivering) return;
      delivering = true;
      for (let next = waiting.shift(); next; next = waiting.shift()) deliver(next.topic, next.message);
      delivering = false;
    },

    subscribe(topic, listener) {
      // Wrapped, so that the same function subscribed twice is told twice and stopped singly.
      const own: Listener = (message) => listener(message);
      const all = listeners.get(topic) ?? new Set();
      listeners.set(topic, all.add(own));
      return () => {
        all.delete(own);
        if (all.size === 0 && listeners.get(topic) === all) listeners.delete(topic);
      };
    },

    async close() {
      listeners.clear();
    },
  };
}
