import { html, nothing, type PropertyValues } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Preset } from '../../protocol/http.ts';
import type { ConversationId, QueueId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import { icon } from '../icons.ts';
import { buttonStyles } from '../primitives/button.ts';
import { filePicker, filesOfPaste } from '../primitives/file-picker.ts';
import { reset } from '../primitives/reset.ts';
import { fillPlaceholders, openPlaceholders, type Values } from '../state/presets.ts';
import { areReady, obstacleOf, type Upload, type UploadFlaw } from '../state/uploads.ts';
import { composerStyles, toolStyles } from './composer-styles.ts';
import { ConsoleElement } from './console-element.ts';
import './file-tray.ts';
import './placeholder-dialog.ts';
import './preset-list.ts';

/** What the box takes of a paste, in UTF-16 units: room to shorten what is too long, and not megabytes that stop the page. */
const holdable = 4 * limits.messageLength;

/** Where a message is written. Enter sends, Shift+Enter breaks the line. */
export class Composer extends ConsoleElement {
  static override properties = {
    conversation: {},
    queue: {},
    text: {},
    name: {},
    isPrivate: { type: Boolean },
    presets: { attribute: false },
    values: { attribute: false },
    uploads: { attribute: false },
    flaw: { attribute: false },
    arePresetsShown: { state: true },
    asked: { state: true },
  };
  static override styles = [reset, buttonStyles, toolStyles, composerStyles];

  declare conversation: ConversationId;
  declare queue: QueueId | null;
  declare text: string;
  declare name: string;
  declare isPrivate: boolean;
  /** Null until they have come. */
  declare presets: readonly Preset[] | null;
  /** What placeholders stand for in this chat. */
  declare values: Values;
  declare uploads: readonly Upload[];
  declare flaw: UploadFlaw | null;
  declare protected arePresetsShown: boolean;
  /** Placeholders without a value, while it is asked whether to send them as they are. */
  declare protected asked: readonly string[];

  constructor() {
    super();
    this.queue = null;
    this.text = '';
    this.name = '';
    this.isPrivate = false;
    this.presets = null;
    this.values = new Map();
    this.uploads = [];
    this.flaw = null;
    this.arePresetsShown = false;
    this.asked = [];
  }

  override render() {
    return html`
      <form class="box ${this.isPrivate ? 'private' : ''}" @submit=${this.#onSubmit}>
        ${this.arePresetsShown ? this.#presetList() : nothing} ${this.#toolbar()}
        <balie-file-tray
          .conversation=${this.conversation}
          .uploads=${this.uploads}
          .flaw=${this.flaw}
        ></balie-file-tray>
        <label class="unseen" for="text">${this.t('composer.label')}</label>
        <textarea
          id="text"
          dir="auto"
          rows="1"
          maxlength=${holdable}
          placeholder=${this.isPrivate ? this.t('private.placeholder') : this.t('composer.placeholder', { name: this.name })}
          .value=${live(this.text)}
          aria-describedby="hint"
          aria-invalid=${this.#overlong() > 0 ? 'true' : nothing}
          @input=${this.#onInput}
          @keydown=${this.#onKey}
          @paste=${this.#onPaste}
        ></textarea>
        <div class="foot">
          <div class="tools" id="hint" role="status">${this.#hint()}</div>
          ${this.#sendButton()}
        </div>
      </form>
      <p class="unseen" role="status">${this.#modeWords()}</p>
      ${
        this.asked.length > 0
          ? html`<balie-placeholder-dialog
              .names=${this.asked}
              @send-anyway=${this.#sendAnyway}
              @keep-writing=${this.#keepWriting}
            ></balie-placeholder-dialog>`
          : nothing
      }
    `;
  }

  #toolbar() {
    return html`<div class="toolbar" role="group" aria-label=${this.t('tools.label')}>
      <button class="button quiet" type="button" aria-expanded=${this.arePresetsShown} @click=${this.#showPresets}>
        ${icon('text-quote', 16)} <span class="word">${this.t('preset.open')}</span>
      </button>
      <slot name="tools"></slot>
      <button
        class="button quiet ${this.isPrivate ? 'on' : ''}"
        type="button"
        aria-pressed=${this.isPrivate}
        @click=${this.#togglePrivate}
      >
        ${icon('eye', 16)} <span class="word">${this.t('private.toggle')}</span>
      </button>
      ${filePicker({ label: this.t('files.attach'), onFiles: (files) => this.#choose(files) })}
    </div>`;
  }

  #presetList() {
    return html`<balie-preset-list
      .presets=${this.presets}
      .queue=${this.queue}
      @choose-preset=${this.#onPreset}
      @leave-presets=${this.#leavePresets}
    ></balie-preset-list>`;
  }

  #hint() {
    const over = this.#overlong();
    if (over > 0) return html`<span class="bad">${this.t('composer.long', { count: over })}</span>`;
    const obstacle = obstacleOf(this.uploads);
    if (obstacle) return html`<span class="bad">${this.t(`files.obstacle.${obstacle}`)}</span>`;
    const open = openPlaceholders(this.text);
    if (open.length > 0)
      return html`<span class="amber">${icon('triangle-alert', 14)} ${this.t('placeholder.left', { names: inBraces(open) })}</span>`;
    if (this.isPrivate) return html`<span class="amber">${icon('eye', 14)} ${this.t('private.hint')}</span>`;
    return html`<span class="hint">${this.t('composer.hint')}</span>`;
  }

  /** Its name stays the same, so that who looks for it finds it; what it does now stands beside it. */
  #sendButton() {
    return html`<button
      class="button primary"
      aria-label=${this.t('composer.send')}
      aria-describedby="hint"
      ?disabled=${!this.#isSendable()}
    >
      ${this.t('composer.send')}
      ${this.isPrivate ? html`<span class="where">${this.t('private.mark')}</span>` : nothing} ${icon('send-horizontal', 16)}
    </button>`;
  }

  override willUpdate(changed: PropertyValues<this>) {
    const before = changed.get('isPrivate');
    if (before !== undefined && before !== this.isPrivate) this.#wasToggled = true;
  }

  #wasToggled = false;

  /** Only a change is worth a word, not what was so from the start. */
  #modeWords() {
    if (!this.#wasToggled) return nothing;
    return this.isPrivate ? this.t('private.on') : this.t('private.off', { name: this.name });
  }

  #isSendable(): boolean {
    const hasContent = this.text.trim() !== '' || this.uploads.length > 0;
    return hasContent && this.#overlong() <= 0 && areReady(this.uploads);
  }

  #overlong(): number {
    return [...this.text].length - limits.messageLength;
  }

  override updated() {
    if (CSS.supports('field-sizing', 'content')) return;
    const field = this.renderRoot.querySelector('textarea');
    if (!field) return;
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight}px`;
  }

  override focus() {
    this.renderRoot.querySelector('textarea')?.focus();
  }

  #onInput(event: Event) {
    const text = (event.target as HTMLTextAreaElement).value;
    this.act({ type: 'write', conversation: this.conversation, text });
  }

  #onKey(event: KeyboardEvent) {
    // While a word is being composed (Japanese, Chinese), Enter chooses it; Safari tells so by the key code alone.
    if (event.isComposing || event.keyCode === 229 || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === '/' && this.text === '') {
      event.preventDefault();
      this.#showPresets();
    }
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    this.#send();
  }

  #onSubmit(event: SubmitEvent) {
    event.preventDefault();
    this.#send();
    if (this.asked.length === 0) this.focus();
  }

  #send() {
    if (!this.#isSendable()) return;
    this.asked = openPlaceholders(this.text);
    if (this.asked.length === 0) this.#say();
  }

  #sendAnyway() {
    this.#keepWriting();
    this.#say();
  }

  #keepWriting() {
    this.asked = [];
    this.focus();
  }

  #say() {
    this.act({ type: 'say', conversation: this.conversation, text: this.text });
  }

  #togglePrivate() {
    this.act({ type: 'set-private', conversation: this.conversation, isPrivate: !this.isPrivate });
    this.focus();
  }

  #choose(files: readonly File[]) {
    this.#attach(files);
    this.focus();
  }

  #onPaste(event: ClipboardEvent) {
    this.#attach(filesOfPaste(event));
  }

  #attach(files: readonly File[]) {
    if (files.length > 0) this.act({ type: 'attach', conversation: this.conversation, files });
  }

  #showPresets() {
    this.act({ type: 'find-presets' });
    this.arePresetsShown = true;
  }

  #leavePresets() {
    if (!this.arePresetsShown) return;
    this.arePresetsShown = false;
    this.focus();
  }

  /** After what was written already, or in its place where there is nothing. */
  #onPreset(event: CustomEvent<string>) {
    const filled = fillPlaceholders(event.detail, this.values);
    const text = this.text.trim() ? `${this.text.trimEnd()}\n${filled}` : filled;
    this.act({ type: 'write', conversation: this.conversation, text });
    this.#leavePresets();
  }
}

const inBraces = (names: readonly string[]): string => names.map((name) => `{{${name}}}`).join(', ');

customElements.define('balie-composer', Composer);
