import { css, html, LitElement, nothing } from 'lit';
import { icon } from '../icons.ts';
import { reset } from './reset.ts';
import { TooltipController, tooltipStyles } from './tooltip.ts';

export type LockShape = 'locked' | 'opened' | 'none';

/**
 * The mark beside a value: an image with a name, which shows and describes its reasons on hover and focus. It draws what it
 * is told; `state/lock.ts` decides.
 */
export class LockMark extends LitElement {
  static override properties = {
    shape: { reflect: true },
    label: {},
    text: {},
    facts: { attribute: false },
  };
  static override styles = [
    reset,
    tooltipStyles,
    css`
      :host {
        display: inline-flex;
        color: var(--ink-soft);
        font-size: var(--text-12);
      }

      :host([shape='locked']) {
        color: var(--green);
      }

      :host([shape='opened']) {
        color: var(--red);
      }

      [role='img'] {
        display: inline-flex;
        align-items: center;
        gap: var(--space-4);
        min-width: 24px;
        min-height: 24px;
        justify-content: center;
        border-radius: var(--radius-control);
        white-space: nowrap;
      }

      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 2px var(--space-12);
        padding: 0 var(--space-4) var(--space-4);
      }

      strong {
        display: block;
        padding: var(--space-4);
        font-weight: 600;
      }

      dt {
        color: var(--ink-soft);
      }
    `,
  ];

  declare shape: LockShape;
  /** The accessible name. */
  declare label: string;
  /** Short words beside the icon, where the icon alone would say too little. */
  declare text: string;
  declare facts: { label: string; value: string }[];

  constructor() {
    super();
    this.shape = 'none';
    this.label = '';
    this.text = '';
    this.facts = [];
    // Below: whoever asks about a value looks at it.
    new TooltipController(this, { placement: 'bottom-end', onAnyFocus: true });
  }

  override render() {
    const drawing =
      this.shape === 'locked' ? icon('lock', 14) : this.shape === 'opened' ? icon('lock-open', 14) : nothing;
    return html`
      <span role="img" tabindex="0" aria-label=${this.label} aria-describedby=${this.facts.length ? 'facts' : nothing}>
        ${drawing}${this.text}
      </span>
      <div id="facts" popover="manual" role="tooltip">
        <strong>${this.label}</strong>
        <dl ?hidden=${this.facts.length === 0}>
          ${this.facts.map(({ label, value }) => html`<dt>${label}</dt><dd>${value}</dd>`)}
        </dl>
      </div>
    `;
  }
}

customElements.define('ui-lock-mark', LockMark);
