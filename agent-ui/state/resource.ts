import type { Answer, Problem, Rest } from './rest.ts';
import { createStore, type Store } from './store.ts';

export interface ResourceState<Value> {
  /** Null until it has come. */
  readonly value: Value | null;
  /** Why it did not come, or why the last change was not made. */
  readonly problem: Problem | null;
  /** Something is on its way. */
  readonly busy: boolean;
}

/** What a page shows of the server, and the changes that it makes there: after each of them it is read anew. */
export class Resource<Value> {
  readonly store: Store<ResourceState<Value>> = createStore<ResourceState<Value>>({
    value: null,
    problem: null,
    busy: false,
  });
  readonly #rest: Rest;
  #path: string;

  constructor(rest: Rest, path: string) {
    this.#rest = rest;
    this.#path = path;
  }

  /** Of another address from now on: the next page, another filter. */
  load(path = this.#path): Promise<boolean> {
    this.#path = path;
    return this.#run(() => this.#rest.read<Value>(path));
  }

  /** The answer of a change that was made; null where it was not, and `problem` says why. */
  async change<Made = unknown>(...request: Parameters<Rest['send']>): Promise<Answer<Made>> {
    this.#set({ busy: true, problem: null });
    const answer = await this.#rest.send<Made>(...request);
    if (!answer.ok) this.#set({ busy: false, problem: answer.problem });
    else await this.load();
    return answer;
  }

  forgetProblem(): void {
    if (this.store.get().problem) this.#set({ problem: null });
  }

  async #run(ask: () => Promise<Answer<Value>>): Promise<boolean> {
    this.#set({ busy: true });
    const path = this.#path;
    const answer = await ask();
    // Another address was asked for meanwhile.
    if (path !== this.#path) return false;
    if (answer.ok) this.#set({ value: answer.value, busy: false, problem: null });
    else this.#set({ busy: false, problem: answer.problem });
    return answer.ok;
  }

  #set(change: Partial<ResourceState<Value>>): void {
    this.store.set({ ...this.store.get(), ...change });
  }
}
