import en from './en.json' with { type: 'json' };
import type talk from './en-talk.json';

export type TextKey = keyof typeof en | keyof typeof talk;
export type Texts = Readonly<Partial<Record<TextKey, string>>>;

export interface Speech {
  /** Of the texts, which need not be the one that was asked for. */
  readonly language: string;
  /** `value` takes the place of the braces. */
  t(key: TextKey, value?: string | number): string;
  /** English texts that came with a later part of the chat; they replace none of another language. */
  add(english: Texts): void;
}

/** English comes with the parts that say it; any other language comes whole, when it is wanted. */
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
    add(english) {
      texts = { ...english, ...texts };
    },
  };
}
