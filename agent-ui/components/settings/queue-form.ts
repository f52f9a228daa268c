import { html, nothing, type TemplateResult } from 'lit';
import type { QueueEdit, QueueView } from '../../../protocol/administration.ts';
import { limits } from '../../../protocol/limits.ts';
import { areaField, checkField, choiceField, type FormValues, inputField } from '../../primitives/form.ts';
import { draftOfHours, type HoursMistake, hoursOf, weekdays } from '../../state/hours-draft.ts';
import type { Problem } from '../../state/rest.ts';
import type { Texts } from '../../texts.ts';

interface QueueFormParts {
  readonly queue: QueueView;
  readonly others: readonly QueueView[];
  readonly texts: Texts;
  readonly problem: Problem | null;
  /** Whether times are asked for. */
  readonly hasHours: boolean;
  readonly onHours: (has: boolean) => void;
}

const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** All that can be set of a queue, in the order in which a visitor meets it. */
export function queueFields(parts: QueueFormParts): TemplateResult {
  const { queue, texts } = parts;
  const { t } = texts;
  return html`
    ${inputField({ name: 'name', label: t('people.name'), value: queue.name, required: true, maxlength: limits.nameLength })}
    ${hoursFields(parts)} ${closedFields(parts)}
    <fieldset>
      <legend>${t('queue.visitor')}</legend>
      ${areaField({ name: 'waiting', label: t('queue.waiting'), value: queue.waiting, rows: 2, maxlength: limits.queueTextLength, hint: t('queue.waiting.hint') })}
      ${areaField({ name: 'welcome', label: t('queue.welcome'), value: queue.welcome, rows: 2, maxlength: limits.queueTextLength, hint: t('queue.welcome.hint') })}
      ${checkField({ name: 'verifiedOnly', label: t('queue.verified'), checked: queue.verifiedOnly, hint: t('queue.verified.hint') })}
    </fieldset>
    <fieldset>
      <legend>${t('queue.agent')}</legend>
      <div class="pair">
        ${inputField({ name: 'present', label: t('queue.present'), type: 'number', value: seconds(queue.presentMs), min: 5, max: limits.presentMaxMs / 1000, hint: t('queue.present.hint') })}
        ${inputField({ name: 'wrapUp', label: t('queue.wrapup'), type: 'number', value: seconds(queue.wrapUpMs), min: 0, max: limits.wrapUpMaxMs / 1000, required: true, hint: t('queue.wrapup.hint') })}
        ${inputField({ name: 'within', label: t('queue.within'), type: 'number', value: seconds(queue.answerWithinMs), min: 1, max: limits.answerWithinMaxMs / 1000, required: true, hint: t('queue.within.hint') })}
      </div>
      ${areaField({ name: 'categories', label: t('queue.categories'), value: queue.closing?.categories.join('\n') ?? '', rows: 3, hint: t('queue.categories.hint') })}
      ${checkField({ name: 'required', label: t('queue.categories.required'), checked: queue.closing?.required ?? false })}
    </fieldset>
  `;
}

function hoursFields({ queue, texts: { t }, hasHours, onHours }: QueueFormParts) {
  const draft = queue.hours ? draftOfHours(queue.hours) : null;
  const office = weekdays.map((day) => (day <= 5 ? '09:00-17:00' : ''));
  return html`<fieldset>
    <legend>${t('queue.hours')}</legend>
    ${choiceField({
      name: 'hours',
      label: t('queue.hours.when'),
      value: hasHours ? 'times' : 'always',
      options: [
        { value: 'always', label: t('queue.hours.always') },
        { value: 'times', label: t('queue.hours.times') },
      ],
      onChange: (value) => onHours(value === 'times'),
    })}
    ${
      hasHours
        ? html`<div class="pair">
              ${weekdays.map((day) =>
                inputField({
                  name: `day-${day}`,
                  label: t(`weekday.${day}`),
                  value: (draft?.days ?? office)[day - 1] ?? '',
                  placeholder: t('queue.hours.closed'),
                }),
              )}
              ${inputField({ name: 'timeZone', label: t('queue.hours.zone'), value: draft?.timeZone ?? ownZone(), required: true })}
            </div>
            <p class="hint">${t('queue.hours.hint')}</p>
            ${areaField({ name: 'holidays', label: t('queue.holidays'), value: draft?.holidays ?? '', rows: 3, hint: t('queue.holidays.hint') })}`
        : nothing
    }
  </fieldset>`;
}

function closedFields({ queue, others, texts: { t } }: QueueFormParts) {
  const { whenClosed } = queue;
  return html`<fieldset>
    <legend>${t('queue.closed')}</legend>
    <div class="pair">
      ${choiceField({
        name: 'whenClosed',
        label: t('queue.closed.do'),
        value: whenClosed.do === 'queue' ? `queue ${whenClosed.queue}` : whenClosed.do,
        options: [
          { value: 'hours', label: t('queue.closed.hours') },
          { value: 'form', label: t('queue.closed.form') },
          ...others.map(({ id, name }) => ({ value: `queue ${id}`, label: t('queue.closed.queue', { name }) })),
        ],
      })}
      ${inputField({ name: 'maxWaiting', label: t('queue.full'), type: 'number', value: queue.maxWaiting ?? '', min: 1, max: 1000, hint: t('queue.full.hint') })}
    </div>
  </fieldset>`;
}

const seconds = (ms: number | null) => (ms === null ? '' : ms / 1000);

/** What was entered, or what of the hours is no time. */
export function queueEditOf(values: FormValues): QueueEdit | HoursMistake {
  const hours = values.text('hours') === 'times' ? hoursOf(draftOf(values)) : null;
  if (hours && ('day' in hours || 'holiday' in hours)) return hours;
  const categories = values.lines('categories');
  const [policy, queue] = values.text('whenClosed').split(' ');
  return {
    name: values.text('name'),
    hours,
    whenClosed: (policy === 'queue' ? { do: policy, queue } : { do: policy }) as NonNullable<QueueEdit['whenClosed']>,
    maxWaiting: values.text('maxWaiting') ? values.number('maxWaiting') : null,
    waiting: values.text('waiting'),
    welcome: values.text('welcome'),
    verifiedOnly: values.is('verifiedOnly'),
    presentMs: values.text('present') ? values.number('present') * 1000 : null,
    answerWithinMs: values.number('within') * 1000,
    wrapUpMs: values.number('wrapUp') * 1000,
    closing: categories.length > 0 ? { categories: [...new Set(categories)], required: values.is('required') } : null,
  };
}

const draftOf = (values: FormValues) => ({
  timeZone: values.text('timeZone'),
  days: weekdays.map((day) => values.text(`day-${day}`)),
  holidays: values.text('holidays'),
});
