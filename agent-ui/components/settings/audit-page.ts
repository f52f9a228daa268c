import { css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { People } from '../../../protocol/administration.ts';
import type { AuditEntry, AuditPage as Entries } from '../../../protocol/audit.ts';
import { auditKinds } from '../../../protocol/codes.ts';
import { choiceField } from '../../primitives/form.ts';
import { type AuditChange, auditChanges, auditValue } from '../../state/audit-changes.ts';
import type { Resource } from '../../state/resource.ts';
import { isTextKey } from '../../texts.ts';
import { ConsolePage } from '../console-page.ts';
import { pageStyles } from '../page-styles.ts';
import { dayAndTimeOf } from '../times.ts';

const styles = css`
  dl {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
    gap: var(--space-4) var(--space-12);
    margin-top: var(--space-8);
  }

  dt {
    color: var(--ink-soft);
  }

  dd {
    overflow-wrap: anywhere;
  }

  del {
    color: var(--ink-soft);
  }

  ins {
    text-decoration: none;
  }

  summary {
    cursor: pointer;
  }
`;

/** Who changed what, the newest first. */
export class AuditPage extends ConsolePage {
  static override properties = { older: { state: true }, actor: { state: true }, kind: { state: true } };
  static override styles = [...pageStyles, styles];

  /** What stands before the page that is loaded. */
  declare older: readonly AuditEntry[];
  /** Whose deeds, and about what; empty is everybody's, about everything. */
  declare actor: string;
  declare kind: string;
  #log: Resource<Entries> | undefined;
  #people: Resource<People> | undefined;

  constructor() {
    super();
    this.older = [];
    this.actor = '';
    this.kind = '';
  }

  override connectedCallback() {
    super.connectedCallback();
    this.#log ??= this.resource<Entries>('/audit');
    this.#people ??= this.resource<People>('/people');
  }

  override render() {
    const { value, problem, busy } = this.#log?.store.get() ?? { value: null, problem: null, busy: true };
    const entries = [...this.older, ...(value?.entries ?? [])];
    const none = this.t(this.actor || this.kind ? 'audit.nothing' : 'audit.none');
    return html`<div class="page">
      <div class="head"><h1>${this.t('audit.title')}</h1></div>
      <p class="soft">${this.t('audit.about')}</p>
      ${this.#filters()} ${this.problem(problem)}
      ${entries.length > 0 ? this.#table(entries) : busy ? nothing : html`<p class="nothing">${none}</p>`}
      ${
        value?.next
          ? html`<div class="row">
              <button class="button" type="button" ?disabled=${busy} @click=${this.#more}>${this.t('audit.more')}</button>
            </div>`
          : nothing
      }
    </div>`;
  }

  #filters() {
    const people = this.#people?.store.get().value?.people ?? [];
    const others = (['operator', 'stranger'] as const).map((id) => ({ value: id, label: this.t(`audit.by.${id}`) }));
    return html`<div class="pair">
      ${choiceField({
        name: 'actor',
        label: this.t('audit.who'),
        value: this.actor,
        options: [
          { value: '', label: this.t('audit.everybody') },
          ...people.map(({ id, name }) => ({ value: id as string, label: name })),
          ...others,
        ],
        onChange: (actor) => this.#filter({ actor }),
      })}
      ${choiceField({
        name: 'kind',
        label: this.t('audit.subject'),
        value: this.kind,
        options: [
          { value: '', label: this.t('audit.everything') },
          ...auditKinds.map((kind) => ({ value: kind, label: this.t(`audit.kind.${kind}`) })),
        ],
        onChange: (kind) => this.#filter({ kind }),
      })}
    </div>`;
  }

  #table(entries: readonly AuditEntry[]) {
    return html`<div class="scroll">
      <table>
        <thead>
          <tr>
            <th>${this.t('audit.when')}</th>
            <th>${this.t('audit.who')}</th>
            <th>${this.t('audit.what')}</th>
            <th>${this.t('audit.change')}</th>
          </tr>
        </thead>
        <tbody>
          ${repeat(
            entries,
            ({ id }) => id,
            (entry) => this.#row(entry),
          )}
        </tbody>
      </table>
    </div>`;
  }

  #row({ at, actor, action, target, before, after, address }: AuditEntry) {
    return html`<tr>
      <td><time datetime=${new Date(at).toISOString()}>${dayAndTimeOf(at, Date.now(), this.texts)}</time></td>
      <td>
        <bdi>${this.#by(actor)}</bdi>${address ? html`<br /><span class="small soft">${address}</span>` : nothing}
      </td>
      <td>
        ${this.#words(action)}${target ? html`<br /><bdi class="small soft">${target.name || target.id}</bdi>` : nothing}
      </td>
      <td>${this.#changes(auditChanges(before, after))}</td>
    </tr>`;
  }

  #by({ id, name }: AuditEntry['actor']) {
    return id === 'operator' || id === 'stranger' ? this.t(`audit.by.${id}`) : name;
  }

  /** A deed that this console has no words for yet is told by its name. */
  #words(action: string) {
    const key = `audit.${action}`;
    return isTextKey(key) ? this.t(key) : html`<code>${action}</code>`;
  }

  #changes(changes: readonly AuditChange[]) {
    if (changes.length === 0) return nothing;
    return html`<details>
      <summary>${this.t('audit.fields', { count: changes.length })}</summary>
      <dl class="small">
        ${changes.map(
          ({ path, before, after }) => html`
            <dt>${this.#field(path)}</dt>
            <dd>
              ${before === undefined ? nothing : html`<del>${this.#value(before)}</del> <span aria-hidden="true">→</span> `}
              <ins>${this.#value(after)}</ins>
            </dd>
          `,
        )}
      </dl>
    </details>`;
  }

  /** What this console has no words for is told by its name in the API. */
  #field(path: string) {
    const key = `audit.field.${path}`;
    return isTextKey(key) ? this.t(key) : html`<code>${path}</code>`;
  }

  #value(value: unknown) {
    if (typeof value === 'boolean') return this.t(value ? 'audit.yes' : 'audit.no');
    const weekday = (day: number) => this.t(`weekday.${day as 1}`);
    return auditValue(value, weekday)?.slice(0, 500) ?? this.t('audit.empty');
  }

  #filter(change: { readonly actor?: string; readonly kind?: string }) {
    this.actor = change.actor ?? this.actor;
    this.kind = change.kind ?? this.kind;
    this.older = [];
    void this.#log?.load(this.#path());
  }

  #path(before?: string) {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries({ actor: this.actor, kind: this.kind, before }))
      if (value) query.set(name, value);
    return `/audit?${query}`;
  }

  readonly #more = async () => {
    const page = this.#log?.store.get().value;
    if (!page?.next) return;
    const before = this.older;
    this.older = [...before, ...page.entries];
    if (!(await this.#log?.load(this.#path(page.next)))) this.older = before;
  };
}

customElements.define('balie-audit-page', AuditPage);
