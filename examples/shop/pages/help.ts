import { type Html, html } from '../html.ts';
import { layout, type Visit } from './layout.ts';

export const help = (visit: Visit): Html =>
  layout(visit, {
    title: 'Help',
    main: html`<h1>Help</h1>
<p class="lead">A person answers in the chat at the bottom right, on working days from nine to five.</p>
<section class="answers">
<h2>Delivery</h2><p>Within two days in the Netherlands and Belgium, five elsewhere in Europe. Lamps above two metres come with two people.</p>
<h2>Returns</h2><p>Sixty days, in the box it came in or another one. We pay.</p>
<h2>Repairs</h2><p>Send a photo of what broke, and we send the part. You need the spanner that came with the lamp; we have more of them.</p>
</section>`,
  });

export const hulp = (visit: Visit): Html =>
  layout(visit, {
    title: 'Hulp',
    lang: 'nl',
    main: html`<h1>Hulp</h1>
<p class="lead">In de chat rechtsonder antwoordt een mens, op werkdagen van negen tot vijf.</p>
<section class="answers">
<h2>Bezorgen</h2><p>Binnen twee dagen in Nederland en België, vijf elders in Europa. Lampen boven twee meter komen met twee mensen.</p>
<h2>Terugsturen</h2><p>Zestig dagen, in de doos waarin hij kwam of een andere. Wij betalen.</p>
<h2>Repareren</h2><p>Stuur een foto van wat er stuk is, dan sturen wij het onderdeel.</p>
</section>`,
  });
