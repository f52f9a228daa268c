import { html, nothing } from 'lit';
import type { NewSiteKey, SiteKeyView, SiteView } from '../../../protocol/http.ts';
import { icon } from '../../icons.ts';
import { ModalController } from '../../primitives/dialog.ts';
import { areaField, choiceField, FormValues, inputField } from '../../primitives/form.ts';
import type { Problem } from '../../state/rest.ts';
import { ConsolePage } from '../console-page.ts';
import '../copy-text.ts';
import { partStyles } from '../page-styles.ts';
import { dayOf } from '../times.ts';

type Kind = NewSiteKey['kind'];
interface Made {
  readonly key: SiteKeyView;
  readonly secret?: string;
}

/** The keys of a site: made, shown once, revoked. */
export class SiteKeys extends ConsolePage {
  static override properties = {
    site: { attribute: false },
    isAdding: { state: true },
    kind: { state: true },
    made: { state: true },
    trouble: { state: true },
    revoking: { state: true },
  };
  static override styles = partStyles;

  declare site: SiteView;
  declare isAdding: boolean;
  declare kind: Kind;
  /** Whose secret is shown, this once. */
  declare made: Made | null;
  declare trouble: Problem | null;
  /** The key that the next press revokes. */
  declare revoking: string | null;

  constructor() {
    super();
    this.isAdding = false;
    this.kind = 'secret';
    this.made = null;
    this.trouble = null;
    this.revoking = null;
    new ModalController(this, { isOpen: () => this.isAdding, onLeave: () => this.leave(this.#close) });
  }

  override render() {
    return html`<section class="stack" aria-labelledby="keys">
        <div class="head">
          <h3 id="keys">${this.t('key.title')}</h3>
          <button class="button" type="button" @click=${this.#open}>${icon('key-round')}${this.t('key.add')}</button>
        </div>
        <p class="soft">${this.t('key.about')}</p>
        ${this.isAdding ? nothing : this.problem(this.trouble)}
        ${this.site.keys.length === 0 ? html`<p class="nothing">${this.t('key.none')}</p>` : this.#table()}
      </section>
      <dialog aria-labelledby="key-title">${this.isAdding ? this.#dialog() : nothing}</dialog>`;
  }

  #table() {
    return html`<div class="scroll">
      <table>
        <thead>
          <tr>
            <th>${this.t('key.kid')}</th>
            <th>${this.t('key.kind')}</th>
            <th>${this.t('key.made')}</th>
            <th>${this.t('key.used')}</th>
            <th>${this.t('people.state')}</th>
          </tr>
        </thead>
        <tbody>
          ${this.site.keys.map((key) => this.#row(key))}
        </tbody>
      </table>
    </div>`;
  }

  #row({ kid, kind, algorithm, createdAt, lastUsedAt, revokedAt }: SiteKeyView) {
    const day = (at: number) => dayOf(at, Date.now(), this.texts);
    return html`<tr>
      <td><code>${kid}</code></td>
      <td>${this.t(`key.kind.${kind}`)} ${algorithm ? html`<span class="tag">${algorithm}</span>` : nothing}</td>
      <td>${day(createdAt)}</td>
      <td>${lastUsedAt === null ? this.t('key.never') : day(lastUsedAt)}</td>
      <td>${revokedAt === null ? this.#revoke(kid) : html`<span class="tag">${this.t('key.revoked', { day: day(revokedAt) })}</span>`}</td>
    </tr>`;
  }

  /** Asks once more in its own place: what it opens can't be locked again. */
  #revoke(kid: string) {
    const isAsked = this.revoking === kid;
    return html`<button
      class="button quiet"
      type="button"
      aria-label=${this.t(isAsked ? 'key.revoke.sure' : 'key.revoke.label', { kid })}
      @click=${() => (isAsked ? this.#doRevoke(kid) : this.#ask(kid))}
      @blur=${() => this.#ask(null)}
    >
      ${this.t(isAsked ? 'key.revoke.sure' : 'key.revoke', { kid })}
    </button>`;
  }

