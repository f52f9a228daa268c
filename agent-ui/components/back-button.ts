import { css, html, nothing } from 'lit';
import { icon } from '../icons.ts';
import '../primitives/icon-button.ts';
import { reset } from '../primitives/reset.ts';
import { ConsoleElement } from './console-element.ts';

/** On a phone: back to the list, with how many wait there, since the list is out of sight. */
export class BackButton extends ConsoleElement {
  static override properties = { others: { type: Number } };
  static override shadowRootOptions = { ...ConsoleElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [
    reset,
    css`
      :host {
        display: inline-flex;
        align-items: center;
      }

      .count {
        min-width: 18px;
        margin-inline-start: calc(-1 * var(--space-4));
        padding: 0 5px;
        border-radius: 9px;
        background: var(--accent);
        color: var(--on-accent);
        font-size: var(--text-12);
        font-weight: 600;
        line-height: 18px;
        text-align: center;
        pointer-events: none;
      }
    `,
  ];

  declare others: number;

  constructor() {
    super();
    this.others = 0;
  }

  override render() {
    const { others } = this;
    const label = others > 0 ? this.t('chat.back.others', { count: others }) : this.t('chat.back');
    return html`<ui-icon-button label=${label}>${icon('arrow-left')}</ui-icon-button>
      ${others > 0 ? html`<span class="count" aria-hidden="true">${others}</span>` : nothing}`;
  }
}

customElements.define('balie-back-button', BackButton);
