import en from './texts/en.json' with { type: 'json' };
import nl from './texts/nl.json' with { type: 'json' };

export const catalogues = { en, nl } as const;
export type MailLanguage = keyof typeof catalogues;
export type MailText = keyof typeof en;
export type Say = (key: MailText, values?: Readonly<Record<string, string | number>>) => string;

/** `{name}` in a text is replaced by the value of that name. */
export const createSay =
  (language: MailLanguage): Say =>
  (key, values = {}) =>
    catalogues[language][key].replace(/\{(\w+)\}/g, (_whole, name: string) => String(values[name] ?? ''));

/** `nl-BE` is Dutch; what we don't speak is English. */
export const mailLanguage = (wanted: string | undefined): MailLanguage =>
  wanted?.toLowerCase().split('-')[0] === 'nl' ? 'nl' : 'en';
