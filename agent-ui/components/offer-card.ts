import { css, html, nothing } from 'lit';
import type { OfferOption } from '../../protocol/entities.ts';
import { icon } from '../icons.ts';
import { buttonStyles } from '../primitives/button.ts';
import { reset } from '../primitives/reset.ts';
import type { OfferView } from '../state/offers.ts';
import { ConsoleElement } from './console-element.ts';
import { exactTimeOf, timeOf } from './times.ts';

/** An offer in the conversation: what was offered, and what became of it. */
export class OfferCard extends ConsoleElement {
  static override properties = { offer: { attribute: false }, me: {}, isLive: { type: Boolean } };
  static override styles = [
    reset,
    buttonStyles,
    css`
      :host {
        display: block;
        max-width: min(26rem, 85%);
        margin: var(--space-12) 0 0 auto;
      }

      section {
        display: grid;
        gap: var(--space-8);
        padding: var(--space-12) var(--space-16);
        border: 1px solid var(--edge-strong);
        border-radius: var(--radius-card);
        background: var(--paper-raised);
      }

      .kind,
      .state,
      .about {
        color: var(--ink-soft);
        font-size: var(--text-12);
      }

      h3 {
        font-size: var(--text-14);
        font-weight: 600;
        overflow-wrap: anywhere;
      }

      ul {
        display: grid;
        gap: 2px;
        margin: 0;
        padding: 0;
        list-style: none;
      }

      li {
        display: grid;
        grid-template-columns: 18px minmax(0, 1fr);
        gap: 0 var(--space-8);
        padding: var(--space-4);
        border-radius: var(--radius-control);
        overflow-wrap: anywhere;
      }

      li svg {
        margin-top: 2px;
      }

      li.chosen {
        background: var(--accent-soft);
        font-weight: 500;
      }

      .over li:not(.chosen) {
        color: var(--ink-soft);
      }

      .about {
        display: block;
        font-weight: 400;
      }

      img {
        max-width: 96px;
        max-height: 64px;
        border-radius: var(--radius-control);
      }

      footer {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-8);
        align-items: center;
        justify-content: space-between;
      }
    `,
  ];

  declare offer: OfferView;
  declare me: string;
  declare isLive: boolean;

  override render() {
    const { by, content, state } = this.offer;
    const isMine = by.id === this.me;
    return html`<section class=${state.kind === 'open' ? '' : 'over'} aria-labelledby="title">
      <span class="kind">
        ${isMine ? this.t('offer.mine') : this.t('offer.by', { agent: by.name })} · ${this.#amount()}
      </span>
      <h3 id="title"><bdi>${content.title}</bdi></h3>
      <ul>
        ${content.options.map((option) => this.#option(option))}
      </ul>
      <footer>${this.#state()} ${state.kind === 'open' && this.isLive ? this.#withdraw() : nothing}</footer>
    </section>`;
  }

  #amount() {
    const { least, most, optional } = this.offer.content;
    const amount = most === 1 ? this.t('offer.one') : this.t('offer.some', { least, most });
    return optional ? `${amount}, ${this.t('offer.orNone')}` : amount;
  }

  #option({ value, label, description, picture }: OfferOption) {
    const { state } = this.offer;
    const isChosen = state.kind === 'answered' && state.values.includes(value);
    return html`<li class=${isChosen ? 'chosen' : ''}>
      <span>${isChosen ? html`${icon('check', 16)}<span class="unseen">${this.t('offer.chosen')}:</span>` : nothing}</span>
      <span>
        <bdi>${label}</bdi>
        ${description ? html`<bdi class="about">${description}</bdi>` : nothing}
        ${picture ? html`<img src="/files/${picture.id}/thumbnail" alt="" loading="lazy" />` : nothing}
      </span>
    </li>`;
  }

  #state() {
    const { state } = this.offer;
    if (state.kind === 'open') return html`<span class="state">${this.t('offer.waiting')}</span>`;
    const time = html`<time title=${exactTimeOf(state.at, this.texts)}>${timeOf(state.at, this.texts)}</time>`;
    if (state.kind === 'withdrawn') return html`<span class="state">${this.t('offer.withdrawn')} · ${time}</span>`;
    const words = this.t(state.values.length > 0 ? 'offer.answered' : 'offer.none');
    return html`<span class="state">${words} · ${time}</span>`;
  }

  #withdraw() {
    return html`<button class="button quiet" type="button" @click=${this.#onWithdraw}>
      ${this.t('offer.withdraw')}
    </button>`;
  }

  #onWithdraw() {
    this.dispatchEvent(new CustomEvent('withdraw-offer', { detail: this.offer.id, bubbles: true, composed: true }));
  }
}

customElements.define('balie-offer-card', OfferCard);
