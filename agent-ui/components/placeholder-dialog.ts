import { html } from 'lit';
import { buttonStyles } from '../primitives/button.ts';
import { dialogStyles, ModalController } from '../primitives/dialog.ts';
import { reset } from '../primitives/reset.ts';
import { ConsoleElement } from './console-element.ts';

/** Asks before a text goes out in which a placeholder still stands. Says `send-anyway` or `keep-writing`. */
export class PlaceholderDialog extends ConsoleElement {
  static override properties = { names: { attribute: false } };
  static override styles = [reset, buttonStyles, dialogStyles];

  declare names: readonly string[];

  constructor() {
    super();
    this.names = [];
    new ModalController(this, { isOpen: () => true, onLeave: () => this.#say('keep-writing') });
  }

  override render() {
    const names = this.names.map((name) => `{{${name}}}`).join(', ');
    return html`<dialog aria-labelledby="heading">
      <h2 id="heading">${this.t('placeholder.title')}</h2>
      <p>${this.t('placeholder.text', { names })}</p>
      <footer>
        <button class="button" type="button" data-autofocus @click=${() => this.#say('keep-writing')}>
          ${this.t('placeholder.keep')}
        </button>
        <button class="button primary" type="button" @click=${() => this.#say('send-anyway')}>
          ${this.t('placeholder.send')}
        </button>
      </footer>
    </dialog>`;
  }

  #say(what: 'send-anyway' | 'keep-writing') {
    this.dispatchEvent(new CustomEvent(what));
  }
}

customElements.define('balie-placeholder-dialog', PlaceholderDialog);
