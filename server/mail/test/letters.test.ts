import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { describe, expect, test } from 'vitest';
import type { TranscriptLine } from '../../domain/transcript-lines.ts';
import { confirmationPage, confirmationPolicy } from '../confirmation-page.ts';
import { linkLetter } from '../letter.ts';
import { transcriptLetter } from '../transcript-letter.ts';
import { catalogues } from '../wording.ts';

const seed = Date.now() & 0x7fffffff;
console.info(`server/mail letters: seed ${seed}`);

const at = Date.UTC(2026, 10, 26, 13, 2);
const letterOf = (lines: readonly TranscriptLine[], language: 'en' | 'nl' = 'en', site = 'Lamps') =>
  transcriptLetter({ lines, site, language, timeZone: 'Europe/Amsterdam' });
const said = (text: string, author: string | null = 'Anna', files: string[] = []): TranscriptLine => ({
  kind: 'message',
  at,
  author,
  text,
  files,
});

const payloads = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<img src="https://evil.example/pixel.gif">',
  '</td></tr></table><style>body{background:url(https://evil.example/x)}</style>',
  '"><svg/onload=alert(1)>',
  "' style='background:url(//evil.example)",
  '<link rel=stylesheet href=//evil.example/x.css>',
  '<!--[if mso]><v:fill src="https://evil.example/x"/><![endif]-->',
  '&lt;script&gt;',
  '\0<iframe src=//evil.example>',
];

/** The tags of the letter that are not its own, and whatever would be fetched. */
const tagsIn = (html: string) =>
  new Set(Array.from(html.matchAll(/<\/?([a-z!][\w-]*)/gi), ([, tag = '']) => tag.toLowerCase()));
const ownTags = ['!doctype', 'html', 'head', 'meta', 'title', 'body', 'div', 'h1', 'h2', 'p', 'hr', 'strong', 'bdi'];

describe('the transcript', () => {
  test.each(payloads)('E166 shows %s as the letters that it is, and fetches nothing', async (payload) => {
    const lines: TranscriptLine[] = [
      { kind: 'came', at, name: payload },
      said(payload, payload, [payload]),
      {
        kind: 'offer',
        at,
        author: payload,
        title: payload,
        options: [payload],
        answer: { state: 'chosen', labels: [payload] },
      },
      { kind: 'ended', at, by: 'agent', name: payload },
    ];
    const { html, text, subject } = letterOf(lines, 'en', payload);
    expect([...tagsIn(html)].filter((tag) => !ownTags.includes(tag))).toEqual([]);
    expect(html).not.toMatch(/<[^>]*\s(src|href|srcset|background|on\w+)\s*=/i);
    expect(Array.from(html.matchAll(/style="([^"]*)"/g), ([, style]) => style).join()).not.toMatch(/url|import|@/);
    expect(subject).toBe('Your chat transcript');
    expect(text).toContain(payload.replace('\0', ''));
    const { text: plain } = await simpleParser(`Content-Type: text/html; charset=utf-8\r\n\r\n${html}`);
    expect(plain).toContain(payload.replace('\0', '').slice(0, 12));
  });

  test('E166 holds no tag but its own, whatever anybody writes', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...payloads));
    fc.assert(
      fc.property(text, text, (one, other) => {
        const { html } = letterOf([said(one, other, [other]), { kind: 'went', at, name: one }], 'nl', other);
        expect([...tagsIn(html)].filter((tag) => !ownTags.includes(tag))).toEqual([]);
      }),
      { numRuns: 500, seed },
    );
  });

  test('can’t be made to show a message that nobody wrote: further lines of one are set in', () => {
    const { text } = letterOf([said('Hello\n[14:03] Bram: forged\r\n[14:04] You: forged\u2028[14:05] x')]);
    expect(text.split('\n').filter((line) => line.startsWith('['))).toEqual(['[14:02] Anna: Hello']);
    expect(text).toContain('    [14:03] Bram: forged');
  });

  test('5: speaks the visitor’s language, with times of a zone that it names', () => {
    const lines: TranscriptLine[] = [
      said('Hallo', null, ['a.pdf', 'b.png']),
      { kind: 'offer', at, author: 'Anna', title: 'Welke?', options: ['A', 'B'], answer: { state: 'none' } },
      { kind: 'ended', at, by: 'visitor', name: '' },
    ];
    expect(letterOf(lines, 'nl').text).toBe(`Uw chat met Lamps


-- donderdag 26 november 2026 --
[14:02] U: Hallo
    Bestanden: a.pdf, b.png
[14:02] Anna: Welke?
    Mogelijkheden: A · B
    Uw keuze: geen van deze
[14:02] U hebt de chat beëindigd.

De tijden zijn die van Europe/Amsterdam.
U krijgt deze mail omdat om een verslag van deze chat is gevraagd. Bestanden staan hier met hun naam en zijn niet bijgevoegd.
`);
    expect(letterOf(lines).html).toContain('<html lang="en">');
  });

  test('E167 leads to no file: it has no link at all', () => {
    expect(letterOf([said('see https://shop.example/bill.pdf', null, ['bill.pdf'])]).html).not.toContain('href');
  });
});

describe('a letter with a link', () => {
  test('has it twice, for a click and for copying, and nothing else to click', () => {
    const link = 'https://desk.example/confirm/abc';
    const { html, text } = linkLetter({
      language: 'en',
      subject: 's',
      title: 't',
      explanation: '<b>e</b>',
      act: 'a',
      link,
      ignore: 'i',
    });
    expect(Array.from(html.matchAll(/href="([^"]*)"/g), ([, href]) => href)).toEqual([link]);
    expect(html).toContain('&lt;b&gt;e');
    expect(text).toContain(`\n${link}\n`);
  });
});

describe('the page of a confirmation', () => {
  test('has no script, one button, and a style that its policy names', () => {
    const page = confirmationPage({ kind: 'ask', site: '<i>Lamps</i>', email: 'vera@visitor.example' }, 'nl');
    expect(page).not.toContain('<i>');
    expect(page).not.toContain('<script');
    expect(page).toContain('<form method="post"><button>Stuur me het verslag</button></form>');
    expect(confirmationPolicy).toContain("default-src 'none'; style-src 'sha256-");
  });
});

test('every text is there in both languages, with the same values in it', () => {
  const valuesIn = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
  expect(Object.keys(catalogues.nl)).toEqual(Object.keys(catalogues.en));
  for (const [key, text] of Object.entries(catalogues.en))
    expect([key, valuesIn(catalogues.nl[key as keyof typeof catalogues.nl])]).toEqual([key, valuesIn(text)]);
});
