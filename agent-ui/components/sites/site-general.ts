import { html, nothing } from 'lit';
import type { QueueView } from '../../../protocol/administration.ts';
import type { SiteChange, SiteView } from '../../../protocol/http.ts';
import { limits } from '../../../protocol/limits.ts';
import { areaField, checkField, choiceField, type FormValues, inputField } from '../../primitives/form.ts';
import type { Answer } from '../../state/rest.ts';
import { createTexts, languages } from '../../texts.ts';
import { ConsolePage } from '../console-page.ts';
import { partStyles } from '../page-styles.ts';
import { SavingForm } from '../saving-form.ts';

/** Where a site's chats come from, where they go, and what its widget is like. */
export class SiteGeneral extends ConsolePage {
  static override properties = {
    site: { attribute: false },
    queues: { attribute: false },
    hasAccent: { state: true },
  };
  static override styles = partStyles;

  declare site: SiteView;
  declare queues: readonly QueueView[];
  declare hasAccent: boolean | null;
  readonly #form = new SavingForm(this, (values) => this.#save(values));

  constructor() {
    super();
    this.hasAccent = null;
  }

  override render() {
    const { site } = this;
    const { trouble } = this.#form;
    return html`<form @submit=${this.#form.submit} @input=${this.#form.touch}>
      ${this.problem(trouble)}
      ${inputField({ name: 'name', label: this.t('people.name'), value: site.name, required: true, maxlength: limits.nameLength })}
      ${areaField({ name: 'origins', label: this.t('site.origins'), value: site.origins.join('\n'), rows: 3, required: true, hint: this.t('site.origins.hint'), invalid: trouble?.field?.startsWith('origins') ?? false })}
      ${this.#routing()}
      <fieldset>
        <legend>${this.t('site.asked')}</legend>
        ${checkField({ name: 'ask', value: 'name', label: this.t('people.name'), checked: site.ask.includes('name') })}
        ${checkField({ name: 'ask', value: 'email', label: this.t('people.email'), checked: site.ask.includes('email'), hint: this.t('site.asked.hint') })}
        ${checkField({ name: 'files', label: this.t('site.files'), checked: site.files, hint: this.t('site.files.hint') })}
      </fieldset>
      ${this.#survey()}
      ${choiceField({
        name: 'transcript',
        label: this.t('site.transcript'),
        value: site.settings.transcript,
        hint: this.t('site.transcript.hint'),
        options: (['off', 'ask', 'always'] as const).map((value) => ({
          value,
          label: this.t(`site.transcript.${value}`),
        })),
      })}
      ${this.#look()}
      ${inputField({ name: 'lifetime', label: this.t('site.lifetime'), type: 'number', value: site.tokenLifetimeMs / 60_000, min: 1, max: limits.tokenLifetimeMaxMs / 60_000, required: true, hint: this.t('site.lifetime.hint') })}
      ${this.#form.foot(this.texts)}
    </form>`;
  }

  #routing() {
    const { site } = this;
    const open = this.queues.filter(({ retired }) => !retired);
    return html`<fieldset>
      <legend>${this.t('site.routing')}</legend>
      ${choiceField({ name: 'queue', label: this.t('site.queue'), value: site.queue.id, options: open.map(({ id, name }) => ({ value: id, label: name })) })}
      ${open.map(({ id, name }) =>
        checkField({
          name: 'queues',
          value: id,
          label: this.t('site.queues', { name }),
          checked: site.queues.includes(id),
        }),
      )}
      ${areaField({
        name: 'rules',
        label: this.t('site.rules'),
        value: site.settings.rules.map(({ path, queue }) => `${path} ${this.#nameOf(queue)}`).join('\n'),
        rows: 3,
        hint: this.t('site.rules.hint'),
      })}
    </fieldset>`;
  }

  #survey() {
    const { on, comment, question } = this.site.settings.survey;
    return html`<fieldset>
      <legend>${this.t('survey.title')}</legend>
      ${checkField({ name: 'survey', label: this.t('survey.on'), checked: on, hint: this.t('survey.on.hint') })}
      ${checkField({ name: 'surveyComment', label: this.t('survey.comment'), checked: comment })}
      <div class="pair">
        ${languages.map((language) =>
          inputField({
            name: `question-${language}`,
            label: this.t(`survey.question.${language}`),
            value: question[language],
            maxlength: limits.surveyQuestionLength,
            hint: this.t('survey.question.hint'),
          }),
        )}
      </div>
    </fieldset>`;
  }

  #look() {
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
            { value: 'en nl', label: this.t('site.languages.all') },
            ...languages.map((language) => ({
              value: language,
              label: createTexts(language).t('language.name'),
            })),
          ],
        })}
      </div>
    </fieldset>`;
  }

  #nameOf(id: string) {
    return this.queues.find((queue) => queue.id === id)?.name ?? id;
  }

  #setAccent(has: boolean) {
    this.hasAccent = has;
  }

  async #save(values: FormValues): Promise<Answer<unknown>> {
    const rules = this.#rulesOf(values.lines('rules'));
    if (typeof rules === 'string')
      return { ok: false, problem: { code: 'invalid_field', field: 'rules', message: rules } };
    const change: SiteChange = {
      name: values.text('name'),
      origins: values.lines('origins'),
      queue: values.text('queue') as SiteView['queue']['id'],
      queues: values.all('queues') as SiteView['queues'],
      ask: values.all('ask') as SiteView['ask'],
      files: values.is('files'),
      tokenLifetimeMs: Math.round(values.number('lifetime') * 60_000),
      settings: {
        rules,
        transcript: values.text('transcript') as SiteView['settings']['transcript'],
        languages: values.text('languages').split(' ') as SiteView['settings']['languages'],
        look: {
          accent: values.text('accentKind') === 'own' ? values.text('accent') : null,
          side: values.text('side') as 'right' | 'left',
        },
        survey: {
          on: values.is('survey'),
          comment: values.is('surveyComment'),
          question: { en: values.text('question-en'), nl: values.text('question-nl') },
        },
      },
    };
    const answer = await this.rest.send<SiteView>('PATCH', `/sites/${this.site.id}`, change);
    if (answer.ok) this.dispatchEvent(new CustomEvent('site-change'));
    return answer;
  }

  /** `/business/* Sales`, one a line; the line that names no queue where there is one. */
  #rulesOf(lines: readonly string[]): SiteView['settings']['rules'] | string {
    const rules: SiteView['settings']['rules'] = [];
    for (const line of lines) {
      const [, path = '', name = ''] = /^(\S+)\s+(.+)$/.exec(line) ?? [];
      const queue = this.queues.find((one) => one.name.toLowerCase() === name.toLowerCase());
      if (!queue) return line;
      rules.push({ path, queue: queue.id });
    }
    return rules;
  }
}

customElements.define('balie-site-general', SiteGeneral);
