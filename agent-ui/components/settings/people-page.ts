import { html, nothing } from 'lit';
import type { Invited, NewPerson, People, Person, ProfileView } from '../../../protocol/administration.ts';
import { limits } from '../../../protocol/limits.ts';
import { icon } from '../../icons.ts';
import { ModalController } from '../../primitives/dialog.ts';
import { checkField, choiceField, FormValues, inputField } from '../../primitives/form.ts';
import type { Resource } from '../../state/resource.ts';
import { ConsolePage } from '../console-page.ts';
import '../copy-text.ts';
import { pageStyles } from '../page-styles.ts';
import { dayOf } from '../times.ts';

type Editing = Person | 'new';

/** Who works here: a table, and a dialog for one of them. */
export class PeoplePage extends ConsolePage {
  static override properties = { editing: { state: true }, invited: { state: true }, search: { state: true } };
  static override styles = pageStyles;

  declare editing: Editing | null;
  /** Whose link is to be handed over. */
  declare invited: Invited | null;
  declare search: string;
  #people: Resource<People> | undefined;
  #profiles: Resource<{ profiles: ProfileView[] }> | undefined;

  constructor() {
    super();
    this.editing = null;
    this.invited = null;
    this.search = '';
    new ModalController(this, { isOpen: () => this.editing !== null, onLeave: () => this.#edit(null) });
  }

  override connectedCallback() {
    super.connectedCallback();
    this.#people ??= this.resource<People>('/people');
    this.#profiles ??= this.resource<{ profiles: ProfileView[] }>('/profiles');
  }

  override render() {
    const { value, problem, busy } = this.#people?.store.get() ?? { value: null, problem: null, busy: true };
    return html`<div class="page">
        <div class="head">
          <h1>${this.t('people.title')}</h1>
          <button class="button primary" type="button" @click=${() => this.#edit('new')}>
            ${icon('user-plus')}${this.t('people.invite')}
          </button>
        </div>
        ${this.editing ? nothing : this.problem(problem)}
        ${value ? this.#list(value.people) : nothing}
      </div>
      <dialog class="wide" aria-labelledby="person-title">${this.editing ? this.#dialog(this.editing, busy) : nothing}</dialog>`;
  }

  #list(people: readonly Person[]) {
    const wanted = this.search.toLowerCase();
    const shown = people.filter(({ name, email }) => `${name} ${email}`.toLowerCase().includes(wanted));
    return html`
      ${
        people.length > 8
          ? html`<div class="field">
              <label for="search">${this.t('people.search')}</label>
              <input id="search" type="search" .value=${this.search} @input=${this.#onSearch} />
            </div>`
          : nothing
      }
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th>${this.t('people.name')}</th>
              <th>${this.t('people.email')}</th>
              <th>${this.t('people.role')}</th>
              <th class="number">${this.t('people.room')}</th>
              <th>${this.t('people.state')}</th>
            </tr>
          </thead>
          <tbody>
            ${shown.slice(0, 200).map((person) => this.#row(person))}
          </tbody>
        </table>
      </div>
      ${shown.length > 200 ? html`<p class="soft">${this.t('people.many', { count: shown.length - 200 })}</p>` : nothing}
    `;
  }

  #row(person: Person) {
    return html`<tr>
      <td><button class="link" type="button" @click=${() => this.#edit(person)}><bdi>${person.name}</bdi></button></td>
      <td><bdi>${person.email}</bdi></td>
      <td>${this.t(`role.${person.role}`)}</td>
      <td class="number">${person.room}</td>
      <td>
        <span class="tag">${this.t(`people.${person.state}`)}</span>
        ${person.twoFactor ? html`<span class="tag">${this.t('people.twofactor')}</span>` : nothing}
      </td>
    </tr>`;
  }

  #dialog(editing: Editing, busy: boolean) {
    if (this.invited) return this.#handOver(this.invited);
    const person = editing === 'new' ? null : editing;
    const { problem } = this.#people?.store.get() ?? { problem: null };
    return html`
      <h2 id="person-title">${person ? person.name : this.t('people.invite')}</h2>
      <form @submit=${this.#save}>
        ${this.problem(problem)}
        <div class="pair">
          ${inputField({ name: 'name', label: this.t('people.name'), value: person?.name ?? '', required: true, maxlength: limits.nameLength })}
          ${inputField({ name: 'email', label: this.t('people.email'), type: 'email', value: person?.email ?? '', required: true, invalid: problem?.field === 'email' })}
          ${choiceField({
            name: 'role',
            label: this.t('people.role'),
            value: person?.role ?? 'agent',
            hint: this.t('people.role.hint'),
            options: (['agent', 'supervisor', 'admin'] as const).map((value) => ({
              value,
              label: this.t(`role.${value}`),
            })),
          })}
          ${inputField({ name: 'room', label: this.t('people.room'), type: 'number', value: person?.room ?? limits.agentRoomDefault, min: 1, max: limits.agentRoomMax, required: true, hint: this.t('people.room.hint') })}
          ${inputField({ name: 'languages', label: this.t('people.languages'), value: person?.languages.join(', ') ?? '', hint: this.t('people.languages.hint') })}
        </div>
        <fieldset>
          <legend>${this.t('people.profiles')}</legend>
          ${(this.#profiles?.store.get().value?.profiles ?? []).map((profile) =>
            checkField({
              name: 'profiles',
              value: profile.id,
              label: profile.name,
              hint: profile.queues.map(({ name }) => name).join(', '),
              checked: person ? person.profiles.includes(profile.id) : true,
            }),
          )}
        </fieldset>
        ${person ? this.#more(person) : nothing}
        <footer>
          <button class="button" type="button" @click=${() => this.#edit(null)}>${this.t('form.cancel')}</button>
          <button class="button primary" ?disabled=${busy}>${this.t(person ? 'form.save' : 'people.invite.send')}</button>
        </footer>
      </form>
    `;
  }

