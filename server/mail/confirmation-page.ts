import { createHash } from 'node:crypto';
import { html, type Markup, own, textOf } from './markup.ts';
import { createSay, type MailLanguage } from './wording.ts';

export type ConfirmationState =
  | { readonly kind: 'ask'; readonly site: string; readonly email: string }
  | { readonly kind: 'done' }
  | { readonly kind: 'spent' };

const styles = `
:root { color-scheme: light dark; --paper: light-dark(#ffffff, #141b1d); --ink: light-dark(#1a2326, #e7eced);
  --accent: light-dark(#0f6b73, #5cc3cd); --on-accent: light-dark(#ffffff, #0b1416) }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
main { max-width: 480px; margin: 0 auto; padding: 48px 24px }
h1 { margin: 0 0 24px; font-size: 20px; line-height: 1.4; overflow-wrap: anywhere }
button { min-height: 44px; padding: 8px 24px; border: 0; border-radius: 6px; background: var(--accent);
  color: var(--on-accent); font: 600 16px/1.5 system-ui, sans-serif; cursor: pointer }
button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
`;

/** Nothing but the style above, by its hash, and a form that leads back here. */
export const confirmationPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(styles).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A page without a script. Opening it does nothing, since programs that look for dangerous links do that too. */
export function confirmationPage(state: ConfirmationState, language: MailLanguage): string {
  const say = createSay(language);
  const title = state.kind === 'ask' ? say('page.ask', state) : say(`page.${state.kind}`);
  const more: Markup =
    state.kind === 'ask'
      ? html`<form method="post"><button>${say('page.act')}</button></form>`
      : html`<p>${say(`page.${state.kind}.text`)}</p>`;
  return textOf(html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${own(styles)}</style>
</head>
<body><main><h1>${title}</h1>${more}</main></body>
</html>
`);
}
