/** Runs so many tasks at once and no more; the others wait, and are begun in the order in which they came. */
export function createAtMost(most: number): <Result>(task: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = [];
  let running = 0;

  return async (task) => {
    // Whoever ends hands their place on, so that nobody who comes meanwhile can take it.
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
