import { html } from 'lit';
import type { SiteChange, SiteView } from '../../../protocol/http.ts';
import { limits } from '../../../protocol/limits.ts';
import { checkField, choiceField, type FormValues, inputField } from '../../primitives/form.ts';
import { languages } from '../../texts.ts';
import { partStyles } from '../page-styles.ts';
import { SiteForm } from './site-form.ts';

/** What a visitor is asked and may do before, during and after a chat. */
export class SiteChats extends SiteForm {
  static override styles = partStyles;

  protected override fields() {
    const { ask, files } = this.site;
    return html`
      <fieldset>
        <legend>${this.t('site.asked')}</legend>
        ${checkField({ name: 'ask', value: 'name', label: this.t('people.name'), checked: ask.includes('name') })}
        ${checkField({ name: 'ask', value: 'email', label: this.t('people.email'), checked: ask.includes('email'), hint: this.t('site.asked.hint') })}
      </fieldset>
      <fieldset>
        <legend>${this.t('site.during')}</legend>
        ${checkField({ name: 'files', label: this.t('site.files'), checked: files, hint: this.t('site.files.hint') })}
      </fieldset>
      ${this.#afterwards()}
    `;
  }

  protected override changeOf(values: FormValues): SiteChange {
    return {
      ask: values.all('ask') as SiteView['ask'],
      files: values.is('files'),
      settings: {
        transcript: values.text('transcript') as SiteView['settings']['transcript'],
        survey: {
          on: values.is('survey'),
          comment: values.is('surveyComment'),
          question: { en: values.text('question-en'), nl: values.text('question-nl') },
        },
      },
    };
  }

  #afterwards() {
    const { survey, transcript } = this.site.settings;
    return html`<fieldset>
      <legend>${this.t('survey.title')}</legend>
      ${checkField({ name: 'survey', label: this.t('survey.on'), checked: survey.on, hint: this.t('survey.on.hint') })}
      ${checkField({ name: 'surveyComment', label: this.t('survey.comment'), checked: survey.comment })}
      <div class="pair">
        ${languages.map((language) =>
          inputField({
            name: `question-${language}`,
            label: this.t(`survey.question.${language}`),
            value: survey.question[language],
            maxlength: limits.surveyQuestionLength,
            hint: this.t('survey.question.hint'),
          }),
        )}
      </div>
      ${choiceField({
        name: 'transcript',
        label: this.t('site.transcript'),
        value: transcript,
        hint: this.t('site.transcript.hint'),
        options: (['off', 'ask', 'always'] as const).map((value) => ({
          value,
          label: this.t(`site.transcript.${value}`),
        })),
      })}
    </fieldset>`;
  }
}

customElements.define('balie-site-chats', SiteChats);
