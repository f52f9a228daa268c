import type { Beat } from '../beat/beat.ts';

export interface GroupCommitOptions<Item, Outcome> {
  /** Commits all of them at once and tells, in their order, what became of each. */
  readonly commit: (items: readonly Item[]) => Promise<readonly PromiseSettledResult<Outcome>[]>;
  /** The most that share a commit: bounds how long one takes. */
  readonly groupSize: number;
  /** How many may wait; one more is turned away, so that a database that hangs does not fill the memory. */
  readonly capacity: number;
  /** When the next commit begins. */
  readonly beat: Beat;
  readonly onFull: () => Error;
}

export interface GroupCommit<Item, Outcome> {
  submit(item: Item): Promise<Outcome>;
  /** When nothing waits and nothing is under way. */
  settled(): Promise<void>;
}

interface Waiter<Item, Outcome> {
  readonly item: Item;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (reason: unknown) => void;
}

/** All that arrive while a commit is under way, or in the same turn of the event loop, share the next one. */
export function createGroupCommit<Item, Outcome>(
  options: GroupCommitOptions<Item, Outcome>,
): GroupCommit<Item, Outcome> {
  let waiting: Waiter<Item, Outcome>[] = [];
  let running = false;
  let onSettled: (() => void)[] = [];

  function schedule(): void {
    running = true;
    if (waiting.length >= options.groupSize) setImmediate(run);
    else options.beat.commit(run);
  }

  async function run(): Promise<void> {
    const group = waiting.slice(0, options.groupSize);
    waiting = waiting.slice(options.groupSize);
    await commit(group);
    options.beat.dealtWith(group.length);
    if (waiting.length > 0) return schedule();
    running = false;
    for (const resolve of onSettled) resolve();
    onSettled = [];
  }

  async function commit(group: readonly Waiter<Item, Outcome>[]): Promise<void> {
    try {
      const results = await options.commit(group.map(({ item }) => item));
      for (const [index, waiter] of group.entries()) settle(waiter, results[index]);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }

  return {
    submit(item) {
      if (waiting.length >= options.capacity) return Promise.reject(options.onFull());
      return new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        if (!running) schedule();
      });
    },

    settled() {
      return running ? new Promise((resolve) => onSettled.push(resolve)) : Promise.resolve();
    },
  };
}

function settle<Item, Outcome>(waiter: Waiter<Item, Outcome>, result: PromiseSettledResult<Outcome> | undefined): void {
  if (result?.status === 'fulfilled') waiter.resolve(result.value);
  else waiter.reject(result ? result.reason : new Error('The commit told nothing of this item.'));
}
