/**
 * `<balie-chat>`: lives while it is on the page. A framework may move it; only when it is still gone afterwards does
 * one signal end the socket, the timers, the listeners and the screen.
 */
export class BalieChat extends HTMLElement {
  #life = new AbortController();

  begin(run: (life: AbortSignal) => void) {
    if (this.isConnected) run(this.#life.signal);
  }

  disconnectedCallback() {
    queueMicrotask(() => this.isConnected || this.#life.abort());
  }
}
