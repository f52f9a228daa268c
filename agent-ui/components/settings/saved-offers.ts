import { html, nothing } from 'lit';
import type { SavedOfferView } from '../../../protocol/http.ts';
import { icon } from '../../icons.ts';
import { savedOfferOf } from '../../state/offer-draft.ts';
import type { Resource } from '../../state/resource.ts';
import { ConsolePage } from '../console-page.ts';
import type { ComposedOffer } from '../offer-dialog.ts';
import '../offer-dialog.ts';
import { partStyles } from '../page-styles.ts';

/** Offers that agents keep for one another; composed as they are in a chat. */
export class SavedOffers extends ConsolePage {
  static override properties = { editing: { state: true } };
  static override styles = partStyles;

  declare protected editing: SavedOfferView | 'new' | null;
  #offers: Resource<{ offers: SavedOfferView[] }> | undefined;

  constructor() {
    super();
    this.editing = null;
  }

  override connectedCallback() {
    super.connectedCallback();
    this.#offers ??= this.resource('/saved-offers');
  }

  override render() {
    const { value, problem } = this.#offers?.store.get() ?? { value: null, problem: null };
    return html`<section class="stack" aria-labelledby="offers">
        <div class="head">
          <h2 id="offers">${this.t('presets.offers')}</h2>
          <button class="button" type="button" @click=${() => this.#edit('new')}>
            ${icon('plus')}${this.t('presets.offers.new')}
          </button>
        </div>
        ${this.editing ? nothing : this.problem(problem)} ${value ? this.#list(value.offers) : nothing}
      </section>
      ${this.editing ? this.#dialog(this.editing) : nothing}`;
  }

  #dialog(editing: SavedOfferView | 'new') {
    const problem = this.#offers?.store.get().problem ?? null;
    return html`<balie-offer-dialog
      .offer=${editing === 'new' ? null : editing}
      .problem=${problem ? this.problemWords(problem) : ''}
      @offer-done=${({ detail }: CustomEvent<ComposedOffer>) => this.#keep(detail)}
      @offer-leave=${() => this.leave(() => this.#edit(null))}
      @input=${this.touched}
    ></balie-offer-dialog>`;
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

  #row(offer: SavedOfferView) {
    const { id, name, content, savedBy } = offer;
    return html`<tr>
      <td><button class="link" type="button" @click=${() => this.#edit(offer)}><bdi>${name}</bdi></button></td>
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

  #edit(editing: SavedOfferView | 'new' | null) {
    this.editing = editing;
    this.untouched();
    this.#offers?.forgetProblem();
  }

  async #keep({ content }: ComposedOffer) {
    const { editing } = this;
    if (!editing) return;
    const offer = savedOfferOf(content);
    const answer = await (editing === 'new'
      ? this.#offers?.change('POST', '/saved-offers', offer)
      : this.#offers?.change('PUT', `/saved-offers/${editing.id}`, offer));
    if (answer?.ok) this.#edit(null);
  }
}

customElements.define('balie-saved-offers', SavedOffers);
