import { html } from 'lit';
import type { SavedOfferView } from '../../../protocol/http.ts';
import { icon } from '../../icons.ts';
import type { Resource } from '../../state/resource.ts';
import { ConsolePage } from '../console-page.ts';
import { partStyles } from '../page-styles.ts';

/** Offers that agents kept for one another. */
export class SavedOffers extends ConsolePage {
  static override styles = partStyles;

  #offers: Resource<{ offers: SavedOfferView[] }> | undefined;

  override connectedCallback() {
    super.connectedCallback();
    this.#offers ??= this.resource('/saved-offers');
  }

  override render() {
    const { value, problem } = this.#offers?.store.get() ?? { value: null, problem: null };
    return html`<section class="stack" aria-labelledby="offers">
      <h2 id="offers">${this.t('presets.offers')}</h2>
      ${this.problem(problem)} ${this.#list(value?.offers ?? [])}
    </section>`;
  }

  #list(offers: readonly SavedOfferView[]) {
    if (offers.length === 0) return html`<p class="nothing">${this.t('presets.offers.none')}</p>`;
    return html`<div class="scroll">
      <table>
        <thead>
          <tr>
            <th>${this.t('presets.name')}</th>
            <th>${this.t('presets.offers.options')}</th>
            <th>${this.t('presets.offers.by')}</th>
            <th><span class="unseen">${this.t('form.delete')}</span></th>
          </tr>
        </thead>
        <tbody>
          ${offers.map((offer) => this.#row(offer))}
        </tbody>
      </table>
    </div>`;
  }

  #row({ id, name, content, savedBy }: SavedOfferView) {
    return html`<tr>
      <td><bdi>${name}</bdi></td>
      <td class="soft">${content.options.map(({ label }) => label).join(' · ')}</td>
      <td><bdi>${savedBy}</bdi></td>
      <td>
        <button
          class="button quiet"
          type="button"
          aria-label=${this.t('presets.offers.delete', { name })}
          @click=${() => this.#offers?.change('DELETE', `/saved-offers/${id}`)}
        >
          ${icon('trash-2')}
        </button>
      </td>
    </tr>`;
  }
}

customElements.define('balie-saved-offers', SavedOffers);
