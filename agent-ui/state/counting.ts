import type { AgentFrame, ToAgent } from '../../protocol/agent-frames.ts';

interface CountingOptions {
  /** False where there is no connection. */
  readonly send: (frame: AgentFrame) => boolean;
}

/** Chats seldom end alone: what is counted within this time is read once. */
const gatherMs = 2000;

/** Tells who reads statistics that there are new ones, for as long as they read. */
export class Counting {
  readonly #options: CountingOptions;
  #onCounted: (() => void) | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: CountingOptions) {
    this.#options = options;
  }

  open(onCounted: () => void) {
    this.#onCounted = onCounted;
    this.#options.send({ type: 'statistics', on: true });
  }

  close() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#onCounted = null;
    this.#options.send({ type: 'statistics', on: false });
  }

  /** True for what is of the statistics alone. */
  receive(frame: ToAgent): boolean {
    if (frame.type === 'counted') this.#gather();
    // A connection that is back knows nothing of who reads, and may have missed what was told before.
    if (frame.type === 'ready' && this.#onCounted) {
      this.#options.send({ type: 'statistics', on: true });
      this.#gather();
    }
    return frame.type === 'counted';
  }

  #gather() {
    const tell = () => {
      this.#timer = undefined;
      this.#onCounted?.();
    };
    if (this.#onCounted) this.#timer ??= setTimeout(tell, gatherMs);
  }
}
