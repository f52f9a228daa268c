export interface Lru<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): void;
  delete(key: Key): void;
}

/** Remembers the `capacity` entries that were used last. */
export function createLru<Key, Value>(capacity: number): Lru<Key, Value> {
  // A Map keeps the order of insertion; using an entry inserts it anew, so the first is the one unused for longest.
  const entries = new Map<Key, Value>();
  const use = (key: Key, value: Value): void => {
    entries.delete(key);
    entries.set(key, value);
  };
  return {
    get(key) {
      const value = entries.get(key);
      if (value !== undefined) use(key, value);
      return value;
    },
    delete(key) {
      entries.delete(key);
    },
    set(key, value) {
      use(key, value);
      if (entries.size <= capacity) return;
      for (const oldest of entries.keys()) {
        entries.delete(oldest);
        return;
      }
    },
  };
}
