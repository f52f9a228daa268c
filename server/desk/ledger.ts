import type { Bus } from '../bus/bus.ts';
import type { Store } from '../store/store.ts';
import { announce } from './announce.ts';
import type { Clock } from './clock.ts';
import { type ConversationCache, createConversationCache } from './conversation-cache.ts';
import { type CurrentConversation, createCurrentConversation } from './current-conversation.ts';
import { type Change, createExecute, type Execute } from './execute.ts';
import type { Log } from './log.ts';
import { createMasking } from './masking.ts';

/** The one way into the logs, and what this node remembers of them. */
export interface Ledger {
  readonly execute: Execute;
  readonly conversations: ConversationCache;
  readonly current: CurrentConversation;
  /** Called with every change of this node's, after its sockets were told. */
  follow(listener: (change: Change) => void): void;
}

interface LedgerOptions {
  readonly store: Store;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Log;
}

/** States are some hundred bytes each: so many conversations are remembered in a few MB. */
const remembered = 20_000;

export function createLedger({ store, bus, clock, log }: LedgerOptions): Ledger {
  const listeners: ((change: Change) => void)[] = [];
  const conversations = createConversationCache({ store, capacity: remembered });
  const execute = createExecute({
    store,
    conversations,
    masking: createMasking({ store, clock }),
    clock,
    log,
    onChange(change) {
      announce(bus, change);
      for (const listener of listeners) listener(change);
    },
  });
  bus.subscribe('log', (message) => {
    if (message.kind === 'rewritten') conversations.forget(message.conversation);
  });
  return {
    execute,
    conversations,
    current: createCurrentConversation({ store, capacity: remembered }),
    follow: (listener) => {
      listeners.push(listener);
    },
  };
}
