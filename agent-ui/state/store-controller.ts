import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Store } from './store.ts';

/** Draws its host again whenever the store changes, as long as the host is in the page. */
export class StoreController<Value> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #store: Store<Value>;
  #unsubscribe: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, store: Store<Value>) {
    this.#host = host;
    this.#store = store;
    host.addController(this);
  }

  get value(): Value {
    return this.#store.get();
  }

  hostConnected() {
    this.#unsubscribe = this.#store.subscribe(() => this.#host.requestUpdate());
    this.#host.requestUpdate();
  }

  hostDisconnected() {
    this.#unsubscribe?.();
  }
}
