import { describe, expect, test } from 'vitest';
import en from '../texts/en.json' with { type: 'json' };
import enAway from '../texts/en-away.json' with { type: 'json' };
import enFiles from '../texts/en-files.json' with { type: 'json' };
import enOffer from '../texts/en-offer.json' with { type: 'json' };
import enSurvey from '../texts/en-survey.json' with { type: 'json' };
import enTalk from '../texts/en-talk.json' with { type: 'json' };
import nl from '../texts/nl.json' with { type: 'json' };
import nlAway from '../texts/nl-away.json' with { type: 'json' };
import nlFiles from '../texts/nl-files.json' with { type: 'json' };
import nlOffer from '../texts/nl-offer.json' with { type: 'json' };
import nlSurvey from '../texts/nl-survey.json' with { type: 'json' };
import nlTalk from '../texts/nl-talk.json' with { type: 'json' };
import { createSpeech, loadSpeech } from '../texts/speech.ts';

const parts: [string, Record<string, string>, Record<string, string>][] = [
  ['the chat', en, nl],
  ['messages', enTalk, nlTalk],
  ['offers', enOffer, nlOffer],
  ['files', enFiles, nlFiles],
  ['a closed desk', enAway, nlAway],
  ['the survey', enSurvey, nlSurvey],
];
const talk = { en: enTalk, nl: nlTalk };
const holes = (texts: Record<string, string>) =>
  Object.entries(texts).map(([key, text]) => [key, text.split('{}').length - 1]);

describe('texts', () => {
  test.each(parts)('19 every language has the same texts for %s, with the same places to fill', (_, english, dutch) => {
    expect(Object.keys(dutch)).toEqual(Object.keys(english));
    expect(holes(dutch)).toEqual(holes(english));
  });

  test('no two parts use the same name for a text', () => {
    const names = parts.flatMap(([, english]) => Object.keys(english));
    expect(new Set(names).size).toBe(names.length);
  });

  test('what is filled in is not read as a pattern', () => {
    expect(createSpeech('en', enTalk).t('typing', "$& {} $'")).toBe("$& {} $' is typing…");
  });

  test('19 a Dutch page is spoken to in Dutch, before and after more texts came', async () => {
    for (const wanted of ['nl', 'nl-BE', 'NL-nl']) {
      const speech = await loadSpeech(wanted);
      speech.add(talk);
      expect([speech.language, speech.t('send'), speech.t('retry')]).toEqual(['nl', nl.send, nlTalk.retry]);
    }
  });

  test('a page in any other language is spoken to in English', async () => {
    for (const wanted of ['en-GB', 'nlx', 'de', '']) {
      const speech = await loadSpeech(wanted);
      speech.add(talk);
      expect([speech.language, speech.t('send'), speech.t('retry')]).toEqual(['en', en.send, enTalk.retry]);
    }
  });
});
