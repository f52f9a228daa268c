import { autoUpdate, computePosition, flip, offset, type Placement, shift } from '@floating-ui/dom';
import { css, type LitElement, type ReactiveController } from 'lit';

const hoverDelayMs = 300;
/** Time to move the pointer over the gap onto the tip itself (WCAG 1.4.13, hoverable). */
const leaveDelayMs = 120;

interface TooltipOptions {
  placement?: Placement;
  /** A tip that tells more than the name shows on any focus; one that repeats the name only on the keyboard's. */
  onAnyFocus?: boolean;
}

/** Shows the host's `[popover]` element while the pointer or the focus rests on the host; Escape hides it. */
export class TooltipController implements ReactiveController {
  readonly #host: LitElement;
  readonly #options: TooltipOptions;
  #timer = 0;
  #leave: (() => void) | null = null;

  constructor(host: LitElement, options: TooltipOptions = {}) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected() {
    const host = this.#host;
    host.addEventListener('pointerenter', this.#onEnter);
    host.addEventListener('pointerleave', this.#onLeave);
    host.addEventListener('pointerdown', this.#onPress);
    host.addEventListener('focusin', this.#onFocus);
    host.addEventListener('focusout', this.hide);
  }

  hostDisconnected() {
    const host = this.#host;
    this.hide();
    host.removeEventListener('pointerenter', this.#onEnter);
    host.removeEventListener('pointerleave', this.#onLeave);
    host.removeEventListener('pointerdown', this.#onPress);
    host.removeEventListener('focusin', this.#onFocus);
    host.removeEventListener('focusout', this.hide);
  }

  readonly hide = () => {
    clearTimeout(this.#timer);
    document.removeEventListener('keydown', this.#onKey, true);
    this.#leave?.();
    this.#leave = null;
    const tip = this.#tip;
    if (tip?.matches(':popover-open')) tip.hidePopover();
  };

  get #tip() {
    return this.#host.renderRoot?.querySelector<HTMLElement>('[popover]') ?? undefined;
  }

  readonly #onEnter = (event: PointerEvent) => {
    if (event.pointerType === 'touch') return;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#show(), hoverDelayMs);
  };

  readonly #onLeave = () => {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(this.hide, leaveDelayMs);
  };

  readonly #onPress = () => {
    if (!this.#options.onAnyFocus) this.hide();
  };

  readonly #onFocus = () => {
    const focused = this.#host.shadowRoot?.activeElement;
    if (this.#options.onAnyFocus || focused?.matches(':focus-visible')) this.#show();
  };

  readonly #onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') this.hide();
  };

  #show() {
    const tip = this.#tip;
    if (!tip || !this.#host.isConnected || tip.matches(':popover-open')) return;
    clearTimeout(this.#timer);
    tip.showPopover();
    document.addEventListener('keydown', this.#onKey, true);
    // What it says, and where its host stands, may change while it is open.
    this.#leave = autoUpdate(this.#host, tip, () => this.#place(tip));
  }

  async #place(tip: HTMLElement) {
    const { x, y } = await computePosition(this.#host, tip, {
      strategy: 'fixed',
      placement: this.#options.placement ?? 'top',
      middleware: [offset(8), flip(), shift({ padding: 8 })],
    });
    tip.style.left = `${x}px`;
    tip.style.top = `${y}px`;
  }
}

export const tooltipStyles = css`
  [popover] {
    position: fixed;
    inset: auto;
    width: max-content;
    max-width: min(20rem, calc(100vw - 16px));
    margin: 0;
    padding: var(--space-4) var(--space-8);
    border: 1px solid var(--edge);
    border-radius: var(--radius-control);
    background: var(--paper-raised);
    box-shadow: var(--shadow);
    color: var(--ink);
    font-size: var(--text-12);
    line-height: 1.4;
    text-align: start;
  }
`;
