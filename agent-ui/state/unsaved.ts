import type { Action } from './action.ts';
import { createStore, type Store } from './store.ts';

/** What was entered in forms and not saved, and the question that stands before it is lost. */
export class Unsaved {
  /** What somebody wants to do that would lose it; null where nothing is asked. */
  readonly asked: Store<(() => void) | null> = createStore<(() => void) | null>(null);
  readonly #forms = new Set<object>();

  get isAny(): boolean {
    return this.#forms.size > 0;
  }

  hold(form: object): void {
    this.#forms.add(form);
  }

  /** Saved, given up, or gone from the page. */
  release(form: object): void {
    this.#forms.delete(form);
  }

  /** Goes at once where nothing is lost by it, and asks first elsewhere. Out of one form, only that one counts. */
  leave(go: () => void, form?: object): void {
    if (form ? this.#forms.has(form) : this.isAny) this.asked.set(go);
    else go();
  }

  answer(isLost: boolean): void {
    const go = this.asked.get();
    this.asked.set(null);
    if (isLost) go?.();
  }
}

/** After these the page that is open is gone. */
export const isLeaving = ({ type }: Action): boolean => type === 'go' || type === 'select' || type === 'sign-out';
