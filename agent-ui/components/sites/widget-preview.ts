import { css, html, type PropertyValues } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { QueueView } from '../../../protocol/administration.ts';
import type { SiteView } from '../../../protocol/http.ts';
import { buttonStyles } from '../../primitives/button.ts';
import { reset } from '../../primitives/reset.ts';
import { accentTroubles } from '../../state/accent-contrast.ts';
import {
  type PreviewLook,
  type PreviewScene,
  type PreviewView,
  previewAddress,
  previewViews,
} from '../../state/widget-preview.ts';
import { createTexts, type Language } from '../../texts.ts';
import { ConsoleElement } from '../console-element.ts';

/** The widget as it will be: the built one, in a page of ours, with what the form holds now. */
export class WidgetPreview extends ConsoleElement {
  static override properties = {
    site: { attribute: false },
    queue: { attribute: false },
    look: { attribute: false },
    language: {},
    view: { state: true },
    scheme: { state: true },
  };
  static override styles = [
    reset,
    buttonStyles,
    css`
      :host {
        display: grid;
        gap: var(--space-12);
        min-width: 0;
      }

      .row {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-8);
      }

      .button[aria-pressed='true'] {
        border-color: var(--accent);
        background: var(--accent-soft);
        color: var(--accent-ink);
      }

      /* Drawn in seven tenths of its size, so that there is room for a corner to stand in. */
      .page {
        height: 448px;
        overflow: hidden;
        border: 1px solid var(--edge);
        border-radius: var(--radius-card);
      }

      iframe {
        width: calc(100% / 0.7);
        height: 640px;
        border: 0;
        transform: scale(0.7);
        transform-origin: 0 0;
      }

      h2 {
        font-size: var(--text-14);
        font-weight: 600;
      }

      .trouble {
        color: var(--red);
      }

      .soft {
        color: var(--ink-soft);
        font-size: var(--text-12);
      }
    `,
  ];

  declare site: SiteView;
  /** Where the site's requests go; its words are what a visitor reads. */
  declare queue: QueueView | undefined;
  declare look: SiteView['settings']['look'];
  declare language: Language;
  declare protected view: PreviewView;
  declare protected scheme: 'light' | 'dark';

  constructor() {
    super();
    this.view = 'start';
    this.scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  }

  override render() {
    return html`
      <h2>${this.t('preview.title')}</h2>
      ${this.#choices('preview.views', previewViews, this.view, (view) => this.#turnTo(view))}
      ${this.#choices('preview.schemes', ['light', 'dark'] as const, this.scheme, (scheme) => this.#dye(scheme))}
      <div class="page">${this.#frame()}</div>
      <div role="status">${this.#judgement()}</div>
      <p class="soft">${this.t('preview.about')}</p>
    `;
  }

  /** Another colour, corner or light is told to the page that is there; for anything else it is begun anew. */
  override updated(changed: PropertyValues) {
    if (changed.has('look') || changed.has('scheme')) this.#tell();
  }

  #choices<Name extends PreviewView | 'light' | 'dark'>(
    label: 'preview.views' | 'preview.schemes',
    names: readonly Name[],
    chosen: Name,
    choose: (name: Name) => void,
  ) {
    return html`<div class="row" role="group" aria-label=${this.t(label)}>
      ${names.map(
        (name) =>
          html`<button class="button" type="button" aria-pressed=${name === chosen} @click=${() => choose(name)}>
            ${this.t(`preview.${name as PreviewView | 'light' | 'dark'}`)}
          </button>`,
      )}
    </div>`;
  }

  #frame() {
    const scene = this.#scene();
    return keyed(
      JSON.stringify(scene),
      html`<iframe
        inert
        title=${this.t('preview.title')}
        src=${previewAddress(scene)}
        @load=${() => this.#tell()}
      ></iframe>`,
    );
  }

  #scene(): PreviewScene {
    const { site, queue, view, language } = this;
    const { t } = createTexts(language);
    return {
      view,
      language,
      site: { name: site.name, ask: site.ask, files: site.files },
      queue: site.queue.name,
      waiting: queue?.waiting ?? '',
      agent: t('preview.agent'),
      messages: [
        { by: 'agent', text: queue?.welcome || t('preview.welcome') },
        { by: 'visitor', text: t('preview.question') },
        { by: 'agent', text: t('preview.answer') },
      ],
    };
  }

  #judgement() {
    const { accent } = this.look;
    if (accent === null) return html`<p class="soft">${this.t('preview.contrast.balie')}</p>`;
    const troubles = accentTroubles(accent);
    if (troubles.length === 0) return html`<p class="soft">${this.t('preview.contrast.fine')}</p>`;
    const number = (value: number) => value.toLocaleString(this.texts.locale, { maximumFractionDigits: 1 });
    return troubles.map(
      ({ kind, ratio, least }) =>
        html`<p class="trouble">
          ${this.t(`preview.contrast.${kind}`, { ratio: number(ratio), least: number(least) })}
        </p>`,
    );
  }

  get #worn(): PreviewLook {
    return { ...this.look, scheme: this.scheme };
  }

  #tell() {
    this.renderRoot.querySelector('iframe')?.contentWindow?.postMessage(this.#worn, location.origin);
  }

  #turnTo(view: PreviewView) {
    this.view = view;
  }

  #dye(scheme: 'light' | 'dark') {
    this.scheme = scheme;
  }
}

customElements.define('balie-widget-preview', WidgetPreview);
