import type { Cursor } from '../../protocol/frames.ts';
import type { AgentId, ConversationId } from '../../protocol/ids.ts';
import type { Chat } from './chat.ts';
import type { DeskState } from './desk-state.ts';
import type { Store } from './store.ts';

interface KeptTab {
  readonly conversation: ConversationId;
  readonly read: number;
  readonly draft: string;
  readonly isPrivate: boolean;
}

interface Kept {
  readonly selected: ConversationId | null;
  readonly tabs: readonly KeptTab[];
}

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;

export interface TabMemoryOptions {
  readonly storage: () => Storage;
  readonly store: Store<DeskState>;
}

export type TabMemory = ReturnType<typeof createTabMemory>;

const nothing: Kept = { selected: null, tabs: [] };
const keyOf = (agent: AgentId) => `balie.tabs.${agent}`;
/** As many as a hello may name. */
const mostTabs = 100;

/**
 * What the log of a conversation does not hold, for when the page is loaded again in the same tab: which chats lay open,
 * so that ended ones come back too, how far they were read, and what was being written.
 */
export function createTabMemory({ storage, store }: TabMemoryOptions) {
  let kept = nothing;
  let saved: Pick<DeskState, 'chats' | 'selected'> | null = null;

  store.subscribe(() => {
    const { session, isOpen, chats, selected } = store.get();
    // Before the server's first word, what an earlier page left is all that is known.
    if (session.kind !== 'signed-in' || !isOpen) return;
    if (saved?.chats === chats && saved.selected === selected) return;
    saved = { chats, selected };
    const tabs = chats
      .slice(-mostTabs)
      .map(({ id, read, draft, isPrivate }) => ({ conversation: id, read, draft, isPrivate }));
    write(storage, keyOf(session.me.id), { selected, tabs });
  });

  return {
    open(agent: AgentId) {
      kept = read(storage, keyOf(agent));
    },
    /** What the first hello of a page names, beside the log: from the start, since no event of it is held. */
    cursors: (): Cursor[] => kept.tabs.map(({ conversation }) => ({ conversation, after: 0 })),
    recall(chat: Chat): Chat {
      const tab = kept.tabs.find(({ conversation }) => conversation === chat.id);
      return tab ? { ...chat, read: tab.read, draft: tab.draft, isPrivate: tab.isPrivate } : chat;
    },
    /** Everything that lay open has been asked for; what is closed from now on stays closed. */
    settle(): ConversationId | null {
      const { selected } = kept;
      kept = nothing;
      return selected;
    },
    forget(agent: AgentId) {
      kept = nothing;
      saved = null;
      write(storage, keyOf(agent), null);
    },
  };
}

function read(storage: TabMemoryOptions['storage'], key: string): Kept {
  try {
    return parseKept(JSON.parse(storage().getItem(key) ?? 'null'));
  } catch {
    return nothing;
  }
}

function write(storage: TabMemoryOptions['storage'], key: string, value: Kept | null) {
  try {
    if (value) storage().setItem(key, JSON.stringify(value));
    else storage().removeItem(key);
  } catch {
    // Full or forbidden storage: the tabs last as long as the page.
  }
}

function parseKept(value: unknown): Kept {
  if (typeof value !== 'object' || value === null || !('tabs' in value) || !Array.isArray(value.tabs)) return nothing;
  const selected = 'selected' in value && typeof value.selected === 'string' ? value.selected : null;
  return { selected: selected as ConversationId | null, tabs: value.tabs.filter(isTab).slice(-mostTabs) };
}

const isTab = (value: unknown): value is KeptTab =>
  typeof value === 'object' &&
  value !== null &&
  'conversation' in value &&
  typeof value.conversation === 'string' &&
  'read' in value &&
  typeof value.read === 'number' &&
  'draft' in value &&
  typeof value.draft === 'string' &&
  'isPrivate' in value &&
  typeof value.isPrivate === 'boolean';
