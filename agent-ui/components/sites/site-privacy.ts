import { css, html, nothing } from 'lit';
import type { SiteView } from '../../../protocol/http.ts';
import { limits } from '../../../protocol/limits.ts';
import type { MaskingPattern } from '../../../protocol/site-settings.ts';
import { areaField, checkField, FormValues, inputField } from '../../primitives/form.ts';
import type { Problem } from '../../state/rest.ts';
import { ConsolePage } from '../console-page.ts';
import { partStyles } from '../page-styles.ts';

type Kept = keyof SiteView['settings']['retention'];
const kept: readonly Kept[] = ['conversations', 'files', 'identities'];
const patterns: readonly MaskingPattern[] = ['card', 'iban', 'bsn'];

/** What is never kept of what people write, and how long the rest is. */
export class SitePrivacy extends ConsolePage {
  static override properties = {
    site: { attribute: false },
    trouble: { state: true },
    isSaved: { state: true },
  };
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
  declare trouble: Problem | null;
  declare isSaved: boolean;

  constructor() {
    super();
    this.trouble = null;
    this.isSaved = false;
  }

  override render() {
    const { masking } = this.site.settings;
    return html`<form @submit=${this.#save} @input=${this.#changed}>
      ${this.problem(this.trouble)}
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
          invalid: this.trouble?.field?.includes('templates') ?? false,
        })}
      </fieldset>
      <fieldset>
        <legend>${this.t('retention.title')}</legend>
        <p class="soft">${this.t('retention.about')}</p>
        <div class="days">${kept.map((what) => this.#days(what))}</div>
      </fieldset>
      <div class="row end">
        <span role="status" class="soft">${this.isSaved ? this.t('form.saved') : nothing}</span>
        <button class="button primary">${this.t('form.save')}</button>
      </div>
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

  readonly #changed = () => {
    this.isSaved = false;
  };

  readonly #save = async (event: SubmitEvent) => {
    const values = new FormValues(event);
    const settings = {
      retention: Object.fromEntries(kept.map((what) => [what, Number(values.text(what)) || null])),
      masking: {
        patterns: values.all('pattern') as MaskingPattern[],
        templates: [...new Set(values.lines('templates'))],
      },
    };
    const answer = await this.rest.send('PATCH', `/sites/${this.site.id}`, { settings });
    this.trouble = answer.ok ? null : answer.problem;
    this.isSaved = answer.ok;
    if (answer.ok) this.dispatchEvent(new CustomEvent('site-change'));
  };
}

customElements.define('balie-site-privacy', SitePrivacy);
