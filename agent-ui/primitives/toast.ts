import { css, html, LitElement, nothing } from 'lit';
import { icon } from '../icons.ts';
import './icon-button.ts';
import { reset } from './reset.ts';

/** One short notice, until it is dismissed (`ui-close`) or its owner takes it away. */
export class Toast extends LitElement {
  static override properties = { text: {}, tone: { reflect: true }, dismissLabel: {} };
  static override styles = [
    reset,
    css`
      :host {
        display: block;
      }

      .toast {
        display: flex;
        align-items: center;
        gap: var(--space-8);
        max-width: 36rem;
        padding: var(--space-4) var(--space-4) var(--space-4) var(--space-16);
        border: 1px solid var(--edge);
        border-radius: var(--radius-card);
        background: var(--paper-raised);
        box-shadow: var(--shadow);
      }

      :host([tone='bad']) .toast > .icon {
        color: var(--red);
      }
    `,
  ];

  declare text: string;
  declare tone: 'plain' | 'bad';
  declare dismissLabel: string;

  constructor() {
    super();
    this.text = '';
    this.tone = 'plain';
    this.dismissLabel = '';
  }

  // The status element stays while its content comes and goes: a region that appears with its text is often not read out.
  override render() {
    return html`<div role="status">${this.text ? this.#body() : nothing}</div>`;
  }

  #body() {
    return html`<div class="toast">
      ${this.tone === 'bad' ? icon('triangle-alert', 16) : nothing}
      <span>${this.text}</span>
      <ui-icon-button label=${this.dismissLabel} @click=${this.#dismiss}>${icon('x', 16)}</ui-icon-button>
    </div>`;
  }

  #dismiss() {
    this.dispatchEvent(new CustomEvent('ui-close'));
  }
}

customElements.define('ui-toast', Toast);
