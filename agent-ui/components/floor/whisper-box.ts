import { css, html } from 'lit';
import type { ConversationId } from '../../../protocol/ids.ts';
import { limits } from '../../../protocol/limits.ts';
import { icon } from '../../icons.ts';
import { buttonStyles } from '../../primitives/button.ts';
import { filePicker, filesOfPaste } from '../../primitives/file-picker.ts';
import { reset } from '../../primitives/reset.ts';
import { areReady, obstacleOf, type Upload, type UploadFlaw } from '../../state/uploads.ts';
import { composerStyles } from '../composer-styles.ts';
import { ConsoleElement } from '../console-element.ts';
import '../file-tray.ts';

/** Where one whispers to the agents of a chat that one reads. What is written or attached here can go to nobody else. */
export class WhisperBox extends ConsoleElement {
  static override properties = {
    conversation: {},
    uploads: { attribute: false },
    flaw: { attribute: false },
    text: { state: true },
  };
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

  declare conversation: ConversationId;
  declare uploads: readonly Upload[];
  declare flaw: UploadFlaw | null;
  declare protected text: string;

  constructor() {
    super();
    this.uploads = [];
    this.flaw = null;
    this.text = '';
  }

  override render() {
    return html`<form class="box private" @submit=${this.#onSubmit}>
      <div class="toolbar" role="group" aria-label=${this.t('tools.label')}>
        ${filePicker({ label: this.t('files.attach'), onFiles: (files) => this.#attach(files) })}
      </div>
      <balie-file-tray
        .conversation=${this.conversation}
        .uploads=${this.uploads}
        .flaw=${this.flaw}
      ></balie-file-tray>
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
        @paste=${(event: ClipboardEvent) => this.#attach(filesOfPaste(event))}
      ></textarea>
      <div class="foot">
        <div class="tools" id="hint" role="status">${this.#hint()}</div>
        <button class="button primary" aria-describedby="hint" ?disabled=${!this.#isSendable()}>
          ${this.t('floor.whisper')} ${icon('send-horizontal', 16)}
        </button>
      </div>
    </form>`;
  }

  #hint() {
    const over = this.#overlong();
    if (over > 0) return html`<span class="bad">${this.t('composer.long', { count: over })}</span>`;
    const obstacle = obstacleOf(this.uploads);
    if (obstacle) return html`<span class="bad">${this.t(`files.obstacle.${obstacle}`)}</span>`;
    return html`<span class="amber">${icon('eye', 14)} ${this.t('floor.whisper.hint')}</span>`;
  }

  #overlong(): number {
    return [...this.text].length - limits.messageLength;
  }

  #isSendable(): boolean {
    const hasContent = this.text.trim() !== '' || this.uploads.length > 0;
    return hasContent && this.#overlong() <= 0 && areReady(this.uploads);
  }

  #attach(files: readonly File[]) {
    if (files.length > 0) this.act({ type: 'attach', conversation: this.conversation, files });
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
    if (!this.#isSendable()) return;
    this.dispatchEvent(new CustomEvent('whisper', { detail: this.text }));
    this.text = '';
  }
}

customElements.define('balie-whisper-box', WhisperBox);
