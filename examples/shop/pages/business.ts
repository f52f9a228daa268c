import { type Html, html } from '../html.ts';
import { layout, type Visit } from './layout.ts';

/** The one page whose chats go to another queue. */
export const business = (visit: Visit): Html =>
  layout(visit, {
    title: 'Business orders',
    queue: 'sales',
    main: html`<h1>Business orders</h1>
<p class="lead">Twelve Bells above a bar, forty Herons for a studio: we make them to measure.</p>
<section class="answers">
<h2>From ten lamps</h2><p>Your own colour, cord length and engraving, at no extra cost.</p>
<h2>From forty lamps</h2><p>Somebody comes by to measure the light you have and the light you need.</p>
<h2>Rent</h2><p>For events, by the week. Returned lamps are cleaned, checked and rented again.</p>
</section>
<p class="hint">The chat on this page goes straight to our sales desk.</p>`,
  });
