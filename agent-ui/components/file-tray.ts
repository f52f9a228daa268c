import { css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ConversationId } from '../../protocol/ids.ts';
import { icon } from '../icons.ts';
import '../primitives/icon-button.ts';
import { reset } from '../primitives/reset.ts';
import { plainLine } from '../state/plain-text.ts';
import { isFinal, type Upload, type UploadFlaw } from '../state/uploads.ts';
import { isTextKey } from '../texts.ts';
import { ConsoleElement } from './console-element.ts';
import { fileSize } from './file-size.ts';

/** The files that go with the next message: how far each is, and the way to take it back or try again. */
export class FileTray extends ConsoleElement {
  static override properties = {
    conversation: {},
    uploads: { attribute: false },
    flaw: { attribute: false },
  };
  static override styles = [
    reset,
    css`
      ul {
        display: grid;
        gap: var(--space-4);
        margin: 0;
        padding: var(--space-8) var(--space-12) 0;
        list-style: none;
      }

      li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto auto;
        gap: 0 var(--space-8);
        align-items: center;
        padding: var(--space-4) var(--space-4) var(--space-4) var(--space-12);
        border: 1px solid var(--edge);
        border-radius: var(--radius-control);
        background: var(--paper);
      }

      .name {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .about {
        color: var(--ink-soft);
        font-size: var(--text-12);
      }

      .bad {
        color: var(--red);
      }

      progress {
        grid-column: 1 / -1;
        width: 100%;
        height: 4px;
        accent-color: var(--accent);
      }

      p {
        padding: var(--space-8) var(--space-12) 0;
        color: var(--red);
        font-size: var(--text-12);
      }

      p:empty {
        display: none;
      }
    `,
  ];

  declare conversation: ConversationId;
  declare uploads: readonly Upload[];
  declare flaw: UploadFlaw | null;

  override render() {
    const { flaw, uploads } = this;
    return html`
      ${
        uploads.length > 0
          ? html`<ul aria-label=${this.t('files.attached')}>
              ${repeat(
                uploads,
                ({ key }) => key,
                (upload) => this.#row(upload),
              )}
            </ul>`
          : nothing
      }
      <p role="alert">${flaw ? this.t(`files.flaw.${flaw.reason}`, { name: plainLine(flaw.name) }) : nothing}</p>
    `;
  }

  #row({ key, file, state }: Upload) {
    const name = plainLine(file.name);
    const act = (type: 'unattach' | 'retry-upload') => () => this.act({ type, conversation: this.conversation, key });
    return html`<li>
      <span class="name"><bdi>${name}</bdi> <span class="about">${fileSize(file.size, this.texts)}</span></span>
      ${
        state.kind === 'failed' && !isFinal(state.code)
          ? html`<ui-icon-button label=${this.t('files.retry', { name })} @click=${act('retry-upload')}>
              ${icon('rotate-cw', 16)}
            </ui-icon-button>`
          : html`<span></span>`
      }
      <ui-icon-button label=${this.t('files.remove', { name })} @click=${act('unattach')}>${icon('x', 16)}</ui-icon-button>
      ${
        state.kind === 'sending'
          ? html`<progress max=${file.size} value=${state.sentBytes} aria-label=${this.t('files.progress', { name })}></progress>`
          : nothing
      }
      ${state.kind === 'failed' ? html`<span class="about bad" role="alert">${this.#failure(state.code)}</span>` : nothing}
    </li>`;
  }

  #failure(code: string) {
    const key = `files.failed.${code}`;
    return isTextKey(key) ? this.t(key) : this.t('files.failed.other');
  }
}

customElements.define('balie-file-tray', FileTray);
