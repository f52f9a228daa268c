export type Serial<Key> = <Result>(key: Key, task: () => Promise<Result>) => Promise<Result>;

/** Tasks of one key run one after the other, in the order of asking; those of different keys side by side. */
export function createSerial<Key>(): Serial<Key> {
  const last = new Map<Key, Promise<unknown>>();
  return (key, task) => {
    const before = last.get(key);
    const result = before ? before.then(task, task) : task();
    last.set(key, result);
    const forget = () => {
      if (last.get(key) === result) last.delete(key);
    };
    result.then(forget, forget);
    return result;
  };
}
