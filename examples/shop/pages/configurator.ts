import { type Html, html } from '../html.ts';
import { lampArt } from '../lamp-art.ts';
import { layout, type Visit } from './layout.ts';

export const steps = [
  { slug: 'shade', title: 'Shade', choices: ['Paper', 'Clay', 'Ink'] },
  { slug: 'foot', title: 'Foot', choices: ['Ash', 'Walnut', 'Black'] },
  { slug: 'cord', title: 'Cord', choices: ['Linen', 'Rust', 'Moss'] },
] as const;

/** The page that never reloads: configurator.js walks through its steps with the History API. */
export function configurator(visit: Visit, current: (typeof steps)[number]): Html {
  return layout(visit, {
    title: `${current.title} · Build your own`,
    main: html`<h1>Build your own Dune</h1>
<div class="product configurator" data-configurator data-shade="paper" data-foot="ash" data-cord="linen">
<div class="stage">${lampArt('dune')}</div>
<div>
<nav class="steps" aria-label="Steps">${steps.map((step) => stepLink(step, step === current))}</nav>
${steps.map((step) => stepFields(step, step === current))}
<p class="buy" aria-live="polite">Your lamp: <strong data-summary>paper shade, ash foot, linen cord</strong></p>
<script defer src="/configurator.js"></script>
</div>
</div>`,
  });
}

const stepLink = ({ slug, title }: (typeof steps)[number], current: boolean) =>
  current
    ? html`<a href="/configurator/${slug}" data-step="${slug}" aria-current="step">${title}</a>`
    : html`<a href="/configurator/${slug}" data-step="${slug}">${title}</a>`;

const stepFields = ({ slug, title, choices }: (typeof steps)[number], current: boolean) => html`
<fieldset data-fields="${slug}"${current ? '' : html` hidden`}><legend>${title}</legend>
${choices.map(
  (choice, at) =>
    html`<label><input type="radio" name="${slug}" value="${choice.toLowerCase()}"${
      at === 0 ? html` checked` : ''
    }> ${choice}</label>`,
)}</fieldset>`;
