import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linkParts } from '../ui/link-parts.ts';

const links = (text: string) => linkParts(text).filter(({ href }) => href);
const only = (text: string) => links(text)[0];

describe('linkParts', () => {
  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    '\tjava\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    'file:///etc/passwd',
    'blob:https:/evil.example',
    '//evil.example/path',
    'http://user@bank@evil.example/',
    'https://bank.example:secret@evil.example/',
    'http://',
    'https://[not-an-address',
    'mailto:ada@bаnk.example',
    'xhttps://glued.example',
    'xwww.glued.example',
    'ada@www.lamps.example',
    'www.user@evil.example',
    'www. is no address',
  ])('W033 makes no link of %j', (text) => {
    expect(links(text)).toEqual([]);
  });

  test.each([
    ['https://аpple.com/', 'https://xn--pple-43d.com/'],
    ['https://раураl.com/?xn--l-7sba6dbr.com', 'https://xn--l-7sba6dbr.com/?xn--l-7sba6dbr.com'],
    ['http://2130706433/', 'http://127.0.0.1/'],
    ['https://ex%61mple.com/', 'https://example.com/'],
    ['https://ｅvil.example', 'https://evil.example/'],
    ['https://good.example。evil.example/', 'https://good.example.evil.example/'],
  ])('W033 shows where %s really leads', (text, shown) => {
    expect(only(text)).toEqual({ text, href: shown, shown });
  });

  test('W033 ends a link where the direction is turned or a character does not show', () => {
    expect(only('https://evil.example/\u202Egnp.exe')?.text).toBe('https://evil.example/');
    expect(only('https://a.example/\u200Bb')?.text).toBe('https://a.example/');
  });

  test.each([
    ['See https://lamps.example/a?b=1.', 'https://lamps.example/a?b=1'],
    ['(https://lamps.example/heron)', 'https://lamps.example/heron'],
    ['https://wiki.example/Lamp_(light), yes', 'https://wiki.example/Lamp_(light)'],
    ['<https://lamps.example>', 'https://lamps.example'],
    ['"https://lamps.example/x"!', 'https://lamps.example/x'],
    ['HTTPS://LAMPS.EXAMPLE', 'HTTPS://LAMPS.EXAMPLE'],
    ['mailto:ada@lovelace.example?', 'mailto:ada@lovelace.example'],
    ['see www.lamps.example/heron.', 'www.lamps.example/heron'],
    ['http://[::1]:8080/x', 'http://[::1]:8080/x'],
    ['http://a/%%30%30', 'http://a/%%30%30'],
  ])('takes from %j the address alone', (text, address) => {
    expect(only(text)?.text).toBe(address);
    expect(only(text)?.shown).toBeUndefined();
  });

  test('leads from www. to the encrypted site, and shows where it really leads', () => {
    expect(only('WWW.lamps.example')).toEqual({ text: 'WWW.lamps.example', href: 'https://www.lamps.example/' });
    expect(only('www.аpple.com')?.shown).toBe('https://www.xn--pple-43d.com/');
  });

  test('finds several links, and the text between them', () => {
    expect(linkParts('a https://b.example, c http://d.example').map(({ text }) => text)).toEqual([
      'a ',
      'https://b.example',
      ', c ',
      'http://d.example',
      '',
    ]);
  });

  test('W033 links the whole of an address of 2,000 characters', () => {
    const address = `https://long.example/${'a'.repeat(2000)}`;
    expect(only(address)?.text).toBe(address);
  });

  const bit = fc.constantFrom(
    'https://',
    'http://',
    'mailto:',
    'a.example',
    '@',
    '/',
    '(',
    ')',
    '.',
    ' ',
    '\n',
    '<',
    'é',
  );
  const texts = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.array(bit).map((bits) => bits.join('')),
  );

  test('its parts, put together again, are the text', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(
          linkParts(text)
            .map((part) => part.text)
            .join(''),
        ).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  test('W033 every link leads to the web or a mailbox, and shows its host', () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const { text: written, href = '', shown = written } of links(text)) {
          const { protocol, host } = new URL(href);
          expect(['http:', 'https:', 'mailto:']).toContain(protocol);
          expect(shown.toLowerCase()).toContain(host);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
