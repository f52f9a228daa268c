import { css, html, nothing } from 'lit';
import type { FirstRunState } from '../../protocol/administration.ts';
import { reset } from '../primitives/reset.ts';
import { ConsolePage } from './console-page.ts';

/** On a server without an organization nobody can sign in: says where the first is made. */
export class FirstRunHint extends ConsolePage {
  static override properties = { isOpen: { state: true } };
  static override styles = [
    reset,
    css`
      p {
        padding: var(--space-8) var(--space-12);
        border-radius: var(--radius-control);
        background: var(--paper-hover);
      }
    `,
  ];

  declare isOpen: boolean;

  constructor() {
    super();
    this.isOpen = false;
  }

  override firstUpdated() {
    void this.#ask();
  }

  override render() {
    return this.isOpen ? html`<p>${this.t('firstrun.hint')}</p>` : nothing;
  }

  async #ask() {
    const answer = await this.rest.read<FirstRunState>('/first-run');
    this.isOpen = answer.ok && answer.value.open;
  }
}

customElements.define('balie-first-run-hint', FirstRunHint);
