import { html, nothing, type PropertyDeclarations } from 'lit';
import type { SiteChange, SiteView } from '../../../protocol/http.ts';
import { choiceField, type FormValues, inputField } from '../../primitives/form.ts';
import { createTexts, languages } from '../../texts.ts';
import { partStyles } from '../page-styles.ts';
import { SiteForm } from './site-form.ts';

/** What a site's widget is like. */
export class SiteLook extends SiteForm {
  static override properties: PropertyDeclarations = { hasAccent: { state: true } };
  static override styles = partStyles;

  declare protected hasAccent: boolean | null;

  constructor() {
    super();
    this.hasAccent = null;
  }

  protected override fields() {
    const { look, languages: spoken } = this.site.settings;
    const hasAccent = this.hasAccent ?? look.accent !== null;
    return html`<fieldset>
      <legend>${this.t('site.look')}</legend>
      <div class="pair">
        ${choiceField({
          name: 'accentKind',
          label: this.t('site.accent'),
          value: hasAccent ? 'own' : 'balie',
          options: [
            { value: 'balie', label: this.t('site.accent.balie') },
            { value: 'own', label: this.t('site.accent.own') },
          ],
          onChange: (value) => this.#setAccent(value === 'own'),
        })}
        ${hasAccent ? inputField({ name: 'accent', label: this.t('site.accent.colour'), type: 'color', value: look.accent ?? '#0f766e' }) : nothing}
        ${choiceField({
          name: 'side',
          label: this.t('site.side'),
          value: look.side,
          options: (['right', 'left'] as const).map((value) => ({ value, label: this.t(`site.side.${value}`) })),
        })}
        ${choiceField({
          name: 'languages',
          label: this.t('site.languages'),
          value: spoken.join(' '),
          options: [
            { value: languages.join(' '), label: this.t('site.languages.all') },
            ...languages.map((language) => ({
              value: language,
              label: createTexts(language).t('language.name'),
            })),
          ],
        })}
      </div>
    </fieldset>`;
  }

  protected override changeOf(values: FormValues): SiteChange {
    return {
      settings: {
        languages: values.text('languages').split(' ') as SiteView['settings']['languages'],
        look: {
          accent: values.text('accentKind') === 'own' ? values.text('accent') : null,
          side: values.text('side') as 'right' | 'left',
        },
      },
    };
  }

  #setAccent(has: boolean) {
    this.hasAccent = has;
  }
}

customElements.define('balie-site-look', SiteLook);
