import { html, type Markup, readable, textOf } from './markup.ts';
import type { MailLanguage } from './wording.ts';

export interface Letter {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

interface LetterOptions {
  readonly language: MailLanguage;
  readonly subject: string;
  readonly title: string;
  /** Of the text; a line end is one. */
  readonly lines: readonly string[];
  readonly content: Markup | readonly Markup[];
  /** Small, below. */
  readonly foot: readonly string[];
}

/** The paper that every mail is written on. Styles stand on the elements: many programs read no others. */
export const letter = ({ language, subject, title, lines, content, foot }: LetterOptions): Letter => ({
  subject,
  text: readable([title, '', ...lines, '', ...foot, ''].join('\n')),
  html: textOf(html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${subject}</title>
</head>
<body style="margin:0;padding:24px 16px;font:16px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif">
<div style="max-width:600px;margin:0 auto">
<h1 style="margin:0 0 16px;font-size:20px;line-height:1.4" dir="auto">${title}</h1>
${content}
<hr style="margin:24px 0 16px;border:0;border-top:1px solid #8a9698">
${foot.map((line) => html`<p style="margin:0 0 4px;font-size:13px;opacity:.8">${line}</p>`)}
</div>
</body>
</html>
`),
});

interface LinkLetterOptions extends Omit<LetterOptions, 'lines' | 'content' | 'foot'> {
  readonly explanation: string;
  readonly act: string;
  readonly link: string;
  readonly ignore: string;
}

/** A mail that asks for one thing. The link stands there in full as well, for who would rather copy it. */
export const linkLetter = ({ explanation, act, link, ignore, ...rest }: LinkLetterOptions): Letter =>
  letter({
    ...rest,
    lines: [explanation, '', link],
    content: html`<p style="margin:0 0 16px">${explanation}</p>
<p style="margin:0 0 16px"><a href="${link}" style="display:inline-block;padding:10px 20px;border-radius:6px;background:#0f6b73;color:#ffffff;text-decoration:none;font-weight:600">${act}</a></p>
<p style="margin:0;font-size:13px;overflow-wrap:anywhere">${link}</p>`,
    foot: [ignore],
  });
