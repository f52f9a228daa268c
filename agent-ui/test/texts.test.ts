import { describe, expect, it } from 'vitest';
import { deliveryFailures, refusalCodes, tokenChecks } from '../../protocol/codes.ts';
import { areas, catalogues, chooseLanguage, createTexts, isTextKey } from '../texts.ts';

const { en, nl } = catalogues;
type Entry = string | Record<string, string>;

const placeholders = (entry: Entry) => [...new Set(JSON.stringify(entry).match(/\{\w+\}/g))].sort();
const forms = (entry: Entry) => (typeof entry === 'string' ? [] : Object.keys(entry).sort());

describe('the catalogues', () => {
  it('have the same keys in the same order', () => {
    expect(Object.keys(nl)).toEqual(Object.keys(en));
  });

  it('have no key in two areas', () => {
    for (const language of ['en', 'nl'] as const) {
      const keys = areas[language].flatMap((area) => Object.keys(area));
      expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
      expect(Object.keys(catalogues[language])).toEqual(keys);
    }
  });

  it('have the same placeholders and plural forms under every key', () => {
    const shape = (catalogue: Record<string, Entry>) =>
      Object.entries(catalogue).map(([key, entry]) => [key, placeholders(entry), forms(entry)]);
    expect(shape(nl)).toEqual(shape(en));
  });

  it('say in words which check a token failed, for each that there is', () => {
    expect(tokenChecks.filter((check) => !isTextKey(`check.${check}`))).toEqual([]);
  });

  it('say in words why a delivery found nobody, for each reason that there is', () => {
    expect(deliveryFailures.filter((failure) => !isTextKey(`delivery.${failure}`))).toEqual([]);
  });

  it('fall back to naming the code only for refusals that an agent cannot mend', () => {
    const unnamed = refusalCodes.filter((code) => !isTextKey(`refusal.${code}`));
    expect(unnamed).toEqual([
      'malformed',
      'unknown_frame',
      'not_ready',
      'already_open',
      'wrong_state',
      'conflicting_resend',
    ]);
  });
});

describe('t', () => {
  it('fills in what it is given, and counts as the language counts', () => {
    const { t } = createTexts('nl');
    expect(t('tab.unread', { name: 'Ada', count: 1 })).toBe('Ada, 1 ongelezen bericht');
    expect(t('tab.unread', { name: 'Ada', count: 3 })).toBe('Ada, 3 ongelezen berichten');
  });

  it('leaves double braces for what they stand for in a preset', () => {
    expect(createTexts('en').t('presets.text.hint')).toContain('{{name}} becomes the visitor');
  });

  it('takes what stands in a variable as it is, braces and dollars included', () => {
    expect(createTexts('en').t('chat.label', { name: '{name} $& $1' })).toBe('Chat with {name} $& $1');
  });
});

describe('the language', () => {
  it('is the first wanted one that there is a catalogue for', () => {
    expect(chooseLanguage(['fr-FR', 'nl-BE', 'en'])).toBe('nl');
  });

  it('is English where none of them is there', () => {
    expect(chooseLanguage(['fr', 'tlh'])).toBe('en');
  });
});
