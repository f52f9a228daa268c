import { html, nothing, type PropertyValues } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import type { OfferContent } from '../../protocol/entities.ts';
import type { SavedOfferView } from '../../protocol/http.ts';
import type { ConversationId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import { icon } from '../icons.ts';
import { buttonStyles } from '../primitives/button.ts';
import { choiceStyles } from '../primitives/choice.ts';
import { dialogStyles, ModalController } from '../primitives/dialog.ts';
import { fieldStyles, selectField } from '../primitives/field.ts';
import '../primitives/icon-button.ts';
import { reset } from '../primitives/reset.ts';
import {
  contentOf,
  emptyOffer,
  flawOf,
  formOf,
  type OfferFlaw,
  type OfferForm,
  type OptionDraft,
  withOption,
  withOptionChange,
  withoutOption,
} from '../state/offer-draft.ts';
import { ConsoleElement } from './console-element.ts';
import { offerDialogStyles } from './offer-dialog-styles.ts';
import './option-picture.ts';

/** What was composed, with `offer-done`. */
export interface ComposedOffer {
  readonly content: OfferContent;
  readonly isKept: boolean;
}

/**
 * Where an offer is composed: a title, its options, how many may be chosen. Shown while it stands in the page; says
 * `offer-done`, or `offer-leave` where it is given up.
 */
export class OfferDialog extends ConsoleElement {
  static override properties = {
    conversation: {},
    offer: { attribute: false },
    saved: { attribute: false },
    problem: {},
    form: { state: true },
    flaw: { state: true },
    isKept: { state: true },
  };
  static override styles = [reset, buttonStyles, choiceStyles, dialogStyles, fieldStyles, offerDialogStyles];

  /** Whose visitor it is for; null where it is only kept. */
  declare conversation: ConversationId | null;
  /** What is kept and to be changed; null for a new one. */
  declare offer: SavedOfferView | null;
  /** Why it was not kept. */
  declare problem: string;
  declare saved: readonly SavedOfferView[];
  declare protected form: OfferForm;
  /** What was wrong when it was to be sent; it goes once that is mended. */
  declare protected flaw: OfferFlaw | null;
  declare protected isKept: boolean;

  constructor() {
    super();
    this.conversation = null;
    this.offer = null;
    this.problem = '';
    this.saved = [];
    this.form = emptyOffer();
    this.flaw = null;
    this.isKept = false;
    new ModalController(this, { isOpen: () => true, onLeave: () => this.#leave() });
  }

  override willUpdate(changed: PropertyValues<this>) {
    if (changed.has('offer') && this.offer) this.form = formOf(this.offer.content);
  }

  override render() {
    const { form, offer, conversation } = this;
    return html`<dialog aria-labelledby="heading">
      <form novalidate @submit=${this.#onSubmit}>
        <h2 id="heading">${offer ? offer.name : this.t('offer.title')}</h2>
        ${this.saved.length > 0 ? this.#savedOffers() : nothing}
        <div class="field">
          <label for="title">${this.t('offer.name')}</label>
          <input
            id="title"
            data-autofocus
            maxlength=${limits.offerTitleLength}
            autocomplete="off"
            .value=${live(form.title)}
            aria-invalid=${this.flaw === 'title' ? 'true' : nothing}
            aria-describedby=${this.flaw ? 'flaw' : nothing}
            @input=${(event: Event) => this.#change({ title: textOf(event) })}
          />
        </div>
        <ol>
          ${repeat(
            form.options,
            ({ value }) => value,
            (option, at) => this.#option(option, at),
          )}
        </ol>
        <button
          class="button"
          type="button"
          ?disabled=${form.options.length >= limits.optionsMost}
          @click=${this.#onAdd}
        >
          ${this.t('offer.add')}
        </button>
        <div class="choices">${this.#amounts()}</div>
        <p id="flaw" class="flaw" role="alert">${this.flaw ? this.t(`offer.flaw.${this.flaw}`) : this.problem || nothing}</p>
        <footer>
          <button class="button" type="button" @click=${this.#leave}>${this.t('offer.cancel')}</button>
          <button class="button primary">${this.t(conversation ? 'offer.send' : 'form.save')}</button>
        </footer>
      </form>
    </dialog>`;
  }

  #savedOffers() {
    const options = [
      { value: '', label: this.t('offer.saved.none') },
      ...this.saved.map(({ id, name }) => ({ value: id as string, label: name })),
    ];
    const onChange = (id: string) => {
      const chosen = this.saved.find((offer) => offer.id === id);
      if (chosen) this.form = formOf(chosen.content);
      this.flaw = null;
    };
    return selectField({ id: 'saved', label: this.t('offer.saved'), value: '', options, onChange });
  }

  #option({ label, description, picture }: OptionDraft, at: number) {
    const number = at + 1;
    const isBad = this.flaw === 'options' || this.flaw === 'same';
    return html`<li>
      <div class="field">
        <label for="option-${at}">${this.t('offer.option', { number })}</label>
        <input
          id="option-${at}"
          maxlength=${limits.optionLabelLength}
          autocomplete="off"
          .value=${live(label)}
          aria-invalid=${isBad ? 'true' : nothing}
          aria-describedby=${isBad ? 'flaw' : nothing}
          @input=${(event: Event) => this.#changeOption(at, { label: textOf(event) })}
        />
        <input
          class="description"
          aria-label=${this.t('offer.description', { number })}
          placeholder=${this.t('offer.description.hint')}
          maxlength=${limits.optionDescriptionLength}
          autocomplete="off"
          .value=${live(description)}
          @input=${(event: Event) => this.#changeOption(at, { description: textOf(event) })}
        />
        ${this.conversation ? this.#picture(this.conversation, picture ?? null, at) : nothing}
      </div>
      <ui-icon-button
        label=${this.t('offer.remove', { number })}
        ?disabled=${this.form.options.length <= limits.optionsLeast}
        @click=${() => this.#set(withoutOption(this.form, at))}
        >${icon('x', 16)}</ui-icon-button
      >
    </li>`;
  }

  #picture(conversation: ConversationId, picture: OptionDraft['picture'], at: number) {
    return html`<balie-option-picture
      .conversation=${conversation}
      .picture=${picture}
      number=${at + 1}
      @change-picture=${(event: CustomEvent) => this.#changeOption(at, { picture: event.detail })}
    ></balie-option-picture>`;
  }

  #amounts() {
    const { several, least, most, optional, options } = this.form;
    return html`
      ${this.#check(this.t('offer.several'), several, (on) => this.#change({ several: on }))}
      ${
        several
          ? html`<div class="amounts">
              ${this.#number('least', this.t('offer.least'), least, options.length)}
              ${this.#number('most', this.t('offer.most'), most, options.length)}
            </div>`
          : nothing
      }
      ${this.#check(this.t('offer.optional'), optional, (on) => this.#change({ optional: on }))}
      ${
        this.conversation
          ? this.#check(this.t('offer.save'), this.isKept, (on) => {
              this.isKept = on;
            })
          : nothing
      }
    `;
  }

  #check(label: string, checked: boolean, onChange: (on: boolean) => void) {
    return html`<label class="check">
      <input
        type="checkbox"
        .checked=${live(checked)}
        @change=${(event: Event) => onChange((event.target as HTMLInputElement).checked)}
      />
      ${label}
    </label>`;
  }

  #number(name: 'least' | 'most', label: string, value: number, max: number) {
    return html`<div class="field">
      <label for=${name}>${label}</label>
      <input
        id=${name}
        type="number"
        min="1"
        max=${max}
        .value=${live(String(value))}
        aria-invalid=${this.flaw === 'amount' ? 'true' : nothing}
        aria-describedby=${this.flaw ? 'flaw' : nothing}
        @change=${(event: Event) => this.#change({ [name]: Math.trunc(Number(textOf(event))) })}
      />
    </div>`;
  }

  #change(change: Partial<OfferForm>) {
    this.#set({ ...this.form, ...change });
  }

  #changeOption(at: number, change: Partial<OptionDraft>) {
    this.#set(withOptionChange(this.form, at, change));
  }

  #set(form: OfferForm) {
    this.form = form;
    if (this.flaw) this.flaw = flawOf(form);
  }

  async #onAdd() {
    this.#set(withOption(this.form));
    await this.updateComplete;
    this.#focusField(`option-${this.form.options.length - 1}`);
  }

  #onSubmit(event: SubmitEvent) {
    event.preventDefault();
    this.flaw = flawOf(this.form);
    if (this.flaw) return this.#focusField(fieldOf[this.flaw]);
    const detail: ComposedOffer = { content: contentOf(this.form), isKept: this.isKept };
    this.dispatchEvent(new CustomEvent('offer-done', { detail }));
  }

  #focusField(id: string) {
    this.renderRoot.querySelector<HTMLElement>(`#${id}`)?.focus();
  }

  #leave() {
    this.dispatchEvent(new CustomEvent('offer-leave'));
  }
}

const fieldOf: Record<OfferFlaw, string> = { title: 'title', options: 'option-0', same: 'option-0', amount: 'least' };
const textOf = (event: Event) => (event.target as HTMLInputElement).value;

customElements.define('balie-offer-dialog', OfferDialog);
