import { html, nothing } from 'lit';
import type { ProfileView, QueueView } from '../../../protocol/administration.ts';
import { limits } from '../../../protocol/limits.ts';
import { icon } from '../../icons.ts';
import { ModalController } from '../../primitives/dialog.ts';
import { checkField, FormValues, inputField } from '../../primitives/form.ts';
import type { Resource } from '../../state/resource.ts';
import { ConsolePage } from '../console-page.ts';
import { pageStyles } from '../page-styles.ts';

type Editing = ProfileView | 'new';

/** Profiles: what agents log on with. */
export class ProfilesPage extends ConsolePage {
  static override properties = { editing: { state: true } };
  static override styles = pageStyles;

  declare editing: Editing | null;
  #profiles: Resource<{ profiles: ProfileView[] }> | undefined;
  #queues: Resource<{ queues: QueueView[] }> | undefined;

  constructor() {
    super();
    this.editing = null;
    new ModalController(this, { isOpen: () => this.editing !== null, onLeave: () => this.#edit(null) });
  }

  override connectedCallback() {
    super.connectedCallback();
    this.#profiles ??= this.resource<{ profiles: ProfileView[] }>('/profiles');
    this.#queues ??= this.resource<{ queues: QueueView[] }>('/queues');
  }

  override render() {
    const { value, problem } = this.#profiles?.store.get() ?? { value: null, problem: null };
    return html`<div class="page">
        <div class="head">
          <h1>${this.t('profiles.title')}</h1>
          <button class="button primary" type="button" @click=${() => this.#edit('new')}>
            ${icon('plus')}${this.t('profiles.new')}
          </button>
        </div>
        <p class="soft">${this.t('profiles.about')}</p>
        ${this.editing ? nothing : this.problem(problem)}
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th>${this.t('people.name')}</th>
                <th>${this.t('queues.title')}</th>
              </tr>
            </thead>
            <tbody>
              ${value?.profiles.map((profile) => this.#row(profile))}
            </tbody>
          </table>
        </div>
      </div>
      <dialog aria-labelledby="profile-title">${this.editing ? this.#dialog(this.editing) : nothing}</dialog>`;
  }

  #row(profile: ProfileView) {
    return html`<tr>
      <td><button class="link" type="button" @click=${() => this.#edit(profile)}><bdi>${profile.name}</bdi></button></td>
      <td>${profile.queues.map(({ name }) => html`<bdi class="tag">${name}</bdi> `)}</td>
    </tr>`;
  }

  #dialog(editing: Editing) {
    const profile = editing === 'new' ? null : editing;
    const { problem, busy } = this.#profiles?.store.get() ?? { problem: null, busy: false };
    const queues = this.#queues?.store.get().value?.queues ?? [];
    return html`
      <h2 id="profile-title">${profile ? profile.name : this.t('profiles.new')}</h2>
      <form @submit=${this.#save}>
        ${this.problem(problem)}
        ${inputField({ name: 'name', label: this.t('people.name'), value: profile?.name ?? '', required: true, maxlength: limits.nameLength })}
        <fieldset>
          <legend>${this.t('queues.title')}</legend>
          ${queues
            .filter(({ retired }) => !retired)
            .map(({ id, name }) =>
              checkField({
                name: 'queues',
                value: id,
                label: name,
                checked: profile?.queues.some((queue) => queue.id === id) ?? false,
              }),
            )}
        </fieldset>
        <footer>
          ${
            profile
              ? html`<button class="button quiet" type="button" @click=${() => this.#delete(profile)}>
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

  #edit(editing: Editing | null) {
    this.editing = editing;
    this.#profiles?.forgetProblem();
  }

  readonly #save = (event: SubmitEvent) => {
    const values = new FormValues(event);
    const { editing } = this;
    const body = { name: values.text('name'), queues: values.all('queues') };
    if (editing === 'new') return this.#change('POST', '/profiles', body);
    if (editing) return this.#change('PUT', `/profiles/${editing.id}`, body);
  };

  #delete({ id }: ProfileView) {
    return this.#change('DELETE', `/profiles/${id}`);
  }

  async #change(...request: Parameters<Resource<unknown>['change']>) {
    const answer = await this.#profiles?.change(...request);
    if (answer?.ok) this.#edit(null);
  }
}

customElements.define('balie-profiles-page', ProfilesPage);
