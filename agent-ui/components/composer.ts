import { css, html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import type { ConversationId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import { icon } from '../icons.ts';
import { buttonStyles } from '../primitives/button.ts';
import { reset } from '../primitives/reset.ts';
import { ConsoleElement } from './console-element.ts';

/** Where a message is written. Enter sends, Shift+Enter breaks the line. */
export class Composer extends ConsoleElement {
  static override properties = { conversation: {}, text: {}, name: {} };
  static override styles = [
    reset,
    buttonStyles,
    css`
      :host {
        display: block;
        width: 100%;
        max-width: var(--column);
        margin: 0 auto;
        padding: 0 var(--space-24) var(--space-16);
      }

      .box {
        border: 1px solid var(--edge-strong);
        border-radius: var(--radius-card);
        background: var(--paper);
      }

      .box:focus-within {
        outline: 2px solid var(--accent);
        outline-offset: -1px;
      }

      textarea {
        display: block;
        width: 100%;
        min-height: 4.5rem;
        max-height: 12rem;
        padding: var(--space-12);
        border: 0;
        background: none;
        color: var(--ink);
        font: inherit;
        line-height: 1.5;
        resize: none;
        field-sizing: content;
      }

      textarea:focus-visible {
        outline: none;
      }

      textarea::placeholder {
        color: var(--ink-soft);
        opacity: 1;
      }

      .toolbar {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--space-4);
        padding: var(--space-4) var(--space-4) 0;
      }

      .foot {
        display: flex;
        align-items: center;
        gap: var(--space-8);
        padding: 0 var(--space-8) var(--space-8) var(--space-12);
        color: var(--ink-soft);
        font-size: var(--text-12);
      }

      .tools {
        flex: 1;
        min-width: 0;
      }

      .hint {
        display: block;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .tools .bad {
        color: var(--red);
      }

      .button {
        font-size: var(--text-14);
      }

      @media (pointer: coarse) {
        textarea {
          font-size: var(--text-16);
        }

        .hint {
          display: none;
        }
      }

      @media (max-width: 599px) {
        :host {
          padding: 0 var(--space-12) var(--space-12);
        }

        textarea {
          min-height: 3rem;
        }
      }
    `,
  ];

  declare conversation: ConversationId;
  declare text: string;
  declare name: string;

  constructor() {
    super();
    this.text = '';
    this.name = '';
  }

  override render() {
    const over = [...this.text].length - limits.messageLength;
    return html`
      <form class="box" @submit=${this.#onSubmit}>
        <div class="toolbar" role="group" aria-label=${this.t('tools.label')}><slot name="tools"></slot></div>
        <label class="unseen" for="text">${this.t('composer.label')}</label>
        <textarea
          id="text"
          dir="auto"
          rows="1"
          placeholder=${this.t('composer.placeholder', { name: this.name })}
          .value=${live(this.text)}
          aria-describedby="hint"
          aria-invalid=${over > 0 ? 'true' : nothing}
          @input=${this.#onInput}
          @keydown=${this.#onKey}
        ></textarea>
        <div class="foot">
          <div class="tools" id="hint" role="status">
            ${
              over > 0
                ? html`<span class="bad">${this.t('composer.long', { count: over })}</span>`
                : html`<span class="hint">${this.t('composer.hint')}</span>`
            }
          </div>
          <button class="button primary" ?disabled=${over > 0 || !this.text.trim()}>
            ${this.t('composer.send')} ${icon('send-horizontal', 16)}
          </button>
        </div>
      </form>
    `;
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
    if (event.key !== 'Enter' || event.shiftKey || event.altKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.#send();
  }

  #onSubmit(event: SubmitEvent) {
    event.preventDefault();
    this.#send();
    this.focus();
  }

  #send() {
    if (!this.text.trim() || [...this.text].length > limits.messageLength) return;
    this.act({ type: 'say', conversation: this.conversation, text: this.text });
  }
}

customElements.define('balie-composer', Composer);
