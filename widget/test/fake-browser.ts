import { vi } from 'vitest';

/**
 * The few parts of a browser that the line speaks to. Two pages of one browser share what it keeps; what a page hears
 * (`storage`, `pageshow`) is told by the test.
 */
export interface FakeBrowser {
  readonly kept: Record<string, string>;
  readonly databases: Map<string, Map<IDBValidKey, unknown>>;
  /** A page is loaded: memory is gone, what was kept is there; in the same tab, so is what that one kept. */
  openPage(tab?: Record<string, string>): FakePage;
}

export interface FakePage {
  readonly tab: Record<string, string>;
  readonly sockets: FakeSocket[];
  readonly latest: () => FakeSocket;
  tell(event: Event): void;
}

type Sent = { type: string } & Record<string, unknown>;

export class FakeSocket {
  readonly sent: Sent[] = [];
  closed = false;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;

  send(data: string) {
    this.sent.push(JSON.parse(data));
  }
  close() {
    this.closed = true;
  }
  deliver(frame: object) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  of(type: string): Sent[] {
    return this.sent.filter((frame) => frame.type === type);
  }
}

interface Quirks {
  /** Every use of storage throws, as with cookies turned off. */
  readonly refusesStorage?: boolean;
}

export function createFakeBrowser({ refusesStorage = false }: Quirks = {}): FakeBrowser {
  const kept: Record<string, string> = {};
  const databases: FakeBrowser['databases'] = new Map();

  return {
    kept,
    databases,
    openPage(tab = {}) {
      const sockets: FakeSocket[] = [];
      const page = new EventTarget();
      const storage = (area: object) => ({
        get: () => {
          if (refusesStorage) throw new DOMException('Storage is turned off.', 'SecurityError');
          return area;
        },
      });
      const window = Object.defineProperties({}, { localStorage: storage(kept), sessionStorage: storage(tab) });
      class Socket extends FakeSocket {
        constructor() {
          super();
          sockets.push(this);
        }
      }
      vi.stubGlobal('window', window);
      vi.stubGlobal('document', { title: 'Lamps', hidden: false });
      vi.stubGlobal('location', new URL('https://shop.example/lamps?colour=red#secret'));
      vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
      vi.stubGlobal('WebSocket', Socket);
      vi.stubGlobal('indexedDB', refusesStorage ? undefined : fakeDatabases(databases));
      return {
        tab,
        sockets,
        latest: () => sockets.at(-1) as FakeSocket,
        tell: (event) => void page.dispatchEvent(event),
      };
    },
  };
}

/** As much of IndexedDB as one key needs; it answers in a later task, as the real one does. */
function fakeDatabases(databases: FakeBrowser['databases']) {
  const open = (name: string) => {
    const isNew = !databases.has(name);
    const values = databases.get(name) ?? new Map<IDBValidKey, unknown>();
    databases.set(name, values);
    const request = {
      onupgradeneeded: () => {},
      onsuccess: () => {},
      result: { createObjectStore: () => {}, close: () => {}, transaction: () => transactionOn(values) },
    };
    queueMicrotask(() => {
      if (isNew) request.onupgradeneeded();
      request.onsuccess();
    });
    return request;
  };
  return { open, deleteDatabase: (name: string) => databases.delete(name) };
}

function transactionOn(values: Map<IDBValidKey, unknown>) {
  const transaction = {
    oncomplete: () => {},
    objectStore: () => ({
      get: (key: IDBValidKey) => ({ result: values.get(key) }),
      put(value: unknown, key: IDBValidKey) {
        values.set(key, value);
        return { result: key };
      },
    }),
  };
  queueMicrotask(() => transaction.oncomplete());
  return transaction;
}
