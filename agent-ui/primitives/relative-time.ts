import { html, LitElement } from 'lit';
import { TickController } from './tick.ts';

const steps: [unit: Intl.RelativeTimeFormatUnit, ms: number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

export function formatRelative(elapsedMs: number, language: string): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
  for (const [unit, ms] of steps) {
    if (elapsedMs >= ms) return format.format(-Math.floor(elapsedMs / ms), unit);
  }
  return format.format(0, 'second');
}

/** How long ago something was, with the exact time on hover. */
export class RelativeTime extends LitElement {
  static override properties = { at: { type: Number }, language: {}, now: { attribute: false } };

  declare at: number;
  declare language: string;
  declare now: () => number;

  constructor() {
    super();
    this.at = 0;
    this.language = 'en';
    this.now = Date.now;
    new TickController(this, 15_000);
  }

  override render() {
    const at = new Date(this.at);
    const exact = at.toLocaleString(this.language, { dateStyle: 'full', timeStyle: 'medium' });
    return html`<time datetime=${at.toISOString()} title=${exact}
      >${formatRelative(Math.max(0, this.now() - this.at), this.language)}</time
    >`;
  }
}

customElements.define('ui-relative-time', RelativeTime);
