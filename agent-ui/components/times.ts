import type { Texts } from '../texts.ts';

const dayMs = 86_400_000;

const clock = formatter({ hour: '2-digit', minute: '2-digit' });
const exact = formatter({ dateStyle: 'medium', timeStyle: 'medium' });
const date = formatter({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const moment = formatter({ dateStyle: 'medium', timeStyle: 'short' });

export const timeOf = (at: number, { locale }: Texts) => clock(at, locale);

export const exactTimeOf = (at: number, { locale }: Texts) => exact(at, locale);

export const dateOf = (at: number, { locale }: Texts) => date(at, locale);

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
  return isToday ? timeOf(at, texts) : moment(at, texts.locale);
}

/** Made once a locale: to make one takes longer than to draw the line that its time stands in. */
function formatter(options: Intl.DateTimeFormatOptions): (at: number, locale: string) => string {
  const made = new Map<string, Intl.DateTimeFormat>();
  return (at, locale) => {
    const format = made.get(locale) ?? new Intl.DateTimeFormat(locale, options);
    made.set(locale, format);
    return format.format(at);
  };
}
