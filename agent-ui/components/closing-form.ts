import { css, html, nothing } from 'lit';
import type { ClosingForm as Form } from '../../protocol/agent-frames.ts';
import type { ConversationId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import { buttonStyles } from '../primitives/button.ts';
import { fieldStyles } from '../primitives/field.ts';
import { reset } from '../primitives/reset.ts';
import { ConsoleElement } from './console-element.ts';

/** What the queue asks once a chat is over; saving it closes the tab. */
export class ClosingForm extends ConsoleElement {
  static override properties = { conversation: {}, form: { attribute: false } };
  static override styles = [
    reset,
    buttonStyles,
    fieldStyles,
    css`
      :host {
        display: block;
        width: 100%;
        max-width: var(--column);
        margin: 0 auto;
        padding: 0 var(--space-24) var(--space-24);
      }

      form {
        display: grid;
        gap: var(--space-12);
        padding: var(--space-16);
        border: 1px solid var(--edge-strong);
        border-radius: var(--radius-card);
        background: var(--paper-raised);
      }

      h3 {
        font-size: var(--text-14);
        font-weight: 600;
      }

      footer {
        display: flex;
        justify-content: flex-end;
        gap: var(--space-8);
      }
    `,
  ];

  declare conversation: ConversationId;
  declare form: Form;

  override render() {
    const { categories, required } = this.form;
    return html`<form @submit=${this.#onSubmit}>
      <h3>${this.t('closing.title')}</h3>
      <div class="field">
        <label for="category">${this.t('closing.category')}</label>
        <select id="category" ?required=${required}>
          <option value="">${this.t('closing.choose')}</option>
          ${categories.map((category) => html`<option>${category}</option>`)}
        </select>
      </div>
      <div class="field">
        <label for="note">${this.t('closing.note')}</label>
        <textarea id="note" rows="2" maxlength=${limits.noteLength}></textarea>
      </div>
      <footer>
        ${
          required
            ? nothing
            : html`<button
                class="button"
                type="button"
                @click=${() => this.act({ type: 'close', conversation: this.conversation })}
              >
                ${this.t('closing.skip')}
              </button>`
        }
        <button class="button primary">${this.t('closing.save')}</button>
      </footer>
    </form>`;
  }

  #onSubmit(event: SubmitEvent) {
    event.preventDefault();
    const category = this.renderRoot.querySelector('select')?.value ?? '';
    const note = this.renderRoot.querySelector('textarea')?.value.trim() ?? '';
    this.act({ type: 'classify', conversation: this.conversation, category, note });
  }
}

customElements.define('balie-closing-form', ClosingForm);
