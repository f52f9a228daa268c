import { html, LitElement } from 'lit';
import { TickController } from './tick.ts';

const pad = (part: number) => String(part).padStart(2, '0');

/** `04:12`, and `1:04:12` from an hour on. */
export function formatElapsed(elapsedMs: number): string {
  const seconds = Math.max(0, Math.floor(elapsedMs / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${pad(minutes)}:${pad(seconds % 60)}`;
}

/** A clock that runs from `since`, and stands still at `until` when there is one. */
export class ElapsedTime extends LitElement {
  static override properties = {
    since: { type: Number },
    until: { attribute: false },
    now: { attribute: false },
  };

  declare since: number;
  declare until: number | undefined;
  declare now: () => number;

  constructor() {
    super();
    this.since = 0;
    this.until = undefined;
    this.now = Date.now;
    new TickController(this, 1000);
  }

  override render() {
    return html`<span role="timer">${formatElapsed((this.until ?? this.now()) - this.since)}</span>`;
  }
}

customElements.define('ui-elapsed-time', ElapsedTime);
