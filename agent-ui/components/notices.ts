import { html, nothing } from 'lit';
import '../primitives/toast.ts';
import type { DeskState, Notice } from '../state/desk-state.ts';
import type { Texts } from '../texts.ts';
import { refusalWords } from './words.ts';

/** How the connection is, and what happened: a template, drawn where the shell has room for it. */
export function notices(desk: Pick<DeskState, 'link' | 'isOpen' | 'notice'>, texts: Texts, onDismiss: () => void) {
  const { notice } = desk;
  const connection = connectionWords(desk, texts);
  return html`<div class="notices">
    <p class="connection" role="status">${connection ? html`<span>${connection}</span>` : nothing}</p>
    <ui-toast
      text=${notice ? noticeWords(notice, texts) : ''}
      tone=${notice && notice.kind !== 'gone' ? 'bad' : 'plain'}
      dismissLabel=${texts.t('notice.dismiss')}
      @ui-close=${onDismiss}
    ></ui-toast>
  </div>`;
}

function noticeWords(notice: Notice, texts: Texts): string {
  const { t } = texts;
  switch (notice.kind) {
    case 'refused':
      return refusalWords(notice.code, texts);
    case 'off':
      return t('notice.off');
    case 'not-kept':
      return t('offer.save.failed');
    case 'gone':
      return t(`gone.${notice.reason}`, { name: notice.name || t('visitor.unnamed') });
    default:
      return notice satisfies never;
  }
}

/** Empty where all is well. */
function connectionWords({ link, isOpen }: Pick<DeskState, 'link' | 'isOpen'>, { t }: Texts): string {
  if (link.kind === 'waiting' || (link.kind === 'connecting' && isOpen)) return t('connection.lost');
  if (link.kind === 'restarting' || link.kind === 'outdated') return t(`connection.${link.kind}`);
  return link.kind === 'connecting' ? t('connection.connecting') : '';
}
