import { html, nothing } from 'lit';
import type { ApiKeyView, ApiKeyViews, NewApiKey, NewApiKeyView } from '../../../protocol/api-keys.ts';
import { apiScopes } from '../../../protocol/codes.ts';
import { limits } from '../../../protocol/limits.ts';
import { icon } from '../../icons.ts';
import { ModalController } from '../../primitives/dialog.ts';
import { checkField, choiceField, FormValues, inputField } from '../../primitives/form.ts';
import type { Resource } from '../../state/resource.ts';
import { ConsolePage } from '../console-page.ts';
import '../copy-text.ts';
import { webhookStyles } from '../webhooks/webhook-styles.ts';

const lifetimes = ['30', '90', '365', 'never'] as const;
const dayMs = 86_400_000;

/** The keys of the API: made, shown once, revoked. */
export class ApiKeysPage extends ConsolePage {
  static override properties = {
    isMaking: { state: true },
    made: { state: true },
    revoking: { state: true },
    isMistaken: { state: true },
  };
  static override styles = webhookStyles;

  declare isMaking: boolean;
  /** Which is shown, this once. */
  declare made: NewApiKeyView | null;
  /** The key that the next press revokes. */
  declare revoking: string | null;
  /** Nothing was chosen that it opens. */
  declare isMistaken: boolean;
  #keys: Resource<ApiKeyViews> | undefined;

  constructor() {
    super();
    this.isMaking = false;
    this.made = null;
    this.revoking = null;
    this.isMistaken = false;
    new ModalController(this, {
      isOpen: () => this.isMaking || this.made !== null,
      onLeave: () => this.leave(this.#close),
    });
  }

  override connectedCallback() {
    super.connectedCallback();
    this.#keys ??= this.resource<ApiKeyViews>('/api-keys');
  }

  override render() {
    const { value, problem } = this.#keys?.store.get() ?? { value: null, problem: null };
    return html`<div class="page">
        <div class="head">
          <h1>${this.t('apikeys.title')}</h1>
          <button class="button primary" type="button" @click=${this.#make}>${icon('plus')}${this.t('apikeys.new')}</button>
        </div>
        <p class="soft">
          ${this.t('apikeys.about')}
          <a href="/api/docs/" target="_blank" rel="noopener">${this.t('apikeys.docs')}</a>
        </p>
        ${this.isMaking ? nothing : this.problem(problem)}
        ${value ? (value.keys.length > 0 ? this.#table(value.keys) : html`<p class="nothing">${this.t('apikeys.none')}</p>`) : nothing}
      </div>
      <dialog class="wide" aria-labelledby="api-key-title">
        ${this.made ? this.#show(this.made) : this.isMaking ? this.#dialog() : nothing}
      </dialog>`;
  }

  #table(keys: readonly ApiKeyView[]) {
    return html`<div class="scroll">
      <table>
        <thead>
          <tr>
            <th>${this.t('apikey.name')}</th>
            <th>${this.t('apikey.scopes')}</th>
            <th>${this.t('apikey.made')}</th>
            <th>${this.t('apikey.used')}</th>
            <th>${this.t('apikey.state')}</th>
          </tr>
        </thead>
        <tbody>
          ${keys.map((key) => this.#row(key))}
        </tbody>
      </table>
    </div>`;
  }

