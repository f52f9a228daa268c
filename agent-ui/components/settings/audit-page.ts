import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { AuditEntry, AuditPage as Entries } from '../../../protocol/audit.ts';
import '../../primitives/relative-time.ts';
import type { Resource } from '../../state/resource.ts';
import { isTextKey } from '../../texts.ts';
import { ConsolePage } from '../console-page.ts';
import { pageStyles } from '../page-styles.ts';
import { dayOf, timeOf } from '../times.ts';

/** Who changed what, the newest first. */
export class AuditPage extends ConsolePage {
  static override properties = { older: { state: true } };
  static override styles = pageStyles;

  /** What stands before the page that is loaded. */
  declare older: readonly AuditEntry[];
  #log: Resource<Entries> | undefined;

  constructor() {
    super();
    this.older = [];
  }

  override connectedCallback() {
    super.connectedCallback();
    this.#log ??= this.resource<Entries>('/audit');
  }

  override render() {
    const { value, problem, busy } = this.#log?.store.get() ?? { value: null, problem: null, busy: true };
    const entries = [...this.older, ...(value?.entries ?? [])];
    return html`<div class="page">
      <div class="head"><h1>${this.t('audit.title')}</h1></div>
      <p class="soft">${this.t('audit.about')}</p>
      ${this.problem(problem)}
      ${entries.length > 0 ? this.#table(entries) : busy ? nothing : html`<p class="nothing">${this.t('audit.none')}</p>`}
      ${
        value?.next
          ? html`<button class="button" type="button" ?disabled=${busy} @click=${this.#more}>
              ${this.t('audit.more')}
            </button>`
          : nothing
      }
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
      <td>${dayOf(at, Date.now(), this.texts)} ${timeOf(at, this.texts)}</td>
      <td><bdi>${actor.name}</bdi>${address ? html`<br /><span class="small soft">${address}</span>` : nothing}</td>
      <td>
        ${this.#words(action)}${target ? html`<br /><bdi class="small soft">${target.name || target.id}</bdi>` : nothing}
      </td>
      <td>${this.#changes(before, after)}</td>
    </tr>`;
  }

  /** A deed that this console has no words for yet is told by its name. */
  #words(action: string) {
    const key = `audit.${action}`;
    return isTextKey(key) ? this.t(key) : html`<code>${action}</code>`;
  }

  #changes(before: unknown, after: unknown) {
    if (!before && !after) return nothing;
    const was = (before ?? {}) as Record<string, unknown>;
    const is = (after ?? {}) as Record<string, unknown>;
    const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
    return html`<details>
      <summary>${this.t('audit.fields', { count: names.length })}</summary>
      ${names.map(
        (name) =>
          html`<p class="small">
            <code>${name}</code>: ${name in was ? html`<del><code>${textOf(was[name])}</code></del>` : nothing}
            ${name in is ? html`<ins><code>${textOf(is[name])}</code></ins>` : nothing}
          </p>`,
      )}
    </details>`;
  }

  readonly #more = async () => {
    const page = this.#log?.store.get().value;
    if (!page?.next) return;
    const before = this.older;
    this.older = [...before, ...page.entries];
    if (!(await this.#log?.load(`/audit?before=${page.next}`))) this.older = before;
  };
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 300);

customElements.define('balie-audit-page', AuditPage);
