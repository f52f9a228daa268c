import { describe, expect, it } from 'vitest';
import type { Preset } from '../../protocol/http.ts';
import type { PresetId, QueueId } from '../../protocol/ids.ts';
import { fillPlaceholders, findPresets, foldKey, inFolders, openPlaceholders } from '../state/presets.ts';

const support = 'support' as QueueId;
const preset = (title: string, change: Partial<Preset> = {}): Preset => ({
  id: title as PresetId,
  queue: null,
  folder: '',
  title,
  text: `${title}!`,
  ...change,
});

describe('placeholders', () => {
  const values = new Map([
    ['name', 'Ada'],
    ['customernumber', 'G-1'],
    ['empty', ''],
    ['lines', 'two\nlines'],
  ]);

  it('are filled with what is known, however the name is written', () => {
    expect(fillPlaceholders('Hello {{name}} ({{ Customer_Number }})', values)).toBe('Hello Ada (G-1)');
    expect(foldKey('Customer number')).toBe(foldKey('customer_number'));
  });

  it('without a value stay as they are, and are named once', () => {
    const text = fillPlaceholders('{{plan}} {{empty}} {{plan}} {{name}}', values);
    expect(text).toBe('{{plan}} {{empty}} {{plan}} Ada');
    expect(openPlaceholders(text)).toEqual(['plan', 'empty']);
  });

  it('get one line of text, never one that looks like more of the message', () => {
    expect(fillPlaceholders('{{lines}}', values)).not.toContain('\n');
  });

  it('are not made by what a visitor wrote into a value', () => {
    expect(fillPlaceholders('{{name}}', new Map([['name', '{{secret}}']]))).toBe('{{secret}}');
    expect(openPlaceholders('an email {name} or {{}} is none')).toEqual([]);
  });
});

describe('finding a preset', () => {
  const all = [
    preset('Greeting'),
    preset('Parcel', { folder: 'Delivery', text: 'It is on its way' }),
    preset('Quote', { queue: 'sales' as QueueId }),
    preset('Repair', { queue: support, folder: 'Aftercare' }),
  ];
  const titles = (found: readonly Preset[]) => found.map(({ title }) => title);

  it('shows those for every queue and for this one', () => {
    expect(titles(findPresets(all, support, ''))).toEqual(['Greeting', 'Parcel', 'Repair']);
    expect(titles(findPresets(all, null, ''))).toEqual(['Greeting', 'Parcel']);
  });

  it('looks for every word, in title, folder and text', () => {
    expect(titles(findPresets(all, support, 'WAY delivery'))).toEqual(['Parcel']);
    expect(findPresets(all, support, 'way nowhere')).toEqual([]);
  });

  it('keeps them in their folders, those in none first', () => {
    expect(inFolders(findPresets(all, support, '')).map(({ name }) => name)).toEqual(['', 'Aftercare', 'Delivery']);
  });
});
