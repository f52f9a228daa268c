import type { DeskState, Notice } from '../state/desk-state.ts';
import type { Texts } from '../texts.ts';
import { refusalWords } from './words.ts';

export function noticeWords(notice: Notice, texts: Texts): string {
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
export function connectionWords({ link, isOpen }: Pick<DeskState, 'link' | 'isOpen'>, { t }: Texts): string {
  if (link.kind === 'waiting' || (link.kind === 'connecting' && isOpen)) return t('connection.lost');
  if (link.kind === 'restarting' || link.kind === 'outdated') return t(`connection.${link.kind}`);
  return link.kind === 'connecting' ? t('connection.connecting') : '';
}
