import { html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { QueueView } from '../../../protocol/administration.ts';
import type { SiteView } from '../../../protocol/http.ts';
import type { SiteId } from '../../../protocol/ids.ts';
import { limits } from '../../../protocol/limits.ts';
import { icon } from '../../icons.ts';
import { ModalController } from '../../primitives/dialog.ts';
import { choiceField, FormValues, inputField } from '../../primitives/form.ts';
import type { Resource } from '../../state/resource.ts';
import { ConsolePage } from '../console-page.ts';
import { pageStyles } from '../page-styles.ts';
import '../sites/site-chats.ts';
import '../sites/site-general.ts';
import '../sites/site-install.ts';
import '../sites/site-look.ts';
import '../sites/site-privacy.ts';
import '../sites/site-variables.ts';

const parts = ['install', 'general', 'chats', 'look', 'variables', 'privacy'] as const;
type Part = (typeof parts)[number];

/** Sites: a list of them, or one of them in its parts. */
export class SitesPage extends ConsolePage {
  static override properties = { shown: { state: true }, section: { state: true }, isMaking: { state: true } };
  static override styles = pageStyles;

  declare shown: SiteId | null;
  declare section: Part;
  declare isMaking: boolean;
  #sites: Resource<{ sites: SiteView[] }> | undefined;
  #queues: Resource<{ queues: QueueView[] }> | undefined;
  readonly #visited = new Set<Part>();

  constructor() {
    super();
    this.shown = null;
    this.section = 'install';
    this.isMaking = false;
    new ModalController(this, { isOpen: () => this.isMaking, onLeave: () => this.leave(() => this.#make(false)) });
  }

  override connectedCallback() {
    super.connectedCallback();
    this.#sites ??= this.resource<{ sites: SiteView[] }>('/sites');
    this.#queues ??= this.resource<{ queues: QueueView[] }>('/queues');
  }

  override render() {
    const { value, problem } = this.#sites?.store.get() ?? { value: null, problem: null };
    const site = value?.sites.find(({ id }) => id === this.shown);
    return html`<div class="page">
        ${this.isMaking ? nothing : this.problem(problem)} ${site ? this.#site(site) : value ? this.#list(value.sites) : nothing}
      </div>
      <dialog aria-labelledby="site-title">${this.isMaking ? this.#dialog() : nothing}</dialog>`;
  }

  #list(sites: readonly SiteView[]) {
    return html`
      <div class="head">
        <h1>${this.t('sites.title')}</h1>
        <button class="button primary" type="button" @click=${() => this.#make(true)}>
          ${icon('plus')}${this.t('sites.new')}
        </button>
      </div>
      <p class="soft">${this.t('sites.about')}</p>
      ${sites.length === 0 ? html`<p class="nothing">${this.t('sites.none')}</p>` : this.#table(sites)}
    `;
  }

  #table(sites: readonly SiteView[]) {
    return html`<div class="scroll">
        <table>
          <thead>
            <tr>
              <th>${this.t('people.name')}</th>
              <th>${this.t('site.origins')}</th>
              <th>${this.t('site.queue')}</th>
            </tr>
          </thead>
          <tbody>
            ${sites.map(
              (site) => html`<tr>
                <td><button class="link" type="button" @click=${() => this.#show(site.id)}><bdi>${site.name}</bdi></button></td>
                <td class="soft">${site.origins.join(', ')}</td>
                <td>${site.queue.name}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>`;
  }

  #site(site: SiteView) {
    return html`
      <div class="head">
        <button class="button quiet" type="button" @click=${() => this.leave(() => this.#show(null), 'page')}>
          ${icon('arrow-left')}${this.t('sites.title')}
        </button>
        <h1><bdi>${site.name}</bdi></h1>
      </div>
      <div class="row" role="group" aria-label=${this.t('site.parts')}>
        ${parts.map(
          (part) =>
            html`<button
              class="button"
              type="button"
              aria-pressed=${part === this.section}
              @click=${() => this.#turnTo(part)}
            >
              ${this.t(`site.part.${part}`)}
            </button>`,
        )}
      </div>
      ${keyed(
        site.id,
        parts.map((part) => this.#kept(part, site)),
      )}
    `;
  }

  /** What was filled in and not saved is still there after a look at another part. */
  #kept(part: Part, site: SiteView) {
    const isShown = part === this.section;
    return isShown || this.#visited.has(part)
      ? html`<div ?hidden=${!isShown}>${this.#part(part, site)}</div>`
      : nothing;
  }

  #part(part: Part, site: SiteView) {
    const queues = this.#queues?.store.get().value?.queues ?? [];
    switch (part) {
      case 'install':
        return html`<balie-site-install .site=${site} @site-change=${this.#changed}></balie-site-install>`;
      case 'general':
        return html`<balie-site-general .site=${site} .queues=${queues} @site-change=${this.#changed}></balie-site-general>`;
      case 'chats':
        return html`<balie-site-chats .site=${site} @site-change=${this.#changed}></balie-site-chats>`;
      case 'look':
        return html`<balie-site-look .site=${site} .queues=${queues} @site-change=${this.#changed}></balie-site-look>`;
      case 'variables':
        return html`<balie-site-variables .site=${site} @site-change=${this.#changed}></balie-site-variables>`;
      case 'privacy':
        return html`<balie-site-privacy .site=${site} @site-change=${this.#changed}></balie-site-privacy>`;
      default:
        return part satisfies never;
    }
  }

  #dialog() {
    const { problem, busy } = this.#sites?.store.get() ?? { problem: null, busy: false };
    const queues = this.#queues?.store.get().value?.queues ?? [];
    return html`
      <h2 id="site-title">${this.t('sites.new')}</h2>
      <form @submit=${this.#create} @input=${this.touched}>
        ${this.problem(problem)}
        ${inputField({ name: 'name', label: this.t('people.name'), required: true, maxlength: limits.nameLength })}
        ${inputField({ name: 'origin', label: this.t('sites.origin'), required: true, placeholder: 'https://shop.example', hint: this.t('site.origins.hint'), invalid: problem?.field === 'origin' })}
        ${choiceField({
          name: 'queue',
          label: this.t('site.queue'),
          options: queues.filter(({ retired }) => !retired).map(({ id, name }) => ({ value: id, label: name })),
        })}
        <footer>
          <button class="button" type="button" @click=${() => this.#make(false)}>${this.t('form.cancel')}</button>
          <button class="button primary" ?disabled=${busy}>${this.t('form.save')}</button>
        </footer>
      </form>
    `;
  }

  #show(site: SiteId | null) {
    this.shown = site;
    this.section = 'install';
    this.#visited.clear();
  }

  #turnTo(part: Part) {
    this.#visited.add(this.section);
    this.section = part;
  }

  #make(isMaking: boolean) {
    this.isMaking = isMaking;
    this.untouched();
    this.#sites?.forgetProblem();
  }

  readonly #changed = () => void this.#sites?.load();

  readonly #create = async (event: SubmitEvent) => {
    const values = new FormValues(event);
    const body = {
      name: values.text('name'),
      origin: values.text('origin').replace(/\/$/, ''),
      queue: values.text('queue'),
    };
    const answer = await this.#sites?.change<SiteView>('POST', '/sites', body);
    if (!answer?.ok) return;
    this.#make(false);
    this.#show(answer.value.id);
  };
}

customElements.define('balie-sites-page', SitesPage);
