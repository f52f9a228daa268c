import { type Customer, customers } from '../customers.ts';
import { type Html, html, nothing } from '../html.ts';
import type { Settings } from '../settings.ts';

/** What every page is made from. */
export interface Visit {
  readonly settings: Settings;
  readonly path: string;
  readonly customer: Customer | null;
}

interface Page {
  readonly title: string;
  readonly main: Html;
  readonly lang?: string;
  /** The queue that chats from this page go to; without it, the one that the site set for all. */
  readonly queue?: string;
}

const links = [
  ['/', 'Lamps'],
  ['/configurator', 'Build your own'],
  ['/business', 'Business orders'],
  ['/help', 'Help'],
] as const;

export function layout(visit: Visit, { title, main, lang = 'en', queue }: Page): Html {
  return html`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Gloed</title>
<link rel="stylesheet" href="/shop.css">
<link rel="stylesheet" href="/goods.css">
<link rel="icon" href="/icon.svg">
<script defer src="/shop.js"></script>
${scriptTag(visit.settings, queue)}
</head>
<body>
<header class="top">
<a class="brand" href="/">Gloed</a>
<nav aria-label="Shop">${links.map(([href, text]) => navLink(visit, href, text))}</nav>
<a class="basket" href="/basket" data-cart="3 items" data-plan="gold">Basket <span class="count">3</span></a>
${account(visit)}
</header>
<main>${main}</main>
<footer>
<p>Gloed makes lamps that can be taken apart, in Zaandam. This shop is an example that comes with Balie; nothing is for sale.</p>
<p><a href="/hulp" lang="nl" hreflang="nl">Hulp in het Nederlands</a></p>
</footer>
</body>
</html>
`;
}

/** All that Balie needs of a page. */
function scriptTag({ balieUrl, site }: Settings, queue: string | undefined): Html {
  const src = new URL('/balie.js', balieUrl).href;
  return queue
    ? html`<script async src="${src}" data-site="${site}" data-queue="${queue}"></script>`
    : html`<script async src="${src}" data-site="${site}"></script>`;
}

function navLink({ path }: Visit, href: string, text: string): Html {
  const current = href === '/' ? path === '/' || path.startsWith('/lamps/') : path.startsWith(href);
  return html`<a href="${href}"${current ? html` aria-current="page"` : nothing}>${text}</a>`;
}

function account({ customer, path }: Visit): Html {
  const others = customers.filter(({ id }) => id !== customer?.id);
  const signIns = others.map(
    ({ id, first }) => html`<button name="customer" value="${id}">Sign in as ${first}</button>`,
  );
  return html`<div class="account">
${customer ? html`<p><strong>${customer.name}</strong> <span>Customer ${customer.number}</span></p>` : nothing}
${customer ? form('/sign-out', path, [html`<button>Sign out</button>`]) : nothing}
${form('/sign-in', path, signIns)}
</div>`;
}

const form = (action: string, from: string, buttons: readonly Html[]) =>
  html`<form method="post" action="${action}"><input type="hidden" name="from" value="${from}">${buttons}</form>`;
