import { css, html } from 'lit';
import { limits } from '../../../protocol/limits.ts';
import { icon } from '../../icons.ts';
import { buttonStyles } from '../../primitives/button.ts';
import { reset } from '../../primitives/reset.ts';
import { composerStyles } from '../composer-styles.ts';
import { ConsoleElement } from '../console-element.ts';

/** Where one whispers to the agents of a chat that one reads. What is written here can go to nobody else. */
export class WhisperBox extends ConsoleElement {
  static override properties = { text: { state: true } };
  static override styles = [
    reset,
    buttonStyles,
    composerStyles,
    css`
      :host {
        padding: 0 var(--space-16) var(--space-16);
      }
    `,
  ];

  declare protected text: string;

  constructor() {
    super();
    this.text = '';
  }

  override render() {
    const over = [...this.text].length - limits.messageLength;
    const isSendable = this.text.trim() !== '' && over <= 0;
    return html`<form class="box private" @submit=${this.#onSubmit}>
      <label class="unseen" for="text">${this.t('floor.whisper.label')}</label>
      <textarea
        id="text"
        dir="auto"
        rows="1"
        placeholder=${this.t('private.placeholder')}
        .value=${this.text}
        aria-describedby="hint"
        @input=${this.#onInput}
        @keydown=${this.#onKey}
      ></textarea>
      <div class="foot">
        <div class="tools" id="hint" role="status">
          ${
            over > 0
              ? html`<span class="bad">${this.t('composer.long', { count: over })}</span>`
              : html`<span class="amber">${icon('eye', 14)} ${this.t('floor.whisper.hint')}</span>`
          }
        </div>
        <button class="button primary" aria-describedby="hint" ?disabled=${!isSendable}>
          ${this.t('floor.whisper')} ${icon('send-horizontal', 16)}
        </button>
      </div>
    </form>`;
  }

  #onInput(event: Event) {
    this.text = (event.target as HTMLTextAreaElement).value;
  }

  #onKey(event: KeyboardEvent) {
    // While a word is being composed (Japanese, Chinese), Enter chooses it; Safari tells so by the key code alone.
    if (event.isComposing || event.keyCode === 229 || event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    this.#send();
  }

  #onSubmit(event: SubmitEvent) {
    event.preventDefault();
    this.#send();
    this.renderRoot.querySelector('textarea')?.focus();
  }

  #send() {
    if (this.text.trim() === '' || [...this.text].length > limits.messageLength) return;
    this.dispatchEvent(new CustomEvent('whisper', { detail: this.text }));
    this.text = '';
  }
}

customElements.define('balie-whisper-box', WhisperBox);
