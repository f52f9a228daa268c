import { html, nothing } from 'lit';
import type { Audience, EventType } from '../../../protocol/entities.ts';
import { limits } from '../../../protocol/limits.ts';
import type { NewWebhook, WebhookView, WebhookViews } from '../../../protocol/webhooks.ts';
import { checkField, choiceField, type FormValues, inputField } from '../../primitives/form.ts';
import type { Problem } from '../../state/rest.ts';
import type { Texts } from '../../texts.ts';

/** What is chosen in the form and decides what else it asks. */
export interface WebhookChoice {
  readonly audience: Audience;
  readonly isSome: boolean;
}

interface WebhookForm {
  /** Null for a new one. */
  readonly webhook: WebhookView | null;
  readonly kinds: WebhookViews['kinds'];
  readonly choice: WebhookChoice;
  readonly onChoose: (choice: WebhookChoice) => void;
  readonly texts: Texts;
  readonly problem: Problem | null;
}

export const choiceOf = (webhook: WebhookView | null): WebhookChoice => ({
  audience: webhook?.audience ?? 'everyone',
  isSome: (webhook?.kinds.length ?? 0) > 0,
});

/** The fields of a webhook, new or not. */
export function webhookFields({ webhook, kinds, choice, onChoose, texts: { t }, problem }: WebhookForm) {
  return html`
    ${inputField({ name: 'name', label: t('webhook.name'), value: webhook?.name ?? '', required: true, maxlength: limits.nameLength })}
    ${inputField({ name: 'url', label: t('webhook.url'), value: webhook?.url ?? '', required: true, maxlength: limits.urlLength, placeholder: 'https://crm.example/balie', hint: t('webhook.url.hint'), invalid: problem?.field === 'url' })}
    ${choiceField({
      name: 'audience',
      label: t('webhook.audience'),
      value: choice.audience,
      hint: t('webhook.audience.hint'),
      options: (['everyone', 'agents'] as const).map((value) => ({ value, label: t(`webhook.audience.${value}`) })),
      onChange: (value) => onChoose({ ...choice, audience: value as Audience }),
    })}
    ${choiceField({
      name: 'which',
      label: t('webhook.kinds'),
      value: choice.isSome ? 'some' : 'all',
      options: (['all', 'some'] as const).map((value) => ({ value, label: t(`webhook.kinds.${value}`) })),
      onChange: (value) => onChoose({ ...choice, isSome: value === 'some' }),
    })}
    ${
      choice.isSome
        ? html`<fieldset class="kinds">
            <legend>${t('webhook.kinds.some')}</legend>
            ${kinds[choice.audience].map((kind) =>
              checkField({
                name: 'kinds',
                value: kind,
                label: t(`webhook.kind.${kind}`),
                checked: webhook?.kinds.includes(kind) ?? false,
              }),
            )}
          </fieldset>`
        : nothing
    }
  `;
}

/** None chosen is all: what tells nobody anything is switched off instead. */
export const webhookEditOf = (values: FormValues): NewWebhook => ({
  name: values.text('name'),
  url: values.text('url'),
  audience: values.text('audience') as Audience,
  kinds: values.text('which') === 'some' ? (values.all('kinds') as EventType[]) : [],
});
