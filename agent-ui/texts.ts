import enDesk from './texts/en.json' with { type: 'json' };
import enChatLog from './texts/en-chat-log.json' with { type: 'json' };
import enFloor from './texts/en-floor.json' with { type: 'json' };
import enHooks from './texts/en-hooks.json' with { type: 'json' };
import enMail from './texts/en-mail.json' with { type: 'json' };
import enPreview from './texts/en-preview.json' with { type: 'json' };
import enPrivacy from './texts/en-privacy.json' with { type: 'json' };
import enSettings from './texts/en-settings.json' with { type: 'json' };
import enSetup from './texts/en-setup.json' with { type: 'json' };
import enStatistics from './texts/en-statistics.json' with { type: 'json' };
import nlDesk from './texts/nl.json' with { type: 'json' };
import nlChatLog from './texts/nl-chat-log.json' with { type: 'json' };
import nlFloor from './texts/nl-floor.json' with { type: 'json' };
import nlHooks from './texts/nl-hooks.json' with { type: 'json' };
import nlMail from './texts/nl-mail.json' with { type: 'json' };
import nlPreview from './texts/nl-preview.json' with { type: 'json' };
import nlPrivacy from './texts/nl-privacy.json' with { type: 'json' };
import nlSettings from './texts/nl-settings.json' with { type: 'json' };
import nlSetup from './texts/nl-setup.json' with { type: 'json' };
import nlStatistics from './texts/nl-statistics.json' with { type: 'json' };

/** One catalogue a language, in files by area; no key stands in two of them. */
export const areas = {
  en: [enDesk, enChatLog, enMail, enPrivacy, enSettings, enStatistics, enSetup, enHooks, enFloor, enPreview],
  nl: [nlDesk, nlChatLog, nlMail, nlPrivacy, nlSettings, nlStatistics, nlSetup, nlHooks, nlFloor, nlPreview],
};
const en = {
  ...enDesk,
  ...enChatLog,
  ...enMail,
  ...enPrivacy,
  ...enSettings,
  ...enStatistics,
  ...enSetup,
  ...enHooks,
  ...enFloor,
  ...enPreview,
};
const nl = {
  ...nlDesk,
  ...nlChatLog,
  ...nlMail,
  ...nlPrivacy,
  ...nlSettings,
  ...nlStatistics,
  ...nlSetup,
  ...nlHooks,
  ...nlFloor,
  ...nlPreview,
};
export const catalogues = { en, nl } as const;

export type Language = keyof typeof catalogues;
export type TextKey = keyof typeof en;
export type TextVars = Readonly<Record<string, string | number>>;

type Entry = string | Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>;

export const languages = Object.keys(catalogues) as Language[];

/** The first of the wanted languages (`nl-BE` counts as `nl`) that there is a catalogue for. */
export function chooseLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const found = languages.find((language) => language === tag.toLowerCase().split('-')[0]);
    if (found) return found;
  }
  return 'en';
}

export interface Texts {
  readonly language: Language;
  /** The person's own kind of that language, for dates and numbers: who reads English in London counts to 24 hours. */
  readonly locale: string;
  /** `{name}` in a text is replaced by `vars.name`, and `{{name}}` stays; an entry with plural forms is chosen by `vars.count`. */
  t(key: TextKey, vars?: TextVars): string;
}

export function createTexts(language: Language, wanted: readonly string[] = []): Texts {
  const locale = wanted.find((tag) => tag.toLowerCase().startsWith(`${language}-`)) ?? language;
  const catalogue: Readonly<Record<TextKey, Entry>> = catalogues[language];
  const plurals = new Intl.PluralRules(language);
  const t = (key: TextKey, vars: TextVars = {}) => {
    const entry = catalogue[key];
    const text = typeof entry === 'string' ? entry : (entry[plurals.select(Number(vars.count))] ?? entry.other ?? '');
    return text.replace(/\{\{\w+\}\}|\{(\w+)\}/g, (whole, name?: string) => (name ? String(vars[name] ?? '') : whole));
  };
  return { language, locale, t };
}

/** For keys that end in a code of the protocol: the text for it, or the one for all others. */
export function isTextKey(key: string): key is TextKey {
  return Object.hasOwn(en, key);
}
