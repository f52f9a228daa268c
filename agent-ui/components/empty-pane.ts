import { css, html } from 'lit';
import { icon } from '../icons.ts';
import { reset } from '../primitives/reset.ts';
import { ConsoleElement } from './console-element.ts';

/** Where no chat is in front: what to do next. */
export class EmptyPane extends ConsoleElement {
  static override properties = { label: {}, hint: {}, keys: {} };
  static override styles = [
    reset,
    css`
      :host {
        display: grid;
        place-items: center;
        height: 100%;
        padding: var(--space-32);
        text-align: center;
      }

      div {
        display: grid;
        gap: var(--space-8);
        justify-items: center;
        max-width: 22rem;
      }

      .icon {
        margin-bottom: var(--space-8);
        color: var(--accent);
      }

      h2 {
        font-size: var(--text-16);
        font-weight: 600;
      }

      p {
        color: var(--ink-soft);
      }

      .keys {
        font-size: var(--text-12);
      }

      @media (pointer: coarse) {
        .keys {
          display: none;
        }
      }
    `,
  ];

  declare label: string;
  declare hint: string;
  declare keys: string;

  constructor() {
    super();
    this.label = '';
    this.hint = '';
    this.keys = '';
  }

  override render() {
    return html`<div>
      ${icon('concierge-bell', 32)}
      <h2>${this.label}</h2>
      <p>${this.hint}</p>
      <p class="keys">${this.keys}</p>
    </div>`;
  }
}

customElements.define('balie-empty-pane', EmptyPane);
