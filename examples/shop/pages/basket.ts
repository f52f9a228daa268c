import { type Html, html } from '../html.ts';
import { lampArt } from '../lamp-art.ts';
import { lamps } from '../lamps.ts';
import { layout, type Visit } from './layout.ts';

export const basket = (visit: Visit): Html =>
  layout(visit, {
    title: 'Basket',
    main: html`<h1>Your basket</h1>
<ul class="basket-lines">${lamps
      .slice(0, 3)
      .map(
        ({ slug, name, kind, price }) =>
          html`<li>${lampArt(slug)}<span><a href="/lamps/${slug}">${name}</a> <span class="kind">${kind}</span></span><span class="price">${price}</span></li>`,
      )}</ul>
<p class="total"><span>3 items</span> <strong class="price">€ 667</strong></p>
<p>${
      visit.customer
        ? html`We send it to the address that we know of ${visit.customer.name}, customer ${visit.customer.number}.`
        : html`Sign in at the top, so that we know where to send it.`
    }</p>
<p class="hint">A question before you order? The chat is at the bottom right, and stays with you from page to page.</p>`,
  });
