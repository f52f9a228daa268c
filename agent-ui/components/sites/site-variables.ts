import { css, html } from 'lit';
import type { SiteView } from '../../../protocol/http.ts';
import { limits } from '../../../protocol/limits.ts';
import { icon } from '../../icons.ts';
import { ConsolePage } from '../console-page.ts';
import { partStyles } from '../page-styles.ts';
import { SavingForm } from '../saving-form.ts';

interface Row {
  readonly name: string;
  readonly label: string;
  readonly masked: boolean;
}

/** What agents see of a visitor: under which label, in which order, and what of it only in part. */
export class SiteVariables extends ConsolePage {
  static override properties = {
    site: { attribute: false },
    rows: { state: true },
  };
  static override styles = [
    ...partStyles,
    css`
      /* A narrow window shows the table in part, rather than all of it too small to be read. */
      td > .field {
        min-width: 10rem;
      }

      td > .row {
        flex-wrap: nowrap;
      }
    `,
  ];

  declare site: SiteView;
  declare rows: readonly Row[] | null;
  readonly #form = new SavingForm(this, () => this.#save());

  constructor() {
    super();
    this.rows = null;
  }

  override render() {
    const rows = this.rows ?? rowsOf(this.site);
    return html`<form @submit=${this.#form.submit}>
      <p class="soft">${this.t('variables.about')}</p>
      ${this.problem(this.#form.trouble)}
      ${
        rows.length === 0
          ? html`<p class="nothing">${this.t('variables.none')}</p>`
          : html`<div class="scroll">
              <table>
                <thead>
                  <tr>
                    <th>${this.t('variables.name')}</th>
                    <th>${this.t('variables.label')}</th>
                    <th>${this.t('variables.masked')}</th>
                    <th><span class="unseen">${this.t('variables.order')}</span></th>
                  </tr>
                </thead>
                <tbody>
                  ${rows.map((row, index) => this.#row(row, index, rows.length))}
                </tbody>
              </table>
            </div>`
      }
      <div class="row">
        <button
          class="button"
          type="button"
          ?disabled=${rows.length >= limits.variables}
          @click=${() => this.#set([...rows, { name: '', label: '', masked: false }])}
        >
          ${icon('plus')}${this.t('variables.add')}
        </button>
      </div>
      ${this.#form.foot(this.texts)}
    </form>`;
  }

  #row({ name, label, masked }: Row, index: number, count: number) {
    const number = index + 1;
    return html`<tr>
      <td>${this.#text('variables.name.label', number, name, (value) => this.#edit(index, { name: value }), true)}</td>
      <td>${this.#text('variables.label.label', number, label, (value) => this.#edit(index, { label: value }), false)}</td>
      <td>
        <label class="check">
          <input
            type="checkbox"
            .checked=${masked}
            aria-label=${this.t('variables.masked.label', { number })}
            @change=${() => this.#edit(index, { masked: !masked })}
          />
        </label>
      </td>
      <td>
        <div class="row end">
          ${this.#move('variables.up', '↑', index, -1, index === 0)}
          ${this.#move('variables.down', '↓', index, 1, number === count)}
          <button
            class="button quiet"
            type="button"
            aria-label=${this.t('variables.remove', { number })}
            @click=${() => this.#set(this.#rows().filter((_, other) => other !== index))}
          >
            ${icon('trash-2')}
          </button>
        </div>
      </td>
    </tr>`;
  }

  #text(
    key: 'variables.name.label' | 'variables.label.label',
    number: number,
    value: string,
    onInput: (value: string) => void,
    required: boolean,
  ) {
    return html`<div class="field">
      <input
        aria-label=${this.t(key, { number })}
        .value=${value}
        maxlength=${limits.variableNameLength}
        ?required=${required}
        @input=${(event: Event) => onInput((event.target as HTMLInputElement).value)}
      />
    </div>`;
  }

  #move(key: 'variables.up' | 'variables.down', sign: string, index: number, by: number, isEdge: boolean) {
    return html`<button
      class="button quiet"
      type="button"
      aria-label=${this.t(key, { number: index + 1 })}
      ?disabled=${isEdge}
      @click=${() => this.#set(moved(this.#rows(), index, by))}
    >
      ${sign}
    </button>`;
  }

  #rows() {
    return this.rows ?? rowsOf(this.site);
  }

  #set(rows: readonly Row[]) {
    this.rows = rows;
    this.#form.touch();
  }

  #edit(index: number, change: Partial<Row>) {
    this.#set(this.#rows().map((row, other) => (other === index ? { ...row, ...change } : row)));
  }

  async #save() {
    const rows = this.#rows().map((row) => ({ ...row, name: row.name.trim(), label: row.label.trim() }));
    const answer = await this.rest.send('PATCH', `/sites/${this.site.id}`, {
      labels: Object.fromEntries(rows.filter(({ label }) => label).map(({ name, label }) => [name, label])),
      settings: { variables: rows.map(({ name, masked }) => ({ name, masked })) },
    });
    if (answer.ok) this.dispatchEvent(new CustomEvent('site-change'));
    return answer;
  }
}

/** Those with an order of their own first, then others that have a label. */
function rowsOf({ labels, settings }: SiteView): Row[] {
  const ordered = settings.variables.map(({ name, masked }) => ({ name, masked, label: labels[name] ?? '' }));
  const known = new Set(ordered.map(({ name }) => name));
  const others = Object.entries(labels).filter(([name]) => !known.has(name));
  return [...ordered, ...others.map(([name, label]) => ({ name, label, masked: false }))];
}

function moved(rows: readonly Row[], index: number, by: number): Row[] {
  const next = [...rows];
  const [row] = next.splice(index, 1);
  if (row) next.splice(index + by, 0, row);
  return next;
}

customElements.define('balie-site-variables', SiteVariables);
