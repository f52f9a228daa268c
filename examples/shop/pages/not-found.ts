import { type Html, html } from '../html.ts';
import { layout, type Visit } from './layout.ts';

export const notFound = (visit: Visit): Html =>
  layout(visit, {
    title: 'Not found',
    main: html`<h1>It is dark here</h1>
<p class="lead">There is no page at this address. <a href="/">All lamps</a> are still lit.</p>`,
  });
