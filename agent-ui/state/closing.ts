import type { AgentCommand } from '../../protocol/commands.ts';
import type { ConversationId } from '../../protocol/ids.ts';
import type { DeskState } from './desk-state.ts';
import type { OpenChats } from './open-chats.ts';
import type { Store } from './store.ts';

interface ClosingOptions {
  readonly store: Store<DeskState>;
  readonly chats: OpenChats;
  readonly give: (conversation: ConversationId, command: AgentCommand) => void;
}

/** The x of a tab, the question it may ask, and the form that may follow. */
export class Closing {
  readonly #options: ClosingOptions;

  constructor(options: ClosingOptions) {
    this.#options = options;
  }

  /** At once where nobody is left to be cut off, otherwise asked first. */
  close(id: ConversationId): void {
    const chat = this.#options.chats.find(id);
    if (chat?.stage.kind === 'active' && chat.connected) this.#confirming(id);
    else this.#end(id);
  }

  confirm(): void {
    const { confirming } = this.#options.store.get();
    if (!confirming) return;
    this.keepOpen();
    this.#end(confirming);
  }

  keepOpen(): void {
    this.#confirming(null);
  }

  classify(id: ConversationId, category: string, note: string): void {
    const { chats, give } = this.#options;
    give(id, { type: 'classify', ...(category && { category }), ...(note && { note }) });
    chats.closeTab(id);
  }

  #confirming(confirming: ConversationId | null) {
    const { store } = this.#options;
    store.set({ ...store.get(), confirming });
  }

  #end(id: ConversationId) {
    const { chats, give } = this.#options;
    const chat = chats.find(id);
    if (chat?.stage.kind !== 'active') {
      // The form stands in the tab and says what is missing.
      if (!(chat?.closing?.required && !chat.isClassified && chat.stage.kind === 'ended')) chats.closeTab(id);
      return;
    }
    if (chats.closing.has(id)) return;
    chats.closing.add(id);
    give(id, { type: 'end' });
  }
}
