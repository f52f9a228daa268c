import { css, html } from 'lit';
import type { FileRef } from '../../protocol/entities.ts';
import type { ConversationId } from '../../protocol/ids.ts';
import { icon } from '../icons.ts';
import '../primitives/icon-button.ts';
import { reset } from '../primitives/reset.ts';
import { ConsoleElement } from './console-element.ts';

/** The picture of an offer's option: added, shown, taken away. Says so with `change-picture`, null for none. */
export class OptionPicture extends ConsoleElement {
  static override properties = {
    conversation: {},
    number: { type: Number },
    picture: { attribute: false },
    isFailed: { state: true },
  };
  static override styles = [
    reset,
    css`
      :host {
        display: inline-flex;
        gap: var(--space-4);
        align-items: center;
      }

      img {
        width: 32px;
        height: 32px;
        border-radius: var(--radius-control);
        object-fit: cover;
      }

      .bad {
        color: var(--red);
        font-size: var(--text-12);
      }
    `,
  ];

  declare conversation: ConversationId;
  declare number: number;
  declare picture: FileRef | null;
  declare protected isFailed: boolean;

  constructor() {
    super();
    this.picture = null;
    this.isFailed = false;
  }

  override render() {
    const { number, picture } = this;
    if (picture)
      return html`<img src="/files/${picture.id}/thumbnail" alt="" />
        <ui-icon-button label=${this.t('offer.picture.remove', { number })} @click=${() => this.#change(null)}>
          ${icon('x', 16)}
        </ui-icon-button>`;
    return html`<ui-icon-button label=${this.t('offer.picture.add', { number })} @click=${this.#choose}>
        ${icon('paperclip', 16)}
      </ui-icon-button>
      <input class="unseen" type="file" accept="image/*" tabindex="-1" aria-hidden="true" @change=${this.#onFile} />
      <span class="bad" role="alert">${this.isFailed ? this.t('files.failed.other') : ''}</span>`;
  }

  #choose() {
    this.renderRoot.querySelector('input')?.click();
  }

  #onFile(event: Event) {
    const input = event.target as HTMLInputElement;
    const [file] = input.files ?? [];
    input.value = '';
    if (!file) return;
    this.isFailed = false;
    const { conversation } = this;
    this.act({ type: 'upload-picture', conversation, file, onDone: (picture) => this.#onDone(picture) });
  }

  #onDone(picture: FileRef | null) {
    const isPicture = picture?.kind === 'image';
    this.isFailed = !isPicture;
    if (isPicture) this.#change(picture);
  }

  #change(picture: FileRef | null) {
    this.dispatchEvent(new CustomEvent('change-picture', { detail: picture }));
  }
}

customElements.define('balie-option-picture', OptionPicture);
