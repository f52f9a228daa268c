import { html, nothing } from 'lit';
import type { QueueView } from '../../../protocol/administration.ts';
import type { Preset, SavedOfferView } from '../../../protocol/http.ts';
import { limits } from '../../../protocol/limits.ts';
import { icon } from '../../icons.ts';
import { ModalController } from '../../primitives/dialog.ts';
import { areaField, choiceField, FormValues, inputField } from '../../primitives/form.ts';
import type { Resource } from '../../state/resource.ts';
import { ConsolePage } from '../console-page.ts';
import { pageStyles } from '../page-styles.ts';

type Editing = Preset | 'new';

/** What agents have at hand: messages written beforehand, and offers that were kept. */
export class PresetsPage extends ConsolePage {
  static override properties = { editing: { state: true } };
  static override styles = pageStyles;

  declare editing: Editing | null;
  #presets: Resource<{ presets: Preset[] }> | undefined;
  #offers: Resource<{ offers: SavedOfferView[] }> | undefined;
  #queues: Resource<{ queues: QueueView[] }> | undefined;

  constructor() {
    super();
    this.editing = null;
    new ModalController(this, { isOpen: () => this.editing !== null, onLeave: () => this.#edit(null) });
  }

  override connectedCallback() {
    super.connectedCallback();
    this.#presets ??= this.resource<{ presets: Preset[] }>('/presets');
    this.#offers ??= this.resource<{ offers: SavedOfferView[] }>('/saved-offers');
    this.#queues ??= this.resource<{ queues: QueueView[] }>('/queues');
  }

  override render() {
    const { value, problem } = this.#presets?.store.get() ?? { value: null, problem: null };
    const offers = this.#offers?.store.get();
    return html`<div class="page">
        <div class="head">
          <h1>${this.t('presets.title')}</h1>
          <button class="button primary" type="button" @click=${() => this.#edit('new')}>
            ${icon('plus')}${this.t('presets.new')}
          </button>
        </div>
        <p class="soft">${this.t('presets.about')}</p>
        ${this.editing ? nothing : this.problem(problem)}
        ${value?.presets.length === 0 ? html`<p class="nothing">${this.t('presets.none')}</p>` : this.#table(value?.presets ?? [])}
        <h3>${this.t('presets.offers')}</h3>
        ${this.problem(offers?.problem ?? null)}
        ${this.#saved(offers?.value?.offers ?? [])}
      </div>
      <dialog class="wide" aria-labelledby="preset-title">${this.editing ? this.#dialog(this.editing) : nothing}</dialog>`;
  }

  #table(presets: readonly Preset[]) {
    return html`<div class="scroll">
      <table>
        <thead>
          <tr>
            <th>${this.t('presets.name')}</th>
            <th>${this.t('presets.folder')}</th>
            <th>${this.t('presets.queue')}</th>
            <th>${this.t('presets.text')}</th>
          </tr>
        </thead>
        <tbody>
          ${presets.map(
            (preset) => html`<tr>
              <td><button class="link" type="button" @click=${() => this.#edit(preset)}><bdi>${preset.title}</bdi></button></td>
              <td>${preset.folder}</td>
              <td>${this.#queueName(preset.queue)}</td>
              <td class="soft">${preset.text.slice(0, 80)}${preset.text.length > 80 ? '…' : ''}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  #saved(offers: readonly SavedOfferView[]) {
    if (offers.length === 0) return html`<p class="nothing">${this.t('presets.offers.none')}</p>`;
    return html`<div class="scroll">
      <table>
        <thead>
          <tr>
            <th>${this.t('presets.name')}</th>
            <th>${this.t('presets.offers.options')}</th>
            <th>${this.t('presets.offers.by')}</th>
            <th><span class="unseen">${this.t('form.delete')}</span></th>
          </tr>
        </thead>
        <tbody>
          ${offers.map(
            ({ id, name, content, savedBy }) => html`<tr>
              <td><bdi>${name}</bdi></td>
              <td class="soft">${content.options.map(({ label }) => label).join(' · ')}</td>
              <td><bdi>${savedBy}</bdi></td>
              <td>
                <button
                  class="button quiet"
                  type="button"
                  aria-label=${this.t('presets.offers.delete', { name })}
                  @click=${() => this.#offers?.change('DELETE', `/saved-offers/${id}`)}
                >
                  ${icon('trash-2')}
                </button>
              </td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  #dialog(editing: Editing) {
    const preset = editing === 'new' ? null : editing;
    const { problem, busy } = this.#presets?.store.get() ?? { problem: null, busy: false };
    const queues = this.#queues?.store.get().value?.queues ?? [];
    return html`
      <h2 id="preset-title">${preset ? preset.title : this.t('presets.new')}</h2>
      <form @submit=${this.#save}>
        ${this.problem(problem)}
        ${inputField({ name: 'title', label: this.t('presets.name'), value: preset?.title ?? '', required: true, maxlength: limits.presetTitleLength })}
        <div class="pair">
          ${inputField({ name: 'folder', label: this.t('presets.folder'), value: preset?.folder ?? '', maxlength: limits.presetFolderLength, hint: this.t('presets.folder.hint') })}
          ${choiceField({
            name: 'queue',
            label: this.t('presets.queue'),
            value: preset?.queue ?? '',
            options: [
              { value: '', label: this.t('presets.queue.all') },
              ...queues.map(({ id, name }) => ({ value: id as string, label: name })),
            ],
          })}
        </div>
        ${areaField({ name: 'text', label: this.t('presets.text'), value: preset?.text ?? '', rows: 6, required: true, maxlength: limits.messageLength, hint: this.t('presets.text.hint') })}
        <footer>
          ${
            preset
              ? html`<button
                  class="button quiet"
                  type="button"
                  @click=${() => this.#change('DELETE', `/presets/${preset.id}`)}
                >
                  ${icon('trash-2')}${this.t('form.delete')}
                </button>`
              : nothing
          }
          <button class="button" type="button" @click=${() => this.#edit(null)}>${this.t('form.cancel')}</button>
          <button class="button primary" ?disabled=${busy}>${this.t('form.save')}</button>
        </footer>
      </form>
    `;
  }

  #queueName(id: Preset['queue']) {
    if (id === null) return this.t('presets.queue.all');
    return this.#queues?.store.get().value?.queues.find((queue) => queue.id === id)?.name ?? '';
  }

  #edit(editing: Editing | null) {
    this.editing = editing;
    this.#presets?.forgetProblem();
  }

  readonly #save = (event: SubmitEvent) => {
    const values = new FormValues(event);
    const { editing } = this;
    const body = {
      queue: values.text('queue') || null,
      folder: values.text('folder'),
      title: values.text('title'),
      text: values.text('text'),
    };
    if (editing === 'new') return this.#change('POST', '/presets', body);
    if (editing) return this.#change('PUT', `/presets/${editing.id}`, body);
  };

  async #change(...request: Parameters<Resource<unknown>['change']>) {
    const answer = await this.#presets?.change(...request);
    if (answer?.ok) this.#edit(null);
  }
}

customElements.define('balie-presets-page', PresetsPage);
