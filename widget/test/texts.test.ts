import { describe, expect, test } from 'vitest';
import en from '../texts/en.json' with { type: 'json' };
import talk from '../texts/en-talk.json' with { type: 'json' };
import nl from '../texts/nl.json' with { type: 'json' };
import { createSpeech, loadSpeech } from '../texts/speech.ts';

const english = { ...en, ...talk };
const holes = (texts: Record<string, string>) =>
  Object.entries(texts)
    .filter(([, text]) => text.includes('{}'))
    .map(([key]) => key)
    .sort();

describe('texts', () => {
  test('19 every language has the same texts, with the same places to fill', () => {
    expect(Object.keys(nl).sort()).toEqual(Object.keys(english).sort());
    expect(holes(nl)).toEqual(holes(english));
  });

  test('what is filled in is not read as a pattern', () => {
    expect(createSpeech('en', english).t('typing', "$& {} $'")).toBe("$& {} $' is typing…");
  });

  test('19 a Dutch page is spoken to in Dutch, before and after more texts came', async () => {
    for (const wanted of ['nl', 'nl-BE', 'NL-nl']) {
      const speech = await loadSpeech(wanted);
      speech.add(talk);
      expect([speech.language, speech.t('send'), speech.t('retry')]).toEqual(['nl', nl.send, nl.retry]);
    }
  });

  test('a page in any other language is spoken to in English', async () => {
    for (const wanted of ['en-GB', 'nlx', 'de', '']) {
      const speech = await loadSpeech(wanted);
      speech.add(talk);
      expect([speech.language, speech.t('send'), speech.t('retry')]).toEqual(['en', en.send, talk.retry]);
    }
  });
});