  #more(person: Person) {
    const isOut = person.state === 'disabled';
    return html`<div class="row">
      ${isOut ? nothing : this.#deed('people.link', () => this.#invite(person))}
      ${isOut ? nothing : this.#deed('people.signout', () => this.#change('POST', `/people/${person.id}/sign-out`))}
      ${
        person.twoFactor
          ? this.#deed('people.twofactor.remove', () => this.#change('DELETE', `/people/${person.id}/two-factor`))
          : nothing
      }
      ${this.#deed(isOut ? 'people.enable' : 'people.disable', () =>
        this.#change('PATCH', `/people/${person.id}`, { disabled: !isOut }),
      )}
    </div>`;
  }

  #deed(label: Parameters<typeof this.t>[0], onClick: () => void) {
    return html`<button class="button quiet" type="button" @click=${onClick}>${this.t(label)}</button>`;
  }

  #handOver({ person, link, expiresAt, mail }: Invited) {
    const day = dayOf(expiresAt, Date.now(), this.texts);
    return html`
      <h2 id="person-title">${this.t('people.link.title', { name: person.name })}</h2>
      <div class="stack">
        <p>
          ${mail === 'smtp' ? this.t('people.link.mailed', { day, email: person.email }) : this.t('people.link.about', { day })}
        </p>
        <balie-copy-text .text=${link} label=${this.t('people.link')}></balie-copy-text>
        <footer>
          <button class="button primary" type="button" data-autofocus @click=${() => this.#edit(null)}>
            ${this.t('form.done')}
          </button>
        </footer>
      </div>
    `;
  }

  #edit(editing: Editing | null) {
    this.invited = null;
    this.editing = editing;
    this.#people?.forgetProblem();
  }

  readonly #save = async (event: SubmitEvent) => {
    const values = new FormValues(event);
    const { editing } = this;
    const person: NewPerson = {
      name: values.text('name'),
      email: values.text('email'),
      role: values.text('role') as Person['role'],
      room: values.number('room'),
      languages: values
        .text('languages')
        .toLowerCase()
        .split(/[\s,]+/)
        .filter(Boolean),
      profiles: values.all('profiles') as Person['profiles'],
    };
    if (editing === 'new') {
      const answer = await this.#people?.change<Invited>('POST', '/people', person);
      if (answer?.ok) this.invited = answer.value;
    } else if (editing) await this.#change('PATCH', `/people/${editing.id}`, person);
  };

  async #invite({ id }: Person) {
    const answer = await this.#people?.change<Invited>('POST', `/people/${id}/invite`);
    if (answer?.ok) this.invited = answer.value;
  }

  async #change(...request: Parameters<Resource<People>['change']>) {
    const answer = await this.#people?.change(...request);
    if (answer?.ok) this.#edit(null);
  }

  readonly #onSearch = (event: Event) => {
    this.search = (event.target as HTMLInputElement).value;
  };
}

customElements.define('balie-people-page', PeoplePage);
