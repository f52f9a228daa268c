import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findLinks } from '../state/links.ts';

const linksIn = (text: string) =>
  findLinks(text).flatMap((piece) => (piece.kind === 'link' ? [[piece.text, piece.href]] : []));

describe('links in a message', () => {
  it.each([
    ['see https://shop.example/a?b=1#c.', 'https://shop.example/a?b=1#c', 'https://shop.example/a?b=1#c'],
    ['(http://shop.example/x_(y))', 'http://shop.example/x_(y)', 'http://shop.example/x_(y)'],
    ['“https://shop.example”', 'https://shop.example', 'https://shop.example/'],
    ['www.shop.example, then', 'www.shop.example', 'https://www.shop.example/'],
    ['mail ada@shop.example!', 'ada@shop.example', 'mailto:ada@shop.example'],
    ['http://localhost:8081/cart', 'http://localhost:8081/cart', 'http://localhost:8081/cart'],
  ])('are found in %j', (text, shown, href) => {
    expect(linksIn(text)).toEqual([[shown, href]]);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    '\tjava\nscript:alert(1)',
    '//evil.example',
    'ftp://files.example/x',
    'http://user@bank.example@evil.example/',
    'https://bank.example@evil.example',
    'https://',
    'https://[::1',
    `https://shop.example/${'a'.repeat(2048)}`,
  ])('W033 are not made of %j', (text) => {
    expect(linksIn(text)).toEqual([]);
  });

  it('W033 show the host that is really asked for, in punycode where it is an IDN', () => {
    expect(linksIn('https://xn--nxa.example/ or https://аpple.com/id')).toEqual([
      ['https://xn--nxa.example/', 'https://xn--nxa.example/'],
      ['https://xn--pple-43d.com/id', 'https://xn--pple-43d.com/id'],
    ]);
    expect(linksIn('http://0x7f.1/')).toEqual([['http://127.0.0.1/', 'http://127.0.0.1/']]);
  });

  it('end where a character turns the direction of the text', () => {
    expect(linksIn('https://shop.example/\u202Egnp.exe')).toEqual([['https://shop.example/', 'https://shop.example/']]);
  });

  it('are only ever http, https or mailto, and lose no character of the rest', () => {
    const part = fc.constantFrom(
      'http://',
      'https://',
      'javascript:',
      'a.example',
      '@',
      ' ',
      '(',
      ')',
      '"',
      '\u202E',
      'é',
      '/',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(part, fc.string({ unit: 'binary' }))), (parts) => {
        const text = parts.join('');
        for (const piece of findLinks(text)) {
          if (piece.kind === 'link') expect(piece.href).toMatch(/^(https?:\/\/|mailto:)/);
          else expect(text).toContain(piece.text);
        }
      }),
    );
  });
});
