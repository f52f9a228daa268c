import { css, html } from 'lit';
import type { SiteChange, SiteView } from '../../../protocol/http.ts';
import { limits } from '../../../protocol/limits.ts';
import type { MaskingPattern } from '../../../protocol/site-settings.ts';
import { areaField, checkField, type FormValues, inputField } from '../../primitives/form.ts';
import type { Problem } from '../../state/rest.ts';
import { partStyles } from '../page-styles.ts';
import { SiteForm } from './site-form.ts';

type Kept = keyof SiteView['settings']['retention'];
const kept: readonly Kept[] = ['conversations', 'files', 'identities'];
const patterns: readonly MaskingPattern[] = ['card', 'iban', 'bsn'];

/** What is never kept of what people write, and how long the rest is. */
export class SitePrivacy extends SiteForm {
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

  protected override fields(trouble: Problem | null) {
    const { masking } = this.site.settings;
    return html`
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
          invalid: trouble?.field?.includes('templates') ?? false,
        })}
      </fieldset>
      <fieldset>
        <legend>${this.t('retention.title')}</legend>
        <p class="soft">${this.t('retention.about')}</p>
        <div class="days">${kept.map((what) => this.#days(what))}</div>
      </fieldset>
    `;
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

  protected override changeOf(values: FormValues): SiteChange {
    return {
      settings: {
        retention: {
          conversations: daysOf(values.text('conversations')),
          files: daysOf(values.text('files')),
          identities: daysOf(values.text('identities')),
        },
        masking: {
          patterns: values.all('pattern') as MaskingPattern[],
          templates: [...new Set(values.lines('templates'))],
        },
      },
    };
  }
}

/** Nothing is for good. */
const daysOf = (text: string) => Number(text) || null;

customElements.define('balie-site-privacy', SitePrivacy);
