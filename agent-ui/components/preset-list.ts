import { css, html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Preset } from '../../protocol/http.ts';
import type { QueueId } from '../../protocol/ids.ts';
import { fieldStyles } from '../primitives/field.ts';
import { reset } from '../primitives/reset.ts';
import { findPresets, inFolders } from '../state/presets.ts';
import { ConsoleElement } from './console-element.ts';

/**
 * A searchable list over the composer, after the ARIA practices for a combobox: the focus stays in the search, arrows
 * walk, Enter chooses. Says so with `choose-preset` (its text) and `leave-presets`.
 */
export class PresetList extends ConsoleElement {
  static override properties = {
    presets: { attribute: false },
    queue: {},
    search: { state: true },
    at: { state: true },
  };
  static override styles = [
    reset,
    fieldStyles,
    css`
      :host {
        position: absolute;
        inset-inline: 0;
        bottom: 100%;
        z-index: 2;
        margin-bottom: var(--space-4);
      }

      .box {
        display: grid;
        gap: var(--space-8);
        padding: var(--space-8);
        border: 1px solid var(--edge);
        border-radius: var(--radius-card);
        background: var(--paper-raised);
        box-shadow: var(--shadow);
      }

      .list {
        max-height: min(20rem, 45vh);
        overflow-y: auto;
      }

      h4 {
        margin: 0;
        padding: var(--space-8) var(--space-8) var(--space-4);
        color: var(--ink-soft);
        font-size: var(--text-12);
        font-weight: 600;
      }

      [role='option'] {
        padding: var(--space-4) var(--space-8);
        border-radius: var(--radius-control);
        cursor: pointer;
      }

      [role='option'][aria-selected='true'] {
        background: var(--accent-soft);
      }

      @media (forced-colors: active) {
        [role='option'][aria-selected='true'] {
          outline: 2px solid Highlight;
          outline-offset: -2px;
        }
      }

      .title {
        font-weight: 500;
      }

      .text {
        display: block;
        overflow: hidden;
        color: var(--ink-soft);
        font-size: var(--text-12);
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .none {
        padding: var(--space-8);
        color: var(--ink-soft);
      }
    `,
  ];

  /** Null until they have come. */
  declare presets: readonly Preset[] | null;
  declare queue: QueueId | null;
  declare protected search: string;
  declare protected at: number;

  constructor() {
    super();
    this.presets = null;
    this.queue = null;
    this.search = '';
    this.at = 0;
  }

  override render() {
    const found = this.#found();
    const chosen = found[this.at];
    return html`<div class="box">
      <div class="field">
        <input
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls="list"
          aria-autocomplete="list"
          aria-activedescendant=${chosen ? `option-${chosen.id}` : nothing}
          aria-label=${this.t('preset.search')}
          placeholder=${this.t('preset.search')}
          autocomplete="off"
          .value=${live(this.search)}
          @input=${this.#onInput}
          @keydown=${this.#onKey}
          @blur=${this.#leave}
        />
      </div>
      <div id="list" class="list" role="listbox" aria-label=${this.t('preset.list')} @mousedown=${keepFocus}>
        ${inFolders(found).map(
          ({ name, presets }) =>
            html`<div role="group" aria-label=${name || this.t('preset.general')}>
              ${name ? html`<h4 aria-hidden="true"><bdi>${name}</bdi></h4>` : nothing}
              ${presets.map((preset) => this.#option(preset, preset === chosen))}
            </div>`,
        )}
        ${found.length === 0 ? html`<p class="none">${this.#nothingWords()}</p>` : nothing}
      </div>
      <span class="unseen" role="status">${this.t('preset.found', { count: found.length })}</span>
    </div>`;
  }

  override firstUpdated() {
    this.renderRoot.querySelector('input')?.focus();
  }

  override updated() {
    this.renderRoot.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  #found(): Preset[] {
    const found = findPresets(this.presets ?? [], this.queue, this.search);
    return inFolders(found).flatMap(({ presets }) => presets);
  }

  #nothingWords() {
    if (this.presets === null) return this.t('preset.loading');
    return this.t(this.search ? 'preset.nothing' : 'preset.none');
  }

  #option({ id, title, text }: Preset, isChosen: boolean) {
    return html`<div
      id="option-${id}"
      role="option"
      aria-selected=${isChosen}
      aria-label=${title}
      @click=${() => this.#choose(text)}
    >
      <bdi class="title">${title}</bdi>
      <bdi class="text">${text}</bdi>
    </div>`;
  }

  #onInput(event: Event) {
    this.search = (event.target as HTMLInputElement).value;
    this.at = 0;
  }

  #onKey(event: KeyboardEvent) {
    const found = this.#found();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length > 0) this.at = (this.at + step + found.length) % found.length;
    const chosen = found[this.at];
    if (event.key === 'Enter' && chosen && !event.isComposing) this.#choose(chosen.text);
    if (event.key === 'Escape') this.#leave();
    if (!step && event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
  }

  #choose(text: string) {
    this.dispatchEvent(new CustomEvent('choose-preset', { detail: text }));
  }

  #leave() {
    this.dispatchEvent(new CustomEvent('leave-presets'));
  }
}

/** A press in the list must not take the focus from the search, whose loss closes it. */
const keepFocus = (event: Event) => event.preventDefault();

customElements.define('balie-preset-list', PresetList);
