import { describe, expect, it } from 'vitest';
import type { Verification } from '../../protocol/entities.ts';
import type { SiteId } from '../../protocol/ids.ts';
import { lockWords, variableLabel, variableText } from '../components/words.ts';
import { initialsOf } from '../primitives/avatar.ts';
import { formatElapsed } from '../primitives/elapsed-time.ts';
import { formatRelative } from '../primitives/relative-time.ts';
import type { Lock } from '../state/lock.ts';
import { plainLine } from '../state/plain-text.ts';
import { parsePreferences } from '../state/preferences.ts';
import { createTexts } from '../texts.ts';

const texts = createTexts('en');
const site = { id: 's1' as SiteId, name: 'Gloed' };
const verification: Verification = {
  subject: 'u1',
  issuer: 's1',
  keyId: 'key-1',
  verifiedAt: 1,
  expiresAt: 2,
  bound: true,
};

describe('V086 the name of a lock', () => {
  it('begins with "Verified" for a closed lock alone', () => {
    const locks: Lock[] = [
      { state: 'expired', verification },
      { state: 'revoked', verification, at: 1 },
      { state: 'refused', verification, check: 'signature', at: 1 },
      { state: 'claimed', source: 'page' },
      { state: 'claimed', source: 'form' },
    ];
    expect(lockWords({ state: 'verified', verification }, site, texts).label).toMatch(/^Verified/);
    for (const lock of locks) expect(lockWords(lock, site, texts).label, lock.state).toMatch(/^Not verified/);
  });

  it('tells key, issuer, since when and until when', () => {
    const { facts } = lockWords({ state: 'verified', verification }, site, texts);
    expect(facts.map(({ label }) => label)).toEqual(['Signed by', 'Key', 'Verified since', 'Valid until', 'Bound to']);
    expect(facts.slice(0, 2).map(({ value }) => value)).toEqual(['Gloed', 'key-1']);
  });

  it('says in words which check a token failed', () => {
    const lock: Lock = { state: 'refused', verification: null, check: 'bound_elsewhere', at: 1 };
    expect(lockWords(lock, site, texts)).toMatchObject({
      label: expect.stringContaining('belongs to another browser'),
      facts: [],
    });
  });
});

describe('a variable', () => {
  it('has the site’s label, or ours, or its own name made readable', () => {
    expect(variableLabel({ name: 'email', label: 'Mailbox' }, texts)).toBe('Mailbox');
    expect(variableLabel({ name: 'email', label: null }, createTexts('nl'))).toBe('E-mail');
    expect(variableLabel({ name: 'loyalty_tier', label: null }, texts)).toBe('Loyalty tier');
    expect(variableLabel({ name: 'toString', label: null }, texts)).toBe('ToString');
  });

  it('shows a number as it is, and true and false as words', () => {
    expect([123456789, 0.1, true, 'x'].map((value) => variableText(value, texts))).toEqual([
      '123456789',
      '0.1',
      'Yes',
      'x',
    ]);
  });
});

describe('small words', () => {
  it('make initials of the first and the last word', () => {
    expect(['Ada Lovelace', 'anna de vries', 'Cher', '', '🎉'].map(initialsOf)).toEqual(['AL', 'AV', 'C', '', '']);
  });

  it('tell how long something takes, and how long ago it was', () => {
    expect([0, 252_000, 3_852_000, -5].map(formatElapsed)).toEqual(['00:00', '04:12', '1:04:12', '00:00']);
    expect([5000, 130_000, 7_300_000].map((ms) => formatRelative(ms, 'en'))).toEqual([
      'now',
      '2 min. ago',
      '2 hr. ago',
    ]);
  });
});

describe('preferences', () => {
  it('fall back to their defaults, one by one, whatever is found', () => {
    const defaults = parsePreferences(null);
    for (const text of ['', '{', 'null', '[]', '3', '{"sound":"loud","language":4}']) {
      expect(parsePreferences(text), text).toEqual(defaults);
    }
    expect(parsePreferences('{"sound":false,"language":"nl"}')).toEqual({ ...defaults, sound: false, language: 'nl' });
  });
});

describe('a visitor’s words on one line', () => {
  it('hold nothing that turns the direction of what follows, and one line only', () => {
    expect(plainLine(' Ada\u202E\nLovelace\u0000 ')).toBe('Ada Lovelace');
  });

  it('bear no more accents on one letter than any script has', () => {
    const accent = '\u0301';
    expect(plainLine(`e${accent.repeat(60)}v${accent}`)).toBe(`e${accent.repeat(4)}v${accent}`);
    expect(plainLine('Nguyễn Thị')).toBe('Nguyễn Thị');
  });
});
