import { html, nothing } from 'lit';
import type { SiteView } from '../../../protocol/http.ts';
import type { Install } from '../../../protocol/install.ts';
import { choiceField } from '../../primitives/form.ts';
import type { Resource } from '../../state/resource.ts';
import { signSamples } from '../../state/sign-samples.ts';
import { ConsolePage } from '../console-page.ts';
import '../copy-text.ts';
import { partStyles } from '../page-styles.ts';
import { dayAndTimeOf } from '../times.ts';
import './site-keys.ts';
import './token-debugger.ts';

/** Everything that puts the widget into a site: the tag, the keys, code that signs, and what is wrong with tokens. */
export class SiteInstall extends ConsolePage {
  static override properties = { site: { attribute: false }, sample: { state: true } };
  static override styles = partStyles;

  declare site: SiteView;
  declare sample: number;
  #install: Resource<Install> | undefined;

  constructor() {
    super();
    this.sample = 0;
  }

  override connectedCallback() {
    super.connectedCallback();
    this.#install ??= this.resource<Install>(`/sites/${this.site.id}/install`);
  }

  override render() {
    const install = this.#install?.store.get().value ?? null;
    return html`<div class="page">
      <section class="stack" aria-labelledby="snippet">
        <h3 id="snippet">${this.t('install.snippet')}</h3>
        <p class="soft">${this.t('install.snippet.about')}</p>
        <balie-copy-text .text=${snippetOf(this.site)} label=${this.t('install.snippet')}></balie-copy-text>
        ${this.#seen(install)}
      </section>
      <balie-site-keys .site=${this.site} @site-change=${this.#changed}></balie-site-keys>
      ${this.#code()}
      <balie-token-debugger site=${this.site.id} .install=${install}></balie-token-debugger>
    </div>`;
  }

  #seen(install: Install | null) {
    if (!install) return nothing;
    const when = (at: number) => dayAndTimeOf(at, Date.now(), this.texts);
    return html`<div class="row" role="status">
      ${
        install.sightings.length === 0
          ? html`<span class="soft">${this.t('install.unseen')}</span>`
          : install.sightings.map(
              ({ origin, lastAt }) =>
                html`<span class="tag">${this.t('install.seen', { origin, when: when(lastAt) })}</span>`,
            )
      }
      <button class="button quiet" type="button" @click=${() => void this.#install?.load()}>
        ${this.t('install.look')}
      </button>
    </div>`;
  }

  #code() {
    const sample = signSamples[this.sample] ?? signSamples[0];
    return html`<section class="stack" aria-labelledby="code">
      <h3 id="code">${this.t('install.code')}</h3>
      <p class="soft">${this.t('install.code.about')}</p>
      ${choiceField({
        name: 'language',
        label: this.t('install.language'),
        value: String(this.sample),
        options: signSamples.map(({ language }, index) => ({ value: String(index), label: language })),
        onChange: (value) => this.#choose(Number(value)),
      })}
      <balie-copy-text .text=${sample.code} label=${sample.language}></balie-copy-text>
      <p class="soft">${this.t('install.identify')}</p>
      <balie-copy-text .text=${identifyCode} label=${this.t('install.identify.label')}></balie-copy-text>
    </section>`;
  }

  #choose(sample: number) {
    this.sample = sample;
  }

  readonly #changed = () => this.dispatchEvent(new CustomEvent('site-change'));
}

/** With the look that was chosen, so that the page draws it before it has asked anybody. */
function snippetOf({ id, settings: { look, languages } }: SiteView): string {
  const attributes = {
    'data-site': id,
    ...(look.accent && { 'data-accent': look.accent }),
    ...(look.side === 'left' && { 'data-position': 'start' }),
    ...(languages.length === 1 && { 'data-lang': languages[0] }),
  };
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`);
  return `<script async src="${location.origin}/balie.js"${written.join('')}></script>`;
}

const identifyCode = `window.Balie = window.Balie || ((...call) => (Balie.q = Balie.q || []).push(call));
Balie('identify', async ({ thumbprint }) => {
  const answer = await fetch('/balie-token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ thumbprint }),
  });
  if (!answer.ok) throw new Error(\`no token (\${answer.status})\`);
  return (await answer.json()).token; // null: nobody is signed in
});`;

customElements.define('balie-site-install', SiteInstall);
