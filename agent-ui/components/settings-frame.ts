import { css, html, nothing } from 'lit';
import type { Role } from '../../protocol/entities.ts';
import type { WebhookViews } from '../../protocol/webhooks.ts';
import { icon } from '../icons.ts';
import { moreSideways } from '../primitives/more-sideways.ts';
import { reset } from '../primitives/reset.ts';
import { mayGo, type PagePlace, placesOf } from '../state/places.ts';
import type { Resource } from '../state/resource.ts';
import { ConsolePage } from './console-page.ts';
import { pages } from './pages.ts';

/** The list of what can be set up, beside the page that is open. */
export class SettingsFrame extends ConsolePage {
  static override properties = { place: {}, rights: {} };
  static override styles = [
    reset,
    css`
      :host {
        display: grid;
        grid-template: minmax(0, 1fr) / clamp(208px, 18vw, 240px) minmax(0, 1fr);
        min-width: 0;
        min-height: 0;
      }

      nav {
        display: grid;
        gap: 2px;
        align-content: start;
        padding: var(--space-16) var(--space-12);
        overflow-y: auto;
        border-inline-end: 1px solid var(--edge);
        background: var(--paper-sunk);
      }

      h2 {
        padding: 0 var(--space-8) var(--space-12);
        font-size: var(--text-16);
        font-weight: 600;
      }

      button {
        display: flex;
        align-items: center;
        gap: var(--space-8);
        min-height: var(--target);
        padding: var(--space-4) var(--space-8);
        border: 0;
        border-radius: var(--radius-control);
        background: transparent;
        color: var(--ink);
        font: inherit;
        text-align: start;
        cursor: pointer;
      }

      button:hover {
        background: var(--paper-hover);
      }

      .trouble {
        display: inline-flex;
        margin-inline-start: auto;
        color: var(--red);
      }

      button[aria-current='page'] {
        background: var(--accent-soft);
        color: var(--accent-ink);
        font-weight: 500;
      }

      @media (max-width: 599px) {
        :host {
          grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
        }

        nav {
          display: flex;
          padding: var(--space-4) var(--space-8);
          overflow-x: auto;
          border: 0;
          border-bottom: 1px solid var(--edge);
          --ground: var(--paper-sunk);
          ${moreSideways}
        }

        h2 {
          display: none;
        }

        button {
          flex: none;
          min-height: 44px;
          white-space: nowrap;
        }
      }
    `,
  ];

  declare place: PagePlace;
  declare rights: Role;
  #webhooks: Resource<WebhookViews> | undefined;

  override connectedCallback() {
    super.connectedCallback();
    if (!mayGo(this.rights, 'webhooks') || this.#webhooks) return;
    this.#webhooks = this.resource<WebhookViews>('/webhooks');
    this.addEventListener('webhooks-change', () => void this.#webhooks?.load());
  }

  override updated(changed: Map<string, unknown>) {
    if (changed.get('place')) void this.#webhooks?.load();
    if (changed.has('place')) this.#bringIntoSight();
  }

  /** On a phone the list is a row that is wider than the screen. */
  #bringIntoSight() {
    const here = this.renderRoot.querySelector('[aria-current]');
    here?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }

  override render() {
    return html`
      <nav aria-label=${this.t('settings.title')}>
        <h2>${this.t('settings.title')}</h2>
        ${placesOf(this.rights, 'settings').map((place) => this.#entry(place))}
      </nav>
      <slot></slot>
    `;
  }

  #entry(place: PagePlace) {
    if (place === 'log') return nothing;
    const page = pages[place];
    return html`<button
      type="button"
      aria-current=${this.place === place ? 'page' : nothing}
      @click=${() => this.act({ type: 'go', place })}
    >
      ${icon(page.icon)}${this.t(page.label)} ${place === 'webhooks' ? this.#trouble() : nothing}
    </button>`;
  }

  /** Nobody looks at webhooks as long as they work; this is where who passes by sees that one does not. */
  #trouble() {
    const webhooks = this.#webhooks?.store.get().value?.webhooks ?? [];
    if (!webhooks.some(({ state }) => state === 'failing' || state === 'gone')) return nothing;
    const words = this.t('webhook.state.failing');
    return html`<span class="trouble" role="img" aria-label=${words} title=${words}>${icon('triangle-alert', 16)}</span>`;
  }
}

customElements.define('balie-settings-frame', SettingsFrame);
