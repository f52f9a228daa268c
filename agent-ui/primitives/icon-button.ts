import { css, html, LitElement, nothing } from 'lit';
import { reset } from './reset.ts';
import { TooltipController, tooltipStyles } from './tooltip.ts';

/** A button that shows an icon (its content) and says its name in a tooltip. */
export class IconButton extends LitElement {
  static override properties = {
    label: {},
    keys: {},
    disabled: { type: Boolean, reflect: true },
    pressed: { attribute: false },
  };
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [
    reset,
    tooltipStyles,
    css`
      :host {
        display: inline-flex;
      }

      button {
        display: grid;
        place-items: center;
        width: var(--target);
        height: var(--target);
        padding: 0;
        border: 0;
        border-radius: var(--radius-control);
        background: transparent;
        color: var(--ink-soft);
        cursor: pointer;
        transition: background-color var(--motion-quick) ease-out;
      }

      button:hover {
        background: var(--paper-hover);
        color: var(--ink);
      }

      button[aria-pressed='true'] {
        background: var(--accent-soft);
        color: var(--accent-ink);
      }

      button:disabled {
        opacity: 0.5;
        cursor: default;
      }

      kbd {
        margin-inline-start: var(--space-8);
        color: var(--ink-soft);
        font: inherit;
      }
    `,
  ];

  declare label: string;
  /** The keys that do the same, shown in the tooltip. */
  declare keys: string;
  declare disabled: boolean;
  declare pressed: boolean | undefined;

  constructor() {
    super();
    this.label = '';
    this.keys = '';
    this.disabled = false;
    new TooltipController(this);
  }

  override render() {
    return html`
      <button
        type="button"
        aria-label=${this.label}
        aria-pressed=${this.pressed === undefined ? nothing : String(this.pressed)}
        ?disabled=${this.disabled}
      >
        <slot></slot>
      </button>
      <span popover="manual" aria-hidden="true">${this.label}${this.keys ? html`<kbd>${this.keys}</kbd>` : nothing}</span>
    `;
  }
}

customElements.define('ui-icon-button', IconButton);
