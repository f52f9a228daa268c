import { html, nothing } from 'lit';
import type { WebhookId } from '../../../protocol/ids.ts';
import type { WebhookView } from '../../../protocol/webhooks.ts';
import { icon } from '../../icons.ts';
import type { Texts } from '../../texts.ts';
import { momentOf } from '../times.ts';

const tone = { on: 'good', off: '', failing: 'bad', gone: 'bad' } as const;

/** Whether it is on, and whether it works. */
export function webhookState({ state, failingSince }: WebhookView, texts: Texts) {
  const { t } = texts;
  if (state === 'on' && failingSince !== null)
    return html`<span class="tag bad">${t('webhook.trouble', { when: momentOf(failingSince, texts) })}</span>`;
  return html`<span class="tag ${tone[state]}">${t(`webhook.state.${state}`)}</span>`;
}

/** Those that switched themselves off, which nobody was there to see. */
export function webhookNotices(
  webhooks: readonly WebhookView[],
  texts: Texts,
  onLook: ((id: WebhookId) => void) | null = null,
) {
  return webhooks.map(({ id, name, state, since, waiting }) => {
    if (state !== 'failing' && state !== 'gone') return nothing;
    const left = waiting > 0 ? `${texts.t('webhook.waiting', { count: waiting })}.` : '';
    return html`<div class="notice" role="alert">
      ${icon('triangle-alert')}
      <p>${texts.t(`webhook.notice.${state}`, { name, when: momentOf(since, texts) })} ${left}</p>
      ${
        onLook
          ? html`<button class="button" type="button" @click=${() => onLook(id)}>
              ${texts.t('webhook.notice.look', { name })}
            </button>`
          : nothing
      }
      <p class="small">${texts.t('webhook.notice.next')}</p>
    </div>`;
  });
}
