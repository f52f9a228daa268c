import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Draws its host again at every whole step of `everyMs`, as long as it is in the page. */
export class TickController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #everyMs: number;
  #timer = 0;

  constructor(host: ReactiveControllerHost, everyMs: number) {
    this.#host = host;
    this.#everyMs = everyMs;
    host.addController(this);
  }

  hostConnected() {
    this.#timer = window.setInterval(() => this.#host.requestUpdate(), this.#everyMs);
  }

  hostDisconnected() {
    clearInterval(this.#timer);
  }
}
