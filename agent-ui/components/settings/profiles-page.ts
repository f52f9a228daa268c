import { html } from 'lit';
import type { ProfileView, QueueView } from '../../../protocol/administration.ts';
import { limits } from '../../../protocol/limits.ts';
import { checkField, type FormValues, inputField } from '../../primitives/form.ts';
import type { Resource } from '../../state/resource.ts';
import { type Column, EditingPage, type ListKind } from './editing-page.ts';

/** Profiles: what agents log on with. */
export class ProfilesPage extends EditingPage<ProfileView> {
  protected override readonly kind: ListKind = {
    path: '/profiles',
    member: 'profiles',
    change: 'PUT',
    title: 'profiles.title',
    about: 'profiles.about',
    name: 'people.name',
    make: 'profiles.new',
  };
  protected override readonly columns: readonly Column<ProfileView>[] = [
    { label: 'queues.title', cell: ({ queues }) => queues.map(({ name }) => html`<bdi class="tag">${name}</bdi> `) },
  ];
  #queues: Resource<{ queues: QueueView[] }> | undefined;

  override connectedCallback() {
    super.connectedCallback();
    this.#queues ??= this.resource('/queues');
  }

  protected override nameOf({ name }: ProfileView) {
    return name;
  }

  protected override fields(profile: ProfileView | null) {
    const queues = this.#queues?.store.get().value?.queues ?? [];
    return html`
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
    `;
  }

  protected override bodyOf(values: FormValues) {
    return { name: values.text('name'), queues: values.all('queues') };
  }
}

customElements.define('balie-profiles-page', ProfilesPage);
