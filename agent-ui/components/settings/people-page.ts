import { html, nothing, type PropertyDeclarations } from 'lit';
import type { Invited, NewPerson, Person, ProfileView } from '../../../protocol/administration.ts';
import { limits } from '../../../protocol/limits.ts';
import { checkField, choiceField, type FormValues, inputField } from '../../primitives/form.ts';
import type { Resource } from '../../state/resource.ts';
import type { Problem } from '../../state/rest.ts';
import '../copy-text.ts';
import { dayOf } from '../times.ts';
import { type Column, EditingPage, type ListKind } from './editing-page.ts';

/** So many rows are drawn at once; who looks for one of the others searches. */
const shownMost = 200;

/** Who works here: a table, and a dialog for one of them. */
export class PeoplePage extends EditingPage<Person> {
  static override properties: PropertyDeclarations = { invited: { state: true }, search: { state: true } };

  /** Whose link is to be handed over. */
  declare protected invited: Invited | null;
  declare protected search: string;
  protected override readonly kind: ListKind = {
    path: '/people',
    member: 'people',
    change: 'PATCH',
    title: 'people.title',
    name: 'people.name',
    make: 'people.invite',
    makeIcon: 'user-plus',
    send: 'people.invite.send',
    isWide: true,
  };
  protected override readonly columns: readonly Column<Person>[] = [
    { label: 'people.email', cell: ({ email }) => html`<bdi>${email}</bdi>` },
    { label: 'people.role', cell: ({ role }) => this.t(`role.${role}`) },
    { label: 'people.room', isNumber: true, cell: ({ room }) => room },
    { label: 'people.state', cell: (person) => this.#stateOf(person) },
  ];
  #profiles: Resource<{ profiles: ProfileView[] }> | undefined;

  constructor() {
    super();
    this.invited = null;
    this.search = '';
  }

  override connectedCallback() {
    super.connectedCallback();
    this.#profiles ??= this.resource('/profiles');
  }

  protected override nameOf({ name }: Person) {
    return name;
  }

  protected override list(people: readonly Person[]) {
    const wanted = this.search.toLowerCase();
    const found = people.filter(({ name, email }) => `${name} ${email}`.toLowerCase().includes(wanted));
    return html`
      ${people.length > 8 ? this.#searchField() : nothing} ${super.list(found.slice(0, shownMost))}
      ${found.length > shownMost ? html`<p class="soft">${this.t('people.many', { count: found.length - shownMost })}</p>` : nothing}
    `;
  }

  protected override editor(person: Person | null) {
    return this.invited ? this.#handOver(this.invited) : super.editor(person);
  }

  protected override fields(person: Person | null, problem: Problem | null) {
    return html`
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
    `;
  }

  protected override bodyOf(values: FormValues): NewPerson {
    return {
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
  }

  /** Nobody is deleted: what they did keeps their name. */
  protected override deeds(): typeof nothing {
    return nothing;
  }

  protected override made(invited: Invited) {
    this.invited = invited;
    this.untouched();
  }

  protected override edit(editing: Person | 'new' | null) {
    super.edit(editing);
    this.invited = null;
  }

  #stateOf({ state, twoFactor }: Person) {
    return html`<span class="tag">${this.t(`people.${state}`)}</span>
      ${twoFactor ? html`<span class="tag">${this.t('people.twofactor')}</span>` : nothing}`;
  }

  #searchField() {
    return html`<div class="field">
      <label for="search">${this.t('people.search')}</label>
      <input id="search" type="search" .value=${this.search} @input=${this.#onSearch} />
    </div>`;
  }

  #more(person: Person) {
    const isOut = person.state === 'disabled';
    const path = this.pathOf(person);
    return html`<div class="row">
      ${isOut ? nothing : this.#deed('people.link', () => this.#invite(person))}
      ${isOut ? nothing : this.#deed('people.signout', () => this.changeAndClose('POST', `${path}/sign-out`))}
      ${
        person.twoFactor
          ? this.#deed('people.twofactor.remove', () => this.changeAndClose('DELETE', `${path}/two-factor`))
          : nothing
      }
      ${this.#deed(isOut ? 'people.enable' : 'people.disable', () =>
        this.changeAndClose('PATCH', path, { disabled: !isOut }),
      )}
    </div>`;
  }

  #deed(label: Parameters<typeof this.t>[0], onClick: () => void) {
    return html`<button class="button quiet" type="button" @click=${onClick}>${this.t(label)}</button>`;
  }

  #handOver({ person, link, expiresAt, mail }: Invited) {
    const day = dayOf(expiresAt, Date.now(), this.texts);
    return html`
      <h2 id="editing-title">${this.t('people.link.title', { name: person.name })}</h2>
      <div class="stack">
        <p>
          ${mail === 'smtp' ? this.t('people.link.mailed', { day, email: person.email }) : this.t('people.link.about', { day })}
        </p>
        <balie-copy-text .text=${link} label=${this.t('people.link')}></balie-copy-text>
        <footer>
          <button class="button primary" type="button" data-autofocus @click=${() => this.edit(null)}>
            ${this.t('form.done')}
          </button>
        </footer>
      </div>
    `;
  }

  async #invite(person: Person) {
    const answer = await this.change<Invited>('POST', `${this.pathOf(person)}/invite`);
    if (answer?.ok) this.invited = answer.value;
  }

  readonly #onSearch = (event: Event) => {
    this.search = (event.target as HTMLInputElement).value;
  };
}

customElements.define('balie-people-page', PeoplePage);
