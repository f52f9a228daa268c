import type { Entry } from '../client/outbox.ts';
import type { VisitorCommand } from '../protocol/commands.ts';
import type { FileRef } from '../protocol/entities.ts';
import type { ConversationId, OfferId } from '../protocol/ids.ts';

/** What the browser keeps of a chat, for all tabs. */
export interface Kept {
  readonly session: string;
  /** The loader looks for this one, and then fetches the chat without being asked. */
  readonly open: boolean;
  readonly shown: boolean;
  /** The session has belonged to somebody who was signed in. */
  readonly identified: boolean;
  readonly conversation?: ConversationId;
  readonly seen?: number;
  /** Its visitor would rather not say how it was. */
  readonly skipped?: ConversationId;
}

/** What only this tab keeps, over a reload or to its next page. */
export interface Tab {
  readonly unsent?: readonly Entry<VisitorCommand>[];
  readonly draft?: string;
  /** What the visitor has chosen of offers and not submitted yet. No value stands for "none of these". */
  readonly choices?: Readonly<Record<OfferId, readonly string[]>>;
  /** What the visitor has answered of the survey and not sent yet. */
  readonly rating?: { readonly conversation: ConversationId; readonly score: number; readonly comment: string };
  /** Uploaded for this conversation: what is attached to the draft, and what messages carry that are not sent yet. */
  readonly files?: {
    readonly conversation: ConversationId;
    readonly attached: readonly FileRef[];
    readonly given: readonly FileRef[];
  };
}

export interface SessionStore {
  readonly kept: Kept | null;
  readonly tab: Tab;
  begin(kept: Kept): void;
  /** Does nothing before a chat has begun. */
  change(change: Partial<Kept>): void;
  changeTab(change: Tab): void;
  clear(): void;
}

export interface SessionStoreOptions {
  readonly name: string;
  /** Another tab began, changed or ended the session. */
  readonly onForeign: () => void;
  readonly signal: AbortSignal;
}

/** Memory, with a copy in the browser from the moment a chat begins; where the browser keeps nothing, memory alone. */
export function createSessionStore({ name, onForeign, signal }: SessionStoreOptions): SessionStore {
  const reread = () => {
    store.kept = read('localStorage', name);
    onForeign();
  };
  const store = {
    kept: read<Kept>('localStorage', name),
    tab: read<Tab>('sessionStorage', name) ?? {},
    begin(kept: Kept | null) {
      store.kept = kept;
      write('localStorage', name, kept);
      write('sessionStorage', name, kept && store.tab);
    },
    change(change: Partial<Kept>) {
      if (store.kept) store.begin({ ...store.kept, ...change });
    },
    changeTab(change: Tab) {
      store.tab = { ...store.tab, ...change };
      store.change({});
    },
    clear() {
      store.tab = {};
      store.begin(null);
    },
  };
  addEventListener('storage', ({ key }) => (key === name || !key) && reread(), { signal });
  // A page out of the back-forward cache has slept through what other tabs told.
  addEventListener('pageshow', ({ persisted }) => persisted && reread(), { signal });
  return store;
}

type Area = 'localStorage' | 'sessionStorage';

/** Even naming the storage throws where a browser has turned it off. */
function read<Value>(area: Area, name: string): Value | null {
  try {
    return JSON.parse(window[area][name]);
  } catch {
    return null;
  }
}

function write(area: Area, name: string, value: unknown) {
  try {
    if (value) window[area][name] = JSON.stringify(value);
    else delete window[area][name];
  } catch {
    // Full, or turned off: the page's memory does.
  }
}
