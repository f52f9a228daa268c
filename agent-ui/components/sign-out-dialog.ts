import { html } from 'lit';
import { buttonStyles } from '../primitives/button.ts';
import { dialogStyles, ModalController } from '../primitives/dialog.ts';
import { reset } from '../primitives/reset.ts';
import { ConsoleElement } from './console-element.ts';

/** Asks whether somebody really signs out who has chats open; says `sign-out-answered` either way. */
export class SignOutDialog extends ConsoleElement {
  static override properties = { chats: { type: Number }, open: { type: Boolean } };
  static override styles = [reset, buttonStyles, dialogStyles];

  declare chats: number;
  declare open: boolean;

  constructor() {
    super();
    this.chats = 0;
    this.open = false;
    new ModalController(this, { isOpen: () => this.open, onLeave: () => this.#answer() });
  }

  override render() {
    return html`<dialog aria-labelledby="title">
      <h2 id="title">${this.t('signout.title')}</h2>
      <p>${this.t('signout.text', { count: this.chats })}</p>
      <footer>
        <button class="button" type="button" data-autofocus @click=${this.#answer}>${this.t('signout.stay')}</button>
        <button class="button primary" type="button" @click=${this.#leave}>${this.t('account.signout')}</button>
      </footer>
    </dialog>`;
  }

  #answer() {
    this.dispatchEvent(new CustomEvent('sign-out-answered'));
  }

  #leave() {
    this.#answer();
    this.act({ type: 'sign-out' });
  }
}

customElements.define('balie-sign-out-dialog', SignOutDialog);
