import { type Html, html } from '../html.ts';
import { lampArt } from '../lamp-art.ts';
import type { Lamp } from '../lamps.ts';
import { layout, type Visit } from './layout.ts';

export const lampPage = (visit: Visit, lamp: Lamp): Html =>
  layout(visit, {
    title: lamp.name,
    main: html`<article class="product">
<div class="stage">${lampArt(lamp.slug)}</div>
<div>
<p class="kind">${lamp.kind}</p>
<h1>${lamp.name}</h1>
<p class="lead">${lamp.line}</p>
<p>${lamp.story}</p>
<dl>${lamp.facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
<p class="buy"><span class="price">${lamp.price}</span> <a class="action" href="/basket">Go to the basket</a></p>
<p class="hint">Not sure whether it fits your room? Ask us in the chat: we have seen a lot of rooms.</p>
</div>
</article>`,
  });
