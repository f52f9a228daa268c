import { css, html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import type { ChatLogChoices } from '../../../protocol/chat-log.ts';
import { icon } from '../../icons.ts';
import { buttonStyles } from '../../primitives/button.ts';
import { fieldStyles, selectField } from '../../primitives/field.ts';
import { reset } from '../../primitives/reset.ts';
import { everything, filtersIn, type LogSearch, outcomes } from '../../state/log-search.ts';
import { ConsoleElement } from '../console-element.ts';

/** Asks for another search than the one that stands. */
export class SearchEvent extends Event {
  readonly search: LogSearch;

  constructor(search: LogSearch) {
    super('search-log', { bubbles: true, composed: true });
    this.search = search;
  }
}

/** One field for words, and what narrows them in plain fields, folded away until they are wanted. */
export class LogFilters extends ConsoleElement {
  static override properties = {
    search: { attribute: false },
    choices: { attribute: false },
    problem: {},
    isOpen: { state: true },
  };
  static override styles = [
    reset,
    buttonStyles,
    fieldStyles,
    css`
      form {
        display: grid;
        gap: var(--space-8);
      }

      .words {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: var(--space-8);
      }

      .box {
        position: relative;
      }

      .box svg {
        position: absolute;
        inset-block-start: 50%;
        inset-inline-start: var(--space-8);
        translate: 0 -50%;
        color: var(--ink-soft);
        pointer-events: none;
      }

      .field .box input {
        padding-inline-start: var(--space-32);
      }

      .grid {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(140px, 100%), 1fr));
        gap: var(--space-8);
      }

      .grid input,
      .grid .field {
        min-width: 0;
      }

      .grid[hidden] {
        display: none;
      }

      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-4);
      }

      .problem {
        color: var(--red);
        font-size: var(--text-12);
      }

      .problem:empty {
        display: none;
      }
    `,
  ];

  declare search: LogSearch;
  declare choices: ChatLogChoices | null;
  /** In words, where what was asked for can't be searched for. */
  declare problem: string;
  declare protected isOpen: boolean | null;

  constructor() {
    super();
    this.search = everything;
    this.choices = null;
    this.problem = '';
    this.isOpen = null;
  }

  override render() {
    const count = filtersIn(this.search);
    const isOpen = this.isOpen ?? count > 0;
    return html`<form role="search" @submit=${this.#onSubmit}>
      <div class="words">
        <div class="field">
          <label for="text" class="unseen">${this.t('log.search')}</label>
          <div class="box">
            ${icon('search', 16)}
            <input
              id="text"
              type="search"
              maxlength="300"
              autocomplete="off"
              spellcheck="false"
              placeholder=${this.t('log.search')}
              .value=${live(this.search.text)}
              aria-describedby="hint problem"
              aria-invalid=${this.problem ? 'true' : nothing}
              @search=${this.#onCleared}
            />
          </div>
        </div>
        <button class="button primary" type="submit">${this.t('log.find')}</button>
      </div>
      <p class="problem" id="problem" role="alert">${this.problem}</p>
      <div class="row">
        <button
          class="button quiet"
          type="button"
          aria-expanded=${isOpen ? 'true' : 'false'}
          aria-controls="filters"
          @click=${() => {
            this.isOpen = !isOpen;
          }}
        >
          ${icon('list-checks', 16)} ${count > 0 ? this.t('log.filters.some', { count }) : this.t('log.filters')}
        </button>
        ${
          count > 0 || this.search.text
            ? html`<button class="button quiet" type="button" @click=${() => this.#ask(everything)}>
                ${icon('x', 16)} ${this.t('log.clear')}
              </button>`
            : nothing
        }
        <slot></slot>
      </div>
      <div class="grid" id="filters" ?hidden=${!isOpen}>${this.#filters()}</div>
      <p class="hint" id="hint" ?hidden=${!isOpen}>${this.t('log.search.hint')}</p>
    </form>`;
  }

  /** From anywhere on the page. */
  focusWords() {
    const field = this.renderRoot.querySelector<HTMLInputElement>('#text');
    field?.focus();
    field?.select();
  }

  #filters() {
    const { queues = [], agents = [], categories = [] } = this.choices ?? {};
    const named = (all: readonly { id: string; name: string }[]) =>
      all.map(({ id, name }) => ({ value: id, label: name }));
    return html`
      ${this.#select('queue', this.t('log.queue'), named(queues))}
      ${this.#select('agent', this.t('log.agent'), named(agents))}
      ${this.#select(
        'category',
        this.t('log.category'),
        categories.map((name) => ({ value: name, label: name })),
      )}
      ${this.#select(
        'outcome',
        this.t('log.outcome'),
        outcomes.map((one) => ({ value: one, label: this.t(`log.outcome.${one}`) })),
      )}
      ${this.#input('from', this.t('log.from'), 'date')} ${this.#input('until', this.t('log.until'), 'date')}
      ${this.#input('variable', this.t('log.variable'), 'text')} ${this.#input('value', this.t('log.value'), 'text')}
    `;
  }

  #select(id: 'queue' | 'agent' | 'category' | 'outcome', label: string, options: { value: string; label: string }[]) {
    const value = this.search[id];
    // What a link asks for is shown, also where it is no choice any more.
    const known = options.some((option) => option.value === value) || value === '' ? [] : [{ value, label: value }];
    return selectField({
      id,
      label,
      value,
      options: [{ value: '', label: this.t('log.any') }, ...options, ...known],
      onChange: (chosen) => this.#ask({ ...this.#typed(), [id]: chosen }),
    });
  }

  #input(id: 'from' | 'until' | 'variable' | 'value', label: string, type: 'date' | 'text') {
    return html`<div class="field">
      <label for=${id}>${label}</label>
      <input
        id=${id}
        type=${type}
        autocomplete="off"
        maxlength=${type === 'text' ? '200' : nothing}
        .value=${live(this.search[id])}
        @change=${this.#onChange}
      />
    </div>`;
  }

  /** With what stands in the fields and was not sent off yet. */
  #typed(): LogSearch {
    const fields = [...this.renderRoot.querySelectorAll('input')].map(({ id, value }) => [id, value.trim()] as const);
    return { ...this.search, ...Object.fromEntries(fields) };
  }

  #ask(search: LogSearch) {
    this.dispatchEvent(new SearchEvent(search));
  }

  readonly #onSubmit = (event: Event) => {
    event.preventDefault();
    this.#ask(this.#typed());
  };

  readonly #onChange = (event: Event) => {
    const { id } = event.target as HTMLInputElement;
    const search = this.#typed();
    // One without the other asks for nothing yet.
    const isHalf = (id === 'variable' || id === 'value') && (search.variable === '') !== (search.value === '');
    if (!isHalf) this.#ask(search);
  };

  /** The platform's own cross empties the field and tells nobody else. */
  readonly #onCleared = () => {
    if (this.#typed().text === '' && this.search.text !== '') this.#ask(this.#typed());
  };
}

customElements.define('balie-log-filters', LogFilters);
