import type { Texts } from '../texts.ts';

const dayMs = 86_400_000;

export const timeOf = (at: number, { locale }: Texts) =>
  new Date(at).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' });

export const exactTimeOf = (at: number, { locale }: Texts) =>
  new Date(at).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'medium' });

export function dateOf(at: number, { locale }: Texts) {
  return new Date(at).toLocaleDateString(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
}

export function dayOf(at: number, now: number, texts: Texts) {
  const day = new Date(at).toDateString();
  if (day === new Date(now).toDateString()) return texts.t('chat.today');
  if (day === new Date(now - dayMs).toDateString()) return texts.t('chat.yesterday');
  return dateOf(at, texts);
}

export const dayAndTimeOf = (at: number, now: number, texts: Texts) => `${dayOf(at, now, texts)}, ${timeOf(at, texts)}`;

/** A time of today by the clock alone, any other with its day. */
export function momentOf(at: number, texts: Texts) {
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  if (isToday) return timeOf(at, texts);
  return new Date(at).toLocaleString(texts.locale, { dateStyle: 'medium', timeStyle: 'short' });
}
