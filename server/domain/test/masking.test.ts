import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SiteSettings } from '../../../protocol/site-settings.ts';
import { createMask } from '../masking.ts';

const all: SiteSettings['masking'] = { patterns: ['card', 'iban', 'bsn'], templates: [] };
const maskOf = (masking: Partial<SiteSettings['masking']>) => {
  const mask = createMask({ patterns: [], templates: [], ...masking });
  if (!mask) throw new Error('nothing is masked');
  return mask;
};
const { text: mask, address } = maskOf(all);

const cards = ['4111111111111111', '5555555555554444', '378282246310005', '6011111111111117', '2223003122003222'];
const ibans = ['NL91ABNA0417164300', 'DE89370400440532013000', 'GB29NWBK60161331926819', 'BE68539007547034'];
const bsns = ['111222333', '123456782'];

/** Spaces, dashes and marks of no width, between any two signs. */
const parted = (whole: string) =>
  fc
    .array(fc.constantFrom('', '', ' ', '-', '\u00a0', ' \u2013 ', '\u200b'), {
      minLength: whole.length - 1,
      maxLength: whole.length - 1,
    })
    .map((gaps) => [...whole].map((sign, place) => sign + (gaps[place] ?? '')).join(''));
/** The same number in digits of another script or width. */
const scripts = ['\u0660', '\u06f0', '\u0966', '\uff10', '\u{1d7ce}'].map((zero) => zero.codePointAt(0) as number);
const written = (whole: string) =>
  fc
    .constantFrom(0x30, ...scripts)
    .map((zero) => whole.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit))));
/** Words that no number can be a part of. */
const words = fc.string({ unit: fc.constantFrom('a', 'é', ' ', '\n', ':', '字', '🙂', '"') }).map((text) => `${text}:`);

describe('masking', () => {
  test.each([...cards, ...ibans, ...bsns])('hides %s and nothing beside it', (secret) => {
    expect(mask(`It is ${secret}, please.`)).toBe(`It is ${'•'.repeat(secret.length)}, please.`);
  });

  test('keeps how a number was parted', () => {
    expect(mask('4111 1111-1111\u00a01111')).toBe('•••• ••••-••••\u00a0••••');
    expect(mask('BSN 1112.22.333')).toBe('BSN ••••.••.•••');
    expect(mask('NL91 ABNA 0417 1643 00 of Ada')).toBe('•••• •••• •••• •••• •• of Ada');
  });

  test('no digit of a card survives, however it is written and parted', () => {
    const card = fc.constantFrom(...cards).chain((whole) => fc.oneof(parted(whole), written(whole)));
    fc.assert(
      fc.property(words, card, words, (before, secret, after) => {
        const masked = mask(`${before}${secret}:${after}`);
        expect(masked).not.toMatch(/\p{Nd}/u);
        expect(masked.startsWith(before)).toBe(true);
        expect(masked.endsWith(`:${after}`)).toBe(true);
      }),
    );
  });

  test('nor any sign of an IBAN, in small letters too', () => {
    const iban = fc.constantFrom(...ibans, ...ibans.map((one) => one.toLowerCase())).chain(parted);
    fc.assert(
      fc.property(words, iban, (before, secret) => {
        expect(mask(`${before}${secret}.`)).toBe(`${before}${secret.replace(/[\p{L}\p{N}]/gu, '•')}.`);
      }),
    );
  });

  test('two that stand side by side are both hidden', () => {
    expect(mask(`${cards[0]} ${cards[1]}`)).not.toMatch(/\d/);
    expect(mask(`${cards[0]} 12/27 123`)).toBe(`${'•'.repeat(16)} 12/27 123`);
  });

  test.each([
    ['a card whose check digit is wrong', '4111111111111112'],
    ['a longer number', '41111111111111110'],
    ['a telephone number', '+31 20 123 45 67'],
    ['a day and a number', '26-11-2026 5'],
    ['an IBAN that does not add up', 'NL92ABNA0417164300'],
    ['prices', '12.50, 30.20, 45.10, 60.00, 75.40'],
    ['numbers on lines of their own', '411111\n111111\n1111'],
    ['an order number', 'BAL-2026-000123'],
  ])('leaves %s', (_what, text) => {
    expect(mask(text)).toBe(text);
  });

  test('what has no number in it comes back as it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => /\p{N}/u.test(text) || mask(text) === text));
  });

  test('changes a text in nothing but the signs that it hides', () => {
    const noise = fc.string({ unit: fc.constantFrom('4', '1', '2', 'a', ' ', '-', '.', '•', '\ud83d', '٣', '🙂') });
    fc.assert(
      fc.property(noise, (text) => {
        const masked = mask(text);
        expect([...masked].length).toBe([...text].length);
        for (const [place, sign] of [...masked].entries()) expect([sign, '•']).toContain([...masked][place]);
        const kept = [...masked].map((sign, place) => (sign === '•' ? [...text][place] : sign)).join('');
        expect(kept).toBe(text);
        expect(mask(masked)).toBe(masked);
      }),
    );
  });

  test('an address is looked through as it is encoded', () => {
    expect(address('https://shop.example/pay?card=4111%201111%201111%201111&step=2')).toBe(
      'https://shop.example/pay?card=••••%20••••%20••••%20••••&step=2',
    );
    expect(address('/pay?card=4111+1111+1111+1111')).toBe('/pay?card=••••+••••+••••+••••');
    expect(address('/pay?card=%34111111111111111')).toBe(`/pay?card=${'•'.repeat(16)}`);
  });

  test('a template of the site finds its number however it is parted, and within no other', () => {
    const client = maskOf({ templates: ['KL-####-####'] });
    expect(client.text('client KL-1234-5678 and kl 12345678')).toBe('client ••-••••-•••• and •• ••••••••');
    expect(client.text('KL-1234-56789 XKL-1234-5678')).toBe('KL-1234-56789 XKL-1234-5678');
    const any = maskOf({ templates: ['@@ ####', '####'] });
    expect(any.text('AB1234 and 1 234')).toBe('•••••• and • •••');
    expect(any.text('AB12345 XAB1234')).toBe('AB12345 XAB1234');
  });

  test('takes time in proportion to the length, whatever is written', () => {
    for (const piece of ['4', '1 ', '1-', 'NL91', '\u200b1', '1.'])
      expect(mask(piece.repeat(100_000 / piece.length)).length).toBe(Math.floor(100_000 / piece.length) * piece.length);
  });
});
