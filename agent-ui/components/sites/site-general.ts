import { html, type PropertyDeclarations } from 'lit';
import type { QueueView } from '../../../protocol/administration.ts';
import type { SiteChange, SiteView } from '../../../protocol/http.ts';
import { limits } from '../../../protocol/limits.ts';
import { areaField, checkField, choiceField, type FormValues, inputField } from '../../primitives/form.ts';
import type { Problem } from '../../state/rest.ts';
import { partStyles } from '../page-styles.ts';
import { SiteForm } from './site-form.ts';

const minuteMs = 60_000;

/** Where a site's chats come from, and where they go. */
export class SiteGeneral extends SiteForm {
  static override properties: PropertyDeclarations = { queues: { attribute: false } };
  static override styles = partStyles;

  declare queues: readonly QueueView[];

  protected override fields(trouble: Problem | null) {
    const { site } = this;
    return html`
      <fieldset>
        <legend>${this.t('site.pages')}</legend>
        ${inputField({ name: 'name', label: this.t('people.name'), value: site.name, required: true, maxlength: limits.nameLength })}
        ${areaField({ name: 'origins', label: this.t('site.origins'), value: site.origins.join('\n'), rows: 3, required: true, hint: this.t('site.origins.hint'), invalid: trouble?.field?.startsWith('origins') ?? false })}
      </fieldset>
      ${this.#routing(trouble)}
      <fieldset>
        <legend>${this.t('site.tokens')}</legend>
        ${inputField({ name: 'lifetime', label: this.t('site.lifetime'), type: 'number', value: site.tokenLifetimeMs / minuteMs, min: 1, max: limits.tokenLifetimeMaxMs / minuteMs, required: true, hint: this.t('site.lifetime.hint') })}
      </fieldset>
    `;
  }

  protected override changeOf(values: FormValues): SiteChange | Problem {
    const rules = this.#rulesOf(values.lines('rules'));
    if (typeof rules === 'string') return { code: 'invalid_field', field: 'rules', message: rules };
    return {
      name: values.text('name'),
      origins: values.lines('origins'),
      queue: values.text('queue') as SiteView['queue']['id'],
      queues: values.all('queues') as SiteView['queues'],
      tokenLifetimeMs: Math.round(values.number('lifetime') * minuteMs),
      settings: { rules },
    };
  }

  #routing(trouble: Problem | null) {
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
        invalid: trouble?.field?.includes('rules') ?? false,
      })}
    </fieldset>`;
  }

  #nameOf(id: string) {
    return this.queues.find((queue) => queue.id === id)?.name ?? id;
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
