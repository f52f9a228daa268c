import { html, nothing } from 'lit';
import type { SiteView } from '../../../protocol/http.ts';
import type { SiteId } from '../../../protocol/ids.ts';
import { limits } from '../../../protocol/limits.ts';
import type { Erasures, HoldChange, NewExport, PersonQuery, PersonSummary } from '../../../protocol/privacy.ts';
import { icon } from '../../icons.ts';
import { ModalController } from '../../primitives/dialog.ts';
import { choiceField, FormValues, inputField } from '../../primitives/form.ts';
import type { Resource } from '../../state/resource.ts';
import type { Problem } from '../../state/rest.ts';
import { ConsolePage } from '../console-page.ts';
import { fileSize } from '../file-size.ts';
import { momentOf } from '../times.ts';
import { privacyStyles } from './privacy-styles.ts';

/** Whom was looked for, and what is kept of them. */
interface Found {
  readonly person: PersonQuery;
  readonly summary: PersonSummary;
}

/** While something is being erased, how it gets on is looked at this often. */
const lookEveryMs = 1500;

/** What is kept of one visitor: found, handed out, erased. */
export class PrivacyPage extends ConsolePage {
  static override properties = {
    found: { state: true },
    trouble: { state: true },
    isBusy: { state: true },
    isErasing: { state: true },
    typed: { state: true },
    notice: { state: true },
  };
  static override styles = privacyStyles;

