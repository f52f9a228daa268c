import { type Html, html } from '../html.ts';
import { lampArt } from '../lamp-art.ts';
import { type Lamp, lamps } from '../lamps.ts';
import { layout, type Visit } from './layout.ts';

export const home = (visit: Visit): Html =>
  layout(visit, {
    title: 'Lamps that can be repaired',
    main: html`<section class="hero">
<h1>Light that stays</h1>
<p>Four lamps, made to be taken apart. Every screw, shade and spring is for sale on its own, for twenty years.</p>
<p><a class="action" href="/configurator">Build your own</a></p>
</section>
<section class="grid" aria-label="All lamps">${lamps.map(card)}</section>`,
  });

const card = (lamp: Lamp) => html`<a class="card" href="/lamps/${lamp.slug}">
${lampArt(lamp.slug)}
<h2>${lamp.name}</h2>
<p>${lamp.line}</p>
<p class="price">${lamp.price}</p>
</a>`;
