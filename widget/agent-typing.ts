import { limits } from '../protocol/limits.ts';
import type { ChatState } from './chat-state.ts';
import type { Store } from './store.ts';

/** Shows that the agent types, until told otherwise; and no longer than a lost "stopped typing" may mislead. */
export function createAgentTyping(store: Store<ChatState>) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return function agentTypes(on: boolean): void {
    clearTimeout(timer);
    if (on) timer = setTimeout(agentTypes, limits.typingForgottenMs, false);
    store.set({ agentTypes: on });
  };
}
