import { html, nothing } from 'lit';
import { buttonStyles } from '../primitives/button.ts';
import { dialogStyles, ModalController } from '../primitives/dialog.ts';
import { reset } from '../primitives/reset.ts';
import { ConsoleElement } from './console-element.ts';

/** Asks whether what was entered may be lost. Says `unsaved-answer`, true where it may. */
export class UnsavedDialog extends ConsoleElement {
  static override properties = { open: { type: Boolean } };
  static override styles = [reset, buttonStyles, dialogStyles];

  declare open: boolean;

  constructor() {
    super();
    this.open = false;
    new ModalController(this, { isOpen: () => this.open, onLeave: () => this.#answer(false) });
  }

  override render() {
    return html`<dialog aria-labelledby="title" aria-describedby="text">${this.open ? this.#question() : nothing}</dialog>`;
  }

  #question() {
    return html`<h2 id="title">${this.t('unsaved.title')}</h2>
      <p id="text">${this.t('unsaved.text')}</p>
      <footer>
        <button class="button" type="button" @click=${() => this.#answer(true)}>${this.t('unsaved.leave')}</button>
        <button class="button primary" type="button" data-autofocus @click=${() => this.#answer(false)}>
          ${this.t('unsaved.stay')}
        </button>
      </footer>`;
  }

  #answer(isLost: boolean) {
    this.dispatchEvent(new CustomEvent('unsaved-answer', { detail: isLost }));
  }
}

customElements.define('balie-unsaved-dialog', UnsavedDialog);
