import en from './en.json' with { type: 'json' };
import type away from './en-away.json';
import type files from './en-files.json';
import type offer from './en-offer.json';
import type survey from './en-survey.json';
import type talk from './en-talk.json';
import type transcript from './en-transcript.json';

export type TextKey = keyof (typeof en &
  typeof talk &
  typeof offer &
  typeof files &
  typeof away &
  typeof survey &
  typeof transcript);
/** What a later part of the chat has to say, in every language. */
export type Catalogues = Readonly<Record<string, Texts>> & { readonly en: Texts };
export type Texts = Readonly<Partial<Record<TextKey, string>>>;

export interface Speech {
  /** Of the texts, which need not be the one that was asked for. */
  readonly language: string;
  /** `value` takes the place of the braces. */
  t(key: TextKey, value?: string | number): string;
  add(more: Catalogues): void;
}

/** English comes with the chat; another language when it is wanted. Parts fetched later bring all of theirs. */
export async function loadSpeech(wanted: string): Promise<Speech> {
  if (/^nl\b/i.test(wanted)) {
    try {
      const dutch = await import('./nl.json', { with: { type: 'json' } });
      return createSpeech('nl', dutch.default);
    } catch {
      // A chat in English is better than none.
    }
  }
  return createSpeech('en', en);
}

export function createSpeech(language: string, texts: Texts): Speech {
  return {
    language,
    t: (key, value) => `${texts[key]}`.replace('{}', () => `${value}`),
    add(more) {
      texts = { ...texts, ...more.en, ...more[language] };
    },
  };
}
