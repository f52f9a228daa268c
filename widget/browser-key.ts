export interface BrowserKey {
  /** The pair of this browser; made where there is none. */
  pair(): Promise<CryptoKeyPair>;
  /** Puts it where the next page finds it; rejects where the browser does not let us. */
  keep(): Promise<unknown>;
  /** The next `pair` asks the browser's storage again: another tab has put its own there, or taken it away. */
  reread(): void;
  /** Gone from the browser; it stays in memory, where the next session is bound to it. */
  forget(): void;
}

/**
 * The P-256 pair that sessions and tokens are bound to. No script can export it, ours neither. It lives in memory until
 * a chat starts; a database is neither made nor looked for before `isKept` says that there is one.
 */
export function createBrowserKey(name: string, isKept: () => boolean): BrowserKey {
  let current: Promise<CryptoKeyPair> | undefined;
  const pair = () => {
    current ??= obtain(isKept() && name);
    return current;
  };
  return {
    pair,
    async keep() {
      const own = await pair();
      return inStore(name, (store) => store.put(own, 0));
    },
    reread() {
      current = undefined;
    },
    forget() {
      try {
        indexedDB.deleteDatabase(name);
      } catch {
        // Without a database there is nothing to delete.
      }
    },
  };
}

async function obtain(name: string | false): Promise<CryptoKeyPair> {
  const kept = name && (await inStore(name, (store) => store.get(0)).catch(() => undefined));
  const made = kept || crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
  return made as CryptoKeyPair;
}

/** Opened for each use, so that no tab stands in the way of another that deletes it. */
function inStore(name: string, act: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name);
    opening.onerror = reject;
    opening.onupgradeneeded = () => opening.result.createObjectStore(name);
    opening.onsuccess = () => {
      const transaction = opening.result.transaction(name, 'readwrite');
      const request = act(transaction.objectStore(name));
      transaction.onabort = reject;
      transaction.oncomplete = () => resolve(request.result);
      opening.result.close();
    };
  });
}
