import { css, html, LitElement } from 'lit';
import { reset } from './reset.ts';
import { TickController } from './tick.ts';

/** A ring that empties until `endsAt`, with the seconds inside. */
export class Countdown extends LitElement {
  static override properties = {
    endsAt: { type: Number },
    totalMs: { type: Number },
    size: { type: Number },
    now: { attribute: false },
    name: { attribute: false },
  };
  static override styles = [
    reset,
    css`
      :host {
        display: inline-grid;
      }

      .timer {
        display: grid;
        place-items: center;
        font-weight: 600;
        font-variant-numeric: tabular-nums;
      }

      .timer > * {
        grid-area: 1 / 1;
      }

      svg {
        display: block;
        rotate: -90deg;
      }

      circle {
        fill: none;
        stroke: var(--edge);
        stroke-width: 3;
      }

      .left {
        stroke: var(--accent);
        stroke-linecap: round;
        stroke-dasharray: 1;
      }

      @media (prefers-reduced-motion: no-preference) {
        .left {
          transition: stroke-dashoffset 1s linear;
        }
      }
    `,
  ];

  declare endsAt: number;
  declare totalMs: number;
  declare size: number;
  declare now: () => number;
  /** What a screen reader hears for so many seconds. */
  declare name: (seconds: number) => string;

  constructor() {
    super();
    this.endsAt = 0;
    this.totalMs = 30_000;
    this.size = 24;
    this.now = Date.now;
    this.name = String;
    new TickController(this, 1000);
  }

  override render() {
    const leftMs = Math.max(0, this.endsAt - this.now());
    const seconds = Math.ceil(leftMs / 1000);
    const radius = this.size / 2 - 2;
    const middle = this.size / 2;
    return html`
      <div class="timer" role="timer" aria-label=${this.name(seconds)}>
        <svg width=${this.size} height=${this.size} aria-hidden="true">
          <circle cx=${middle} cy=${middle} r=${radius}></circle>
          <circle
            class="left"
            cx=${middle}
            cy=${middle}
            r=${radius}
            pathLength="1"
            stroke-dashoffset=${1 - Math.min(1, leftMs / this.totalMs)}
          ></circle>
        </svg>
        <span aria-hidden="true">${seconds}</span>
      </div>
    `;
  }
}

customElements.define('ui-countdown', Countdown);