  #dialog() {
    if (this.made) return this.#show(this.made);
    const { kind, trouble } = this;
    return html`
      <h2 id="key-title">${this.t('key.add')}</h2>
      <form @submit=${this.#add} @input=${this.touched}>
        ${this.problem(trouble)}
        ${choiceField({
          name: 'kind',
          label: this.t('key.kind'),
          value: kind,
          options: (['secret', 'public', 'jwks'] as const).map((value) => ({
            value,
            label: this.t(`key.kind.${value}`),
          })),
          onChange: (value) => this.#choose(value as Kind),
        })}
        <p class="hint">${this.t(`key.kind.${kind}.hint`)}</p>
        ${kind === 'jwks' ? this.#jwksFields() : inputField({ name: 'kid', label: this.t('key.kid'), hint: this.t('key.kid.hint'), invalid: trouble?.field === 'kid' })}
        ${kind === 'public' ? this.#publicFields() : nothing}
        <footer>
          <button class="button" type="button" @click=${this.#close}>${this.t('form.cancel')}</button>
          <button class="button primary">${this.t('key.add')}</button>
        </footer>
      </form>
    `;
  }

  #publicFields() {
    const algorithms = ['ES256', 'EdDSA', 'PS256', 'RS256'].map((value) => ({ value, label: value }));
    return html`
      ${choiceField({ name: 'algorithm', label: this.t('key.algorithm'), value: 'ES256', options: algorithms })}
      ${areaField({ name: 'key', label: this.t('key.public'), rows: 5, required: true, hint: this.t('key.public.hint') })}
    `;
  }

  #jwksFields() {
    return html`
      ${inputField({ name: 'url', label: this.t('key.url'), type: 'url', required: true })}
      ${inputField({ name: 'issuer', label: this.t('key.issuer'), required: true })}
      ${inputField({ name: 'audience', label: this.t('key.audience'), required: true })}
    `;
  }

  #show({ key, secret }: Made) {
    return html`
      <h2 id="key-title">${this.t('key.added', { kid: key.kid })}</h2>
      <div class="stack">
        <balie-copy-text .text=${key.kid} label=${this.t('key.kid')}></balie-copy-text>
        ${
          secret
            ? html`<p>${this.t('key.once')}</p>
                <balie-copy-text .text=${secret} label=${this.t('key.secret')}></balie-copy-text>`
            : nothing
        }
        <footer>
          <button class="button primary" type="button" data-autofocus @click=${this.#close}>${this.t('form.done')}</button>
        </footer>
      </div>
    `;
  }

  readonly #open = () => {
    this.trouble = null;
    this.kind = 'secret';
    this.isAdding = true;
  };

  readonly #close = () => {
    this.isAdding = false;
    this.made = null;
    this.trouble = null;
    this.untouched();
  };

  #choose(kind: Kind) {
    this.kind = kind;
  }

  #ask(kid: string | null) {
    this.revoking = kid;
  }

  readonly #add = async (event: SubmitEvent) => {
    const values = new FormValues(event);
    const kid = values.text('kid') ? { kid: values.text('kid') } : {};
    const key: NewSiteKey =
      this.kind === 'jwks'
        ? { kind: 'jwks', url: values.text('url'), issuer: values.text('issuer'), audience: values.text('audience') }
        : this.kind === 'public'
          ? { kind: 'public', ...kid, algorithm: values.text('algorithm') as 'ES256', key: keyOf(values.text('key')) }
          : { kind: 'secret', ...kid };
    const answer = await this.rest.send<Made>('POST', `/sites/${this.site.id}/keys`, key);
    this.trouble = answer.ok ? null : answer.problem;
    if (!answer.ok) return;
    this.made = answer.value;
    this.untouched();
    this.#changed();
  };

  async #doRevoke(kid: string) {
    this.revoking = null;
    const answer = await this.rest.send('POST', `/sites/${this.site.id}/keys/${encodeURIComponent(kid)}/revoke`);
    this.trouble = answer.ok ? null : answer.problem;
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new CustomEvent('site-change'));
  }
}

/** A JWK is written as JSON; anything else is taken for PEM. */
function keyOf(text: string): string | Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return text;
  }
}

customElements.define('balie-site-keys', SiteKeys);
