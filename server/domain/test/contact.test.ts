import { describe, expect, test } from 'vitest';
import { limits } from '../../../protocol/limits.ts';
import { parseEmail, parseName } from '../contact.ts';

const kept = (parsed: ReturnType<typeof parseName>) => (parsed.ok ? parsed.value : parsed.refusal.field);

describe('parseEmail', () => {
  test.each([
    'ada@example.org',
    'ada.lovelace+chat@mail.example.co.uk',
    'ada@xn--bcher-kva.example',
    'ada@bücher.example',
    "o'brien@example.org",
    `${'a'.repeat(64)}@example.org`,
  ])('takes %s', (email) => {
    expect(kept(parseEmail(`  ${email}\t`))).toBe(email);
  });

  test.each([
    ['nothing', ''],
    ['no at', 'ada.example.org'],
    ['two', 'a@b@example.org'],
    ['a list', 'a@example.org,b@example.org'],
    ['a list of another kind', 'a@example.org;b@example.org'],
    ['a display name', 'Ada <ada@example.org>'],
    ['quotes', '"ada"@example.org'],
    ['no dot', 'ada@localhost'],
    ['an empty label', 'ada@example..org'],
    ['a hyphen at the edge', 'ada@-example.org'],
    ['no local part', '@example.org'],
    ['a line end', 'ada@example.org\r\nBcc: eve@example.org'],
    ['NUL', 'ada\0@example.org'],
    ['a mark of no width', 'ada\u200b@example.org'],
    ['a local part that is too long', `${'a'.repeat(65)}@example.org`],
    ['too long', `ada@${'a.'.repeat(limits.emailLength / 2)}org`],
  ])('E164 refuses %s', (_name, email) => {
    expect(kept(parseEmail(email))).toBe('email');
  });
});

describe('parseName', () => {
  test.each(['Ada', 'Ægir Ó Súilleabháin', '山田', '😀', '-'])('takes %s', (name) => {
    expect(kept(parseName(` ${name} `))).toBe(name);
  });

  test.each([
    ['nothing', '   '],
    ['marks of no width', '\u200b\u200d'],
    ['a line end', 'Ada\nAdmin'],
    ['a line separator', 'Ada\u2028Admin'],
    ['NUL', 'Ada\0'],
    ['too much', 'a'.repeat(limits.nameLength + 1)],
  ])('refuses %s', (_name, name) => {
    expect(kept(parseName(name))).toBe('name');
  });

  test('counts code points, not code units', () => {
    expect(kept(parseName('😀'.repeat(limits.nameLength)))).toBe('😀'.repeat(limits.nameLength));
  });
});
