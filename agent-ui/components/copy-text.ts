import { css, html } from 'lit';
import { icon } from '../icons.ts';
import { buttonStyles } from '../primitives/button.ts';
import { reset } from '../primitives/reset.ts';
import { ConsoleElement } from './console-element.ts';

/** Something to take along: shown as it is, with a button that copies it. */
export class CopyText extends ConsoleElement {
  static override properties = { text: {}, label: {}, isCopied: { state: true } };
  static override styles = [
    reset,
    buttonStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: var(--space-8);
        align-items: start;
      }

      pre {
        max-height: 26rem;
        margin: 0;
        padding: var(--space-8) var(--space-12);
        overflow: auto;
        border: 1px solid var(--edge);
        border-radius: var(--radius-control);
        background: var(--paper-sunk);
        font:
          var(--text-12) / 1.5 ui-monospace,
          "SF Mono",
          Menlo,
          Consolas,
          monospace;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        user-select: all;
      }
    `,
  ];

  declare text: string;
  declare label: string;
  declare isCopied: boolean;

  constructor() {
    super();
    this.isCopied = false;
  }

  override render() {
    return html`
      <pre tabindex="0" role="region" aria-label=${this.label}>${this.text}</pre>
      <button class="button" type="button" aria-label="${this.t('copy.label', { what: this.label })}" @click=${this.#copy}>
        ${icon(this.isCopied ? 'check' : 'copy')}${this.t(this.isCopied ? 'copy.done' : 'copy.copy')}
      </button>
    `;
  }

  readonly #copy = async () => {
    try {
      await navigator.clipboard.writeText(this.text);
      this.isCopied = true;
    } catch {
      // Without the right to the clipboard the text is at least chosen, so that the keys can copy it.
      const pre = this.renderRoot.querySelector('pre');
      if (pre) getSelection()?.selectAllChildren(pre);
    }
  };
}

customElements.define('balie-copy-text', CopyText);
