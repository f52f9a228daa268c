import { html } from 'lit';
import { buttonStyles } from '../primitives/button.ts';
import { dialogStyles, ModalController } from '../primitives/dialog.ts';
import { reset } from '../primitives/reset.ts';
import { ConsoleElement } from './console-element.ts';

/** Asks whether a chat is really to be closed whose visitor is still there. */
export class CloseDialog extends ConsoleElement {
  static override properties = { open: { type: Boolean }, name: {} };
  static override styles = [reset, buttonStyles, dialogStyles];

  declare open: boolean;
  declare name: string;

  constructor() {
    super();
    this.open = false;
    this.name = '';
    new ModalController(this, { isOpen: () => this.open, onLeave: () => this.#keep() });
  }

  override render() {
    return html`<dialog aria-labelledby="title">
      <h2 id="title">${this.t('close.title')}</h2>
      <p>${this.t('close.text', { name: this.name })}</p>
      <footer>
        <button class="button" type="button" data-autofocus @click=${this.#keep}>${this.t('close.keep')}</button>
        <button class="button primary" type="button" @click=${() => this.act({ type: 'confirm-close' })}>
          ${this.t('close.confirm')}
        </button>
      </footer>
    </dialog>`;
  }

  #keep() {
    this.act({ type: 'keep-open' });
  }
}

customElements.define('balie-close-dialog', CloseDialog);