  declare found: Found | null;
  declare trouble: Problem | null;
  declare isBusy: boolean;
  declare isErasing: boolean;
  /** What was typed to confirm. */
  declare typed: string;
  declare notice: string;
  #sites: Resource<{ sites: SiteView[] }> | undefined;
  #erasures: Resource<Erasures> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.#forget();
    this.trouble = null;
    this.isBusy = false;
    this.isErasing = false;
    new ModalController(this, { isOpen: () => this.isErasing, onLeave: () => this.#closeDialog() });
  }

  override connectedCallback() {
    super.connectedCallback();
    this.#sites ??= this.resource<{ sites: SiteView[] }>('/sites');
    this.#erasures ??= this.resource<Erasures>('/privacy/erasures');
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  override updated() {
    const isUnderWay = this.#erasures?.store.get().value?.erasures.some(({ doneAt }) => doneAt === null);
    clearTimeout(this.#timer);
    if (isUnderWay) this.#timer = setTimeout(() => void this.#erasures?.load(), lookEveryMs);
  }

  override render() {
    const { value, problem } = this.#erasures?.store.get() ?? { value: null, problem: null };
    return html`<div class="page">
        <div class="head"><h1>${this.t('privacy.title')}</h1></div>
        <p class="soft">${this.t('privacy.about')}</p>
        ${this.problem(this.trouble ?? problem)} ${this.#form()}
        <div role="status">${this.found ? this.#summary(this.found) : this.notice}</div>
        ${value && value.erasures.length > 0 ? this.#list(value) : nothing}
      </div>
      <dialog aria-labelledby="erase-title">${this.isErasing && this.found ? this.#dialog(this.found) : nothing}</dialog>`;
  }

  #form() {
    const sites = this.#sites?.store.get().value?.sites ?? [];
    return html`<form class="finder" @submit=${this.#find} @input=${() => this.#forget()}>
      ${choiceField({
        name: 'by',
        label: this.t('privacy.by'),
        options: [
          { value: 'email', label: this.t('privacy.by.email') },
          { value: 'subject', label: this.t('privacy.by.subject') },
        ],
      })}
      ${inputField({ name: 'value', label: this.t('privacy.value'), required: true, maxlength: limits.subjectLength })}
      ${choiceField({
        name: 'site',
        label: this.t('privacy.site'),
        options: [
          { value: '', label: this.t('privacy.site.all') },
          ...sites.map(({ id, name }) => ({ value: id as string, label: name })),
        ],
      })}
      <button class="button primary" ?disabled=${this.isBusy}>${this.t('privacy.find')}</button>
    </form>`;
  }

  #summary({ summary }: Found) {
    const { conversations, held, sessions, files, fileBytes, firstAt, lastAt } = summary;
    if (conversations + sessions === 0) return html`<p class="nothing">${this.t('privacy.none')}</p>`;
    return html`<section class="found" aria-labelledby="found-title">
      <h2 id="found-title">${this.t('privacy.found')}</h2>
      <dl>
        <dt>${this.t('privacy.chats')}</dt>
        <dd>${conversations}</dd>
        ${
          firstAt === null || lastAt === null
            ? nothing
            : html`<dt>${this.t('privacy.when')}</dt>
              <dd>${momentOf(firstAt, this.texts)} – ${momentOf(lastAt, this.texts)}</dd>`
        }
        <dt>${this.t('privacy.files')}</dt>
        <dd>${files}${files > 0 ? html` (${fileSize(fileBytes, this.texts)})` : nothing}</dd>
        <dt>${this.t('privacy.browsers')}</dt>
        <dd>${sessions}</dd>
        ${held > 0 ? html`<dt>${this.t('privacy.held')}</dt><dd>${this.t('privacy.held.about', { count: held })}</dd>` : nothing}
      </dl>
      <div class="row">
        <button class="button" type="button" ?disabled=${this.isBusy || conversations === 0} @click=${this.#export}>
          ${icon('download')}${this.t('privacy.export')}
        </button>
        <button
          class="button"
          type="button"
          ?disabled=${this.isBusy || conversations === 0}
          @click=${() => this.#hold(held === 0)}
        >
          ${this.t(held === 0 ? 'privacy.hold' : 'privacy.release')}
        </button>
        <button class="button grave" type="button" ?disabled=${this.isBusy || held > 0} @click=${this.#openDialog}>
          ${icon('trash-2')}${this.t('privacy.erase')}
        </button>
      </div>
    </section>`;
  }

  #list({ erasures }: Erasures) {
    return html`<section>
      <h2>${this.t('privacy.erasures')}</h2>
      <p class="soft">${this.t('privacy.erasures.about')}</p>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th>${this.t('audit.when')}</th>
              <th>${this.t('audit.who')}</th>
              <th>${this.t('privacy.person')}</th>
              <th>${this.t('privacy.chats')}</th>
              <th>${this.t('privacy.files')}</th>
              <th>${this.t('privacy.state')}</th>
            </tr>
          </thead>
          <tbody>
            ${erasures.map(
              ({ requestedAt, requestedBy, person, conversations, files, doneAt }) => html`<tr>
                <td>${momentOf(requestedAt, this.texts)}</td>
                <td><bdi>${requestedBy}</bdi></td>
                <td><code>${person}</code></td>
                <td>${conversations}</td>
                <td>${files}</td>
                <td>${this.t(doneAt === null ? 'privacy.state.busy' : 'privacy.state.done')}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </section>`;
  }

  #dialog({ person: { value }, summary }: Found) {
    return html`
      <h2 id="erase-title">${this.t('privacy.erase.title')}</h2>
      <form @submit=${this.#erase}>
        <p>${this.t('privacy.erase.about', { count: summary.conversations })}</p>
        ${this.problem(this.trouble)}
        <div class="field">
          <label for="confirm">${this.t('privacy.erase.confirm')} <bdi class="typed">${value}</bdi></label>
          <input
            id="confirm"
            autocomplete="off"
            data-autofocus
            .value=${this.typed}
            @input=${(event: Event) => {
              this.typed = (event.target as HTMLInputElement).value;
            }}
          />
        </div>
        <footer>
          <button class="button" type="button" @click=${this.#closeDialog}>${this.t('form.cancel')}</button>
          <button class="button grave" ?disabled=${this.isBusy || this.typed.trim() !== value}>
            ${this.t('privacy.erase.now')}
          </button>
        </footer>
      </form>
    `;
  }

  #forget() {
    this.found = null;
    this.notice = '';
    this.typed = '';
  }

  readonly #openDialog = () => {
    this.typed = '';
    this.trouble = null;
    this.isErasing = true;
  };

  readonly #closeDialog = () => {
    this.isErasing = false;
  };

  async #ask<Value>(path: string, person: PersonQuery | HoldChange): Promise<Value | null> {
    this.isBusy = true;
    const answer = await this.rest.send<Value>('POST', path, person);
    this.isBusy = false;
    this.trouble = answer.ok ? null : answer.problem;
    return answer.ok ? answer.value : null;
  }

  readonly #find = async (event: SubmitEvent) => {
    const values = new FormValues(event);
    const site = values.text('site');
    const person: PersonQuery = {
      by: values.text('by') as PersonQuery['by'],
      value: values.text('value'),
      site: site === '' ? null : (site as SiteId),
    };
    const summary = await this.#ask<PersonSummary>('/privacy/find', person);
    if (summary) this.found = { person, summary };
  };

  async #hold(held: boolean) {
    const person = this.found?.person;
    const summary = person && (await this.#ask<PersonSummary>('/privacy/hold', { ...person, held } as HoldChange));
    if (summary) this.found = { person, summary };
  }

  readonly #export = async () => {
    const made = this.found && (await this.#ask<NewExport>('/privacy/exports', this.found.person));
    // Served as an attachment: the page stays where it is.
    if (made) window.location.assign(`/api/privacy/exports/${made.token}`);
  };

  readonly #erase = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!this.found || !(await this.#ask('/privacy/erasures', this.found.person))) return;
    this.isErasing = false;
    this.#forget();
    this.notice = this.t('privacy.erase.begun');
    this.renderRoot.querySelector('form')?.reset();
    await this.#erasures?.load();
  };
}

customElements.define('balie-privacy-page', PrivacyPage);
