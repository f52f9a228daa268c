import { css, html, nothing, type PropertyDeclarations } from 'lit';
import type { QueueView } from '../../../protocol/administration.ts';
import type { SiteChange, SiteView } from '../../../protocol/http.ts';
import { choiceField, FormValues, inputField } from '../../primitives/form.ts';
import { createTexts, languages } from '../../texts.ts';
import { partStyles } from '../page-styles.ts';
import { SiteForm } from './site-form.ts';
import './widget-preview.ts';

type Worn = Pick<SiteView['settings'], 'look' | 'languages'>;

/** Where somebody begins who chooses a colour. */
const firstAccent = '#0f766e';

/** What a site's widget is like, and how that looks. */
export class SiteLook extends SiteForm {
  static override properties: PropertyDeclarations = { queues: { attribute: false }, worn: { state: true } };
  static override styles = [
    ...partStyles,
    css`
      .beside {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(320px, 100%), 1fr));
        gap: var(--space-24);
        align-items: start;
      }
    `,
  ];

  declare queues: readonly QueueView[];
  /** What the form holds; null until something was entered. */
  declare protected worn: Worn | null;

  constructor() {
    super();
    this.worn = null;
  }

  protected override fields() {
    const { look, languages: spoken } = this.worn ?? this.site.settings;
    return html`<div class="beside">
      <fieldset>
        <legend>${this.t('site.look')}</legend>
        ${this.#colour()}
        ${choiceField({
          name: 'side',
          label: this.t('site.side'),
          value: this.site.settings.look.side,
          options: (['right', 'left'] as const).map((value) => ({ value, label: this.t(`site.side.${value}`) })),
        })}
        ${choiceField({
          name: 'languages',
          label: this.t('site.languages'),
          value: this.site.settings.languages.join(' '),
          options: [
            { value: languages.join(' '), label: this.t('site.languages.all') },
            ...languages.map((language) => ({
              value: language,
              label: createTexts(language).t('language.name'),
            })),
          ],
        })}
      </fieldset>
      <balie-widget-preview
        .site=${this.site}
        .queue=${this.queues.find(({ id }) => id === this.site.queue.id)}
        .look=${look}
        .language=${spoken.length === 1 ? spoken[0] : this.texts.language}
      ></balie-widget-preview>
    </div>`;
  }

  protected override changeOf(values: FormValues): SiteChange {
    return { settings: this.#wornOf(values) };
  }

  protected override entered(event: Event) {
    this.worn = this.#wornOf(new FormValues(event));
  }

  #colour() {
    const { accent } = this.site.settings.look;
    const hasOwn = (this.worn ?? this.site.settings).look.accent !== null;
    return html`${choiceField({
      name: 'accentKind',
      label: this.t('site.accent'),
      value: accent === null ? 'balie' : 'own',
      options: [
        { value: 'balie', label: this.t('site.accent.balie') },
        { value: 'own', label: this.t('site.accent.own') },
      ],
    })}
    ${hasOwn ? inputField({ name: 'accent', label: this.t('site.accent.colour'), type: 'color', value: accent ?? firstAccent }) : nothing}`;
  }

  #wornOf(values: FormValues): Worn {
    const isOwn = values.text('accentKind') === 'own';
    // The field for it is drawn once it is wanted.
    const accent = values.text('accent') || this.site.settings.look.accent || firstAccent;
    return {
      languages: values.text('languages').split(' ') as Worn['languages'],
      look: { accent: isOwn ? accent : null, side: values.text('side') as Worn['look']['side'] },
    };
  }
}

customElements.define('balie-site-look', SiteLook);
