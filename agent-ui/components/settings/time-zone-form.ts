import { html } from 'lit';
import type { TimeZoneView } from '../../../protocol/statistics.ts';
import { inputField } from '../../primitives/form.ts';
import type { Resource } from '../../state/resource.ts';
import { ConsolePage } from '../console-page.ts';
import { partStyles } from '../page-styles.ts';
import { SavingForm } from '../saving-form.ts';

/** In which time zone the organization counts its days. */
export class TimeZoneForm extends ConsolePage {
  static override styles = partStyles;

  #zone: Resource<TimeZoneView> | undefined;
  readonly #form = new SavingForm(this, (values) =>
    this.rest.send('PUT', '/time-zone', { timeZone: values.text('timeZone') || null }),
  );

  override connectedCallback() {
    super.connectedCallback();
    this.#zone ??= this.resource<TimeZoneView>('/time-zone');
  }

  override render() {
    const { value, problem } = this.#zone?.store.get() ?? { value: null, problem: null };
    if (!value) return this.problem(problem);
    const { trouble } = this.#form;
    return html`<form @submit=${this.#form.submit} @input=${this.#form.touch}>
      <fieldset>
        <legend>${this.t('zone.title')}</legend>
        ${this.problem(trouble)}
        ${inputField({ name: 'timeZone', label: this.t('zone.label'), value: value.timeZone ?? '', placeholder: value.inUse, hint: this.t('zone.hint'), invalid: trouble?.field === 'timeZone' })}
        ${this.#form.foot(this.texts)}
      </fieldset>
    </form>`;
  }
}

customElements.define('balie-time-zone-form', TimeZoneForm);
