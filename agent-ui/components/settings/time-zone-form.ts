import { html, nothing } from 'lit';
import type { TimeZoneView } from '../../../protocol/statistics.ts';
import { FormValues, inputField } from '../../primitives/form.ts';
import type { Resource } from '../../state/resource.ts';
import { ConsolePage } from '../console-page.ts';
import { partStyles } from '../page-styles.ts';

/** In which time zone the organization counts its days. */
export class TimeZoneForm extends ConsolePage {
  static override properties = { isSaved: { state: true } };
  static override styles = partStyles;

  declare isSaved: boolean;
  #zone: Resource<TimeZoneView> | undefined;

  constructor() {
    super();
    this.isSaved = false;
  }

  override connectedCallback() {
    super.connectedCallback();
    this.#zone ??= this.resource<TimeZoneView>('/time-zone');
  }

  override render() {
    const { value, problem, busy } = this.#zone?.store.get() ?? { value: null, problem: null, busy: true };
    if (!value) return this.problem(problem);
    return html`<form @submit=${this.#save} @input=${this.#touched}>
      <fieldset>
        <legend>${this.t('zone.title')}</legend>
        ${this.problem(problem)}
        ${inputField({ name: 'timeZone', label: this.t('zone.label'), value: value.timeZone ?? '', placeholder: value.inUse, hint: this.t('zone.hint'), invalid: problem?.field === 'timeZone' })}
        <div class="row end">
          <span role="status" class="soft">${this.isSaved ? this.t('form.saved') : nothing}</span>
          <button class="button primary" ?disabled=${busy}>${this.t('form.save')}</button>
        </div>
      </fieldset>
    </form>`;
  }

  readonly #touched = () => {
    this.isSaved = false;
  };

  readonly #save = async (event: SubmitEvent) => {
    const timeZone = new FormValues(event).text('timeZone') || null;
    const answer = await this.#zone?.change('PUT', '/time-zone', { timeZone });
    this.isSaved = answer?.ok ?? false;
  };
}

customElements.define('balie-time-zone-form', TimeZoneForm);
