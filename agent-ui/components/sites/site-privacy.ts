import { css, html } from 'lit';
import type { SiteView } from '../../../protocol/http.ts';
import { limits } from '../../../protocol/limits.ts';
import type { MaskingPattern } from '../../../protocol/site-settings.ts';
import { areaField, checkField, type FormValues, inputField } from '../../primitives/form.ts';
import { ConsolePage } from '../console-page.ts';
import { partStyles } from '../page-styles.ts';
import { SavingForm } from '../saving-form.ts';

type Kept = keyof SiteView['settings']['retention'];
const kept: readonly Kept[] = ['conversations', 'files', 'identities'];
const patterns: readonly MaskingPattern[] = ['card', 'iban', 'bsn'];

/** What is never kept of what people write, and how long the rest is. */
export class SitePrivacy extends ConsolePage {
  static override properties = { site: { attribute: false } };
  static override styles = [
    ...partStyles,
    css`
      .days {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(180px, 1fr));
        gap: var(--space-12);
        align-items: start;
      }
    `,
  ];

  declare site: SiteView;
  readonly #form = new SavingForm(this, (values) => this.#save(values));

  override render() {
    const { masking } = this.site.settings;
    return html`<form @submit=${this.#form.submit} @input=${this.#form.touch}>
      ${this.problem(this.#form.trouble)}
      <fieldset>
        <legend>${this.t('masking.title')}</legend>
        <p class="soft">${this.t('masking.about')}</p>
        ${patterns.map((pattern) =>
          checkField({
            name: 'pattern',
            value: pattern,
            label: this.t(`masking.${pattern}`),
            checked: masking.patterns.includes(pattern),
          }),
        )}
        ${areaField({
          name: 'templates',
          label: this.t('masking.templates'),
          value: masking.templates.join('\n'),
          hint: this.t('masking.templates.hint'),
          invalid: this.#form.trouble?.field?.includes('templates') ?? false,
        })}
      </fieldset>
      <fieldset>
        <legend>${this.t('retention.title')}</legend>
        <p class="soft">${this.t('retention.about')}</p>
        <div class="days">${kept.map((what) => this.#days(what))}</div>
      </fieldset>
      ${this.#form.foot(this.texts)}
    </form>`;
  }

  #days(what: Kept) {
    return inputField({
      name: what,
      type: 'number',
      label: this.t(`retention.${what}`),
      value: this.site.settings.retention[what] ?? '',
      min: 1,
      max: limits.retentionDaysMax,
      hint: what === 'identities' ? this.t('retention.identities.hint') : undefined,
    });
  }

  async #save(values: FormValues) {
    const settings = {
      retention: Object.fromEntries(kept.map((what) => [what, Number(values.text(what)) || null])),
      masking: {
        patterns: values.all('pattern') as MaskingPattern[],
        templates: [...new Set(values.lines('templates'))],
      },
    };
    const answer = await this.rest.send('PATCH', `/sites/${this.site.id}`, { settings });
    if (answer.ok) this.dispatchEvent(new CustomEvent('site-change'));
    return answer;
  }
}

customElements.define('balie-site-privacy', SitePrivacy);
