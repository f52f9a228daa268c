import { css, html } from 'lit';
import { buttonStyles } from '../primitives/button.ts';
import { dialogStyles, ModalController } from '../primitives/dialog.ts';
import { reset } from '../primitives/reset.ts';
import type { TextKey } from '../texts.ts';
import { ConsoleElement } from './console-element.ts';

const keys: [text: TextKey, keys: string[]][] = [
  ['keys.walk', ['Alt + ↑', 'Alt + ↓']],
  ['keys.accept', ['Ctrl + Enter']],
  ['keys.decline', ['Ctrl + Backspace']],
  ['keys.message', ['Alt + M']],
  ['keys.send', ['Enter']],
  ['keys.preset', ['/']],
  ['keys.private', ['Alt + P']],
  ['keys.break', ['Shift + Enter']],
  ['keys.close', ['Alt + W']],
  ['keys.escape', ['Esc']],
  ['keys.help', ['?']],
];

export class KeysDialog extends ConsoleElement {
  static override properties = { open: { type: Boolean } };
  static override styles = [
    reset,
    buttonStyles,
    dialogStyles,
    css`
      dl {
        display: grid;
        gap: var(--space-8);
        padding-top: var(--space-8);
        color: var(--ink);
      }

      dl > div,
      dd {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-4) var(--space-16);
        align-items: start;
        justify-content: end;
      }

      dt {
        flex: 1;
        min-width: min-content;
      }

      dd {
        gap: var(--space-4);
      }

      kbd {
        padding: 1px 6px;
        border: 1px solid var(--edge-strong);
        border-radius: var(--radius-control);
        font: inherit;
        font-size: var(--text-12);
        white-space: nowrap;
      }
    `,
  ];

  declare open: boolean;

  constructor() {
    super();
    this.open = false;
    new ModalController(this, { isOpen: () => this.open, onLeave: () => this.#close() });
  }

  override render() {
    return html`<dialog aria-labelledby="title">
      <h2 id="title">${this.t('keys.title')}</h2>
      <dl>
        ${keys.map(
          ([text, names]) => html`<div>
            <dt>${this.t(text)}</dt>
            <dd>${names.map((name) => html`<kbd>${name}</kbd>`)}</dd>
          </div>`,
        )}
      </dl>
      <footer>
        <button class="button primary" type="button" data-autofocus @click=${this.#close}>${this.t('keys.done')}</button>
      </footer>
    </dialog>`;
  }

  #close() {
    this.dispatchEvent(new CustomEvent('hide-keys'));
  }
}

customElements.define('balie-keys-dialog', KeysDialog);
