import { type CSSResultGroup, html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { type IconName, icon } from '../../icons.ts';
import { ModalController } from '../../primitives/dialog.ts';
import { FormValues } from '../../primitives/form.ts';
import type { Resource } from '../../state/resource.ts';
import type { Answer, Problem } from '../../state/rest.ts';
import type { TextKey } from '../../texts.ts';
import { ConsolePage } from '../console-page.ts';
import { pageStyles } from '../page-styles.ts';

/** What stands in one column of the list, beside the name that opens the dialog. */
export interface Column<Item> {
  readonly label: TextKey;
  readonly isNumber?: boolean;
  readonly cell: (item: Item) => unknown;
}

/** Where a list is kept, and what it is called. */
export interface ListKind {
  /** Of all of them; one has its id behind it. */
  readonly path: string;
  /** What the answer calls them. */
  readonly member: string;
  readonly change: 'PUT' | 'PATCH';
  readonly title: TextKey;
  readonly about?: TextKey;
  readonly name: TextKey;
  readonly make: TextKey;
  readonly makeIcon?: IconName;
  /** What sends a new one off, where that does more than keep it. */
  readonly send?: TextKey;
  /** Said instead of an empty list. */
  readonly none?: TextKey;
  readonly isWide?: boolean;
}

/**
 * A list, and the dialog in which one of it is made or changed: what is there, what is on its way, what went wrong, and
 * what is being edited. A page says its columns and its form. After each change the list is read anew.
 */
export abstract class EditingPage<Item extends { readonly id: string }> extends ConsolePage {
  static override properties: PropertyDeclarations = { editing: { state: true } };
  static override styles: CSSResultGroup = pageStyles;

  declare protected editing: Item | 'new' | null;
  #list: Resource<Readonly<Record<string, readonly Item[]>>> | undefined;

  constructor() {
    super();
    this.editing = null;
    new ModalController(this, {
      isOpen: () => this.editing !== null,
      onLeave: () => this.leave(() => this.edit(null)),
    });
  }

  protected abstract readonly kind: ListKind;
  protected abstract readonly columns: readonly Column<Item>[];
  protected abstract nameOf(item: Item): string;
  /** Of a new one where `item` is null. */
  protected abstract fields(item: Item | null, problem: Problem | null): TemplateResult;
  /** What is sent of what was entered; null where it can't be, and the form says why. */
  protected abstract bodyOf(values: FormValues, item: Item | null): object | null;

  override connectedCallback() {
    super.connectedCallback();
    this.#list ??= this.resource(this.kind.path);
  }

  override render() {
    const { value, problem, busy } = this.#state;
    return html`<div class="page" aria-busy=${busy ? 'true' : nothing}>
        ${this.heading()} ${this.editing === null ? this.problem(problem) : nothing}
        ${value ? this.list(this.items) : nothing} ${this.below()}
      </div>
      ${this.dialog()}`;
  }

  protected get items(): readonly Item[] {
    return this.#state.value?.[this.kind.member] ?? [];
  }

  protected heading(): TemplateResult {
    const { title, about, make, makeIcon = 'plus' } = this.kind;
    return html`<div class="head">
        <h1>${this.t(title)}</h1>
        <button class="button primary" type="button" @click=${() => this.edit('new')}>
          ${icon(makeIcon)}${this.t(make)}
        </button>
      </div>
      ${about ? html`<p class="soft">${this.t(about)}</p>` : nothing}`;
  }

  protected list(items: readonly Item[]): TemplateResult {
    const { none, name } = this.kind;
    if (none && items.length === 0) return html`<p class="nothing">${this.t(none)}</p>`;
    return html`<div class="scroll">
      <table>
        <thead>
          <tr>
            <th>${this.t(name)}</th>
            ${this.columns.map(({ label, isNumber }) => html`<th class=${isNumber ? 'number' : ''}>${this.t(label)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${items.map((item) => this.#row(item))}
        </tbody>
      </table>
    </div>`;
  }

  /** What else stands on the page. */
  protected below(): TemplateResult | typeof nothing {
    return nothing;
  }

  protected dialog(): TemplateResult {
    const { editing } = this;
    return html`<dialog class=${this.kind.isWide ? 'wide' : ''} aria-labelledby="editing-title">
      ${editing === null ? nothing : this.editor(editing === 'new' ? null : editing)}
    </dialog>`;
  }

  protected editor(item: Item | null): TemplateResult {
    const { make, send = 'form.save' } = this.kind;
    const { problem, busy } = this.#state;
    return html`
      <h2 id="editing-title">${item ? this.nameOf(item) : this.t(make)}</h2>
      <form @submit=${this.#onSubmit} @input=${this.touched}>
        ${this.problem(problem)} ${this.fields(item, problem)}
        <footer>
          ${item ? this.deeds(item) : nothing}
          <button class="button" type="button" @click=${() => this.edit(null)}>${this.t('form.cancel')}</button>
          <button class="button primary" ?disabled=${busy}>${this.t(item ? 'form.save' : send)}</button>
        </footer>
      </form>
    `;
  }

  /** What can be done with one beside changing it. */
  protected deeds(item: Item): TemplateResult | typeof nothing {
    return html`<button class="button quiet" type="button" @click=${() => this.changeAndClose('DELETE', this.pathOf(item))}>
      ${icon('trash-2')}${this.t('form.delete')}
    </button>`;
  }

  protected edit(editing: Item | 'new' | null): void {
    this.editing = editing;
    this.untouched();
    this.#list?.forgetProblem();
  }

  /** Of what was just made. */
  protected made(_made: unknown): void {
    this.edit(null);
  }

  protected pathOf({ id }: Item): string {
    return `${this.kind.path}/${id}`;
  }

  protected async change<Made>(...request: Parameters<Resource<unknown>['change']>): Promise<Answer<Made> | undefined> {
    return this.#list?.change<Made>(...request);
  }

  protected async changeAndClose(...request: Parameters<Resource<unknown>['change']>): Promise<void> {
    const answer = await this.change(...request);
    if (answer?.ok) this.edit(null);
  }

  protected async save(item: Item | null, body: object): Promise<void> {
    if (item) return this.changeAndClose(this.kind.change, this.pathOf(item), body);
    const answer = await this.change('POST', this.kind.path, body);
    if (answer?.ok) this.made(answer.value);
  }

  get #state() {
    return this.#list?.store.get() ?? { value: null, problem: null, busy: true };
  }

  #row(item: Item) {
    return html`<tr>
      <td>
        <button class="link" type="button" @click=${() => this.edit(item)}><bdi>${this.nameOf(item)}</bdi></button>
      </td>
      ${this.columns.map(({ isNumber, cell }) => html`<td class=${isNumber ? 'number' : ''}>${cell(item)}</td>`)}
    </tr>`;
  }

  readonly #onSubmit = async (event: SubmitEvent) => {
    const values = new FormValues(event);
    if (this.editing === null) return;
    const item = this.editing === 'new' ? null : this.editing;
    const body = this.bodyOf(values, item);
    if (body) await this.save(item, body);
  };
}
