import type { Bus, BusMessage, Topic } from './bus.ts';

interface Subscription {
  readonly listener: (message: BusMessage) => void;
  stopped: boolean;
}

interface InProcessBusOptions {
  /** Hears of a listener that threw, which must not cost the others their message. */
  readonly onListenerError: (error: unknown) => void;
}

/** The bus of a single process: publishing calls the listeners at once, in order, and keeps nothing. */
export function createInProcessBus({ onListenerError }: InProcessBusOptions): Bus {
  /** The lists are never changed but replaced: who subscribes while a message is told is not to hear that one. */
  const subscriptions = new Map<Topic, readonly Subscription[]>();
  const waiting: { topic: Topic; message: BusMessage }[] = [];
  let delivering = false;

  function deliver(topic: Topic, message: BusMessage): void {
    for (const subscription of subscriptions.get(topic) ?? []) {
      if (subscription.stopped) continue;
      try {
        subscription.listener(message);
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
      const own: Subscription = { listener, stopped: false };
      subscriptions.set(topic, [...(subscriptions.get(topic) ?? []), own]);
      return () => {
        own.stopped = true;
        const others = subscriptions.get(topic)?.filter((other) => other !== own) ?? [];
        if (others.length > 0) subscriptions.set(topic, others);
        else subscriptions.delete(topic);
      };
    },

    async close() {
      subscriptions.clear();
    },
  };
}