  #row({ id, name, scopes, createdAt, createdBy, lastUsedAt, expiresAt, revokedAt }: ApiKeyView) {
    return html`<tr>
      <td><bdi>${name}</bdi></td>
      <td>
        ${scopes.map((scope) => html`<code class="tag ${scope === 'conversations:read-private' ? 'private' : ''}">${scope}</code> `)}
      </td>
      <td class="soft">${this.t('apikey.by', { day: this.#day(createdAt), name: createdBy })}</td>
      <td>${lastUsedAt === null ? this.t('apikey.never') : this.#day(lastUsedAt)}</td>
      <td>${this.#state({ id, name, expiresAt, revokedAt })}</td>
    </tr>`;
  }

  #state({ id, name, expiresAt, revokedAt }: Pick<ApiKeyView, 'id' | 'name' | 'expiresAt' | 'revokedAt'>) {
    if (revokedAt !== null)
      return html`<span class="tag">${this.t('apikey.revoked', { day: this.#day(revokedAt) })}</span>`;
    if (expiresAt !== null && expiresAt <= Date.now())
      return html`<span class="tag">${this.t('apikey.expired', { day: this.#day(expiresAt) })}</span>`;
    const isAsked = this.revoking === id;
    // Asks once more in its own place: what stops with it can't be undone.
    return html`${expiresAt === null ? nothing : html`<span class="small soft">${this.t('apikey.until', { day: this.#day(expiresAt) })}</span> `}
      <button
        class="button quiet"
        type="button"
        aria-label=${this.t(isAsked ? 'apikey.revoke.sure' : 'apikey.revoke.label', { name })}
        @click=${() => (isAsked ? this.#revoke(id) : this.#ask(id))}
        @blur=${() => this.#ask(null)}
      >
        ${this.t(isAsked ? 'apikey.revoke.sure' : 'apikey.revoke', { name })}
      </button>`;
  }

  #dialog() {
    const { problem, busy } = this.#keys?.store.get() ?? { problem: null, busy: false };
    return html`
      <h2 id="api-key-title">${this.t('apikeys.new')}</h2>
      <form @submit=${this.#create} @input=${this.touched}>
        ${this.problem(problem)}
        ${this.isMistaken ? html`<p class="problem" role="alert">${this.t('apikey.mistake')}</p>` : nothing}
        ${inputField({ name: 'name', label: this.t('apikey.name'), required: true, maxlength: limits.nameLength, hint: this.t('apikey.name.hint') })}
        <fieldset>
          <legend>${this.t('apikey.scopes')}</legend>
          ${apiScopes.map((scope) =>
            checkField({
              name: 'scopes',
              value: scope,
              label: this.t(`apikey.scope.${scope}`),
              hint: scope,
              checked: false,
            }),
          )}
        </fieldset>
        ${choiceField({
          name: 'expires',
          label: this.t('apikey.expires'),
          value: '365',
          options: lifetimes.map((value) => ({ value, label: this.t(`apikey.expires.${value}`) })),
        })}
        <footer>
          <button class="button" type="button" @click=${this.#close}>${this.t('form.cancel')}</button>
          <button class="button primary" ?disabled=${busy}>${this.t('apikeys.new')}</button>
        </footer>
      </form>
    `;
  }

  #show({ key, secret }: NewApiKeyView) {
    return html`
      <h2 id="api-key-title">${this.t('apikey.added', { name: key.name })}</h2>
      <div class="stack">
        <p>${this.t('apikey.once')}</p>
        <balie-copy-text .text=${secret} label=${this.t('apikey.key')}></balie-copy-text>
        <footer>
          <button class="button primary" type="button" data-autofocus @click=${this.#close}>${this.t('form.done')}</button>
        </footer>
      </div>
    `;
  }

  #day(at: number) {
    return new Date(at).toLocaleDateString(this.texts.locale, { dateStyle: 'medium' });
  }

  #ask(id: string | null) {
    this.revoking = id;
  }

  readonly #make = () => {
    this.isMaking = true;
    this.isMistaken = false;
    this.#keys?.forgetProblem();
  };

  readonly #close = () => {
    this.isMaking = false;
    this.made = null;
    this.untouched();
  };

  readonly #create = async (event: SubmitEvent) => {
    const values = new FormValues(event);
    const scopes = values.all('scopes') as NewApiKey['scopes'];
    this.isMistaken = scopes.length === 0;
    if (this.isMistaken) return;
    const days = Number(values.text('expires'));
    const expiresAt = Number.isNaN(days) ? null : Date.now() + days * dayMs;
    const key: NewApiKey = { name: values.text('name'), scopes, expiresAt };
    const answer = await this.#keys?.change<NewApiKeyView>('POST', '/api-keys', key);
    if (!answer?.ok) return;
    this.#close();
    this.made = answer.value;
  };

  async #revoke(id: string) {
    this.revoking = null;
    await this.#keys?.change('POST', `/api-keys/${id}/revoke`);
  }
}

customElements.define('balie-api-keys-page', ApiKeysPage);
