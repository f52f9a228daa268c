import { html } from 'lit';
import type { RecoveryCodes, TwoFactorOffer, TwoFactorState } from '../../protocol/administration.ts';
import { limits } from '../../protocol/limits.ts';
import { FormValues, inputField } from '../primitives/form.ts';
import type { Resource } from '../state/resource.ts';
import type { Problem } from '../state/rest.ts';
import { ConsolePage } from './console-page.ts';
import './copy-text.ts';
import './qr-code.ts';
import { pageStyles } from './page-styles.ts';

/** One's own account: the password, the second factor, and the way out of every session. */
export class AccountPage extends ConsolePage {
  static override properties = {
    offer: { state: true },
    codes: { state: true },
    trouble: { state: true },
  };
  static override styles = pageStyles;

  /** What the authenticator app is to be told, while that is under way. */
  declare offer: TwoFactorOffer | null;
  /** Shown this once. */
  declare codes: readonly string[] | null;
  declare trouble: Problem | null;
  #twoFactor: Resource<TwoFactorState> | undefined;

  constructor() {
    super();
    this.offer = null;
    this.codes = null;
    this.trouble = null;
  }

  override connectedCallback() {
    super.connectedCallback();
    this.#twoFactor ??= this.resource<TwoFactorState>('/account/two-factor');
  }

  override render() {
    return html`<div class="page">
      <div class="head"><h1>${this.t('account.title')}</h1></div>
      ${this.problem(this.trouble)} ${this.#password()} ${this.#second()}
      <section class="stack" aria-labelledby="everywhere">
        <h3 id="everywhere">${this.t('account.everywhere')}</h3>
        <p class="soft">${this.t('account.everywhere.about')}</p>
        <div class="row">
          <button class="button" type="button" @click=${() => this.#send('POST', '/account/sign-out-everywhere')}>
            ${this.t('account.everywhere')}
          </button>
        </div>
      </section>
    </div>`;
  }

  #password() {
    const least = limits.passwordLeast;
    return html`<form @submit=${this.#changePassword} aria-labelledby="password-title">
      <h3 id="password-title">${this.t('account.password')}</h3>
      ${inputField({ name: 'current', label: this.t('account.password.current'), type: 'password', autocomplete: 'current-password', required: true, invalid: this.trouble?.field === 'current' })}
      ${inputField({ name: 'password', label: this.t('account.password.new'), type: 'password', autocomplete: 'new-password', required: true, minlength: least, hint: this.t('account.password.hint', { count: least }) })}
      <div class="row"><button class="button">${this.t('account.password.change')}</button></div>
    </form>`;
  }

  #second() {
    const state = this.#twoFactor?.store.get().value;
    return html`<section class="stack" aria-labelledby="second">
      <h3 id="second">${this.t('account.second')}</h3>
      <p class="soft">${this.t('account.second.about')}</p>
      ${this.codes ? this.#codes(this.codes) : state?.on ? this.#isOn(state) : this.offer ? this.#confirm(this.offer) : this.#turnOn()}
    </section>`;
  }

  #turnOn() {
    return html`<div class="row">
      <button class="button" type="button" @click=${this.#begin}>${this.t('account.second.on')}</button>
    </div>`;
  }

  #confirm({ secret, uri }: TwoFactorOffer) {
    return html`<form @submit=${this.#finish}>
      <p>${this.t('account.second.scan')}</p>
      <balie-qr-code .text=${uri} label=${this.t('account.second.qr')}></balie-qr-code>
      <p class="soft">${this.t('account.second.typed')}</p>
      <balie-copy-text .text=${secret} label=${this.t('account.second.secret')}></balie-copy-text>
      <p><a href=${uri}>${this.t('account.second.open')}</a></p>
      ${inputField({ name: 'code', label: this.t('account.second.code'), autocomplete: 'one-time-code', required: true, invalid: this.trouble?.field === 'code' })}
      <div class="row"><button class="button primary">${this.t('account.second.on')}</button></div>
    </form>`;
  }

  #codes(codes: readonly string[]) {
    return html`<p role="status">${this.t('account.second.codes')}</p>
      <balie-copy-text .text=${codes.join('\n')} label=${this.t('account.second.codes.label')}></balie-copy-text>
      <div class="row">
        <button class="button primary" type="button" @click=${() => this.#keptCodes()}>${this.t('form.done')}</button>
      </div>`;
  }

  #isOn({ recoveryLeft }: TwoFactorState) {
    return html`<form @submit=${this.#turnOff}>
      <p>${this.t('account.second.ison', { count: recoveryLeft })}</p>
      ${inputField({ name: 'current', label: this.t('account.password.current'), type: 'password', autocomplete: 'current-password', required: true })}
      <div class="row"><button class="button">${this.t('account.second.off')}</button></div>
    </form>`;
  }

  #keptCodes() {
    this.codes = null;
    void this.#twoFactor?.load();
  }

  readonly #changePassword = async (event: SubmitEvent) => {
    const values = new FormValues(event);
    // Where it works this session is over, and the console asks to sign in.
    await this.#send('PUT', '/account/password', { current: values.raw('current'), password: values.raw('password') });
  };

  readonly #begin = async () => {
    this.offer = await this.#send<TwoFactorOffer>('POST', '/account/two-factor');
  };

  readonly #finish = async (event: SubmitEvent) => {
    const code = new FormValues(event).text('code').replace(/\s/g, '');
    const { secret } = this.offer ?? { secret: '' };
    const made = await this.#send<RecoveryCodes>('PUT', '/account/two-factor', { secret, code });
    if (!made) return;
    this.codes = made.codes;
    this.offer = null;
  };

  readonly #turnOff = async (event: SubmitEvent) => {
    const current = new FormValues(event).raw('current');
    if (await this.#send('POST', '/account/two-factor/off', { current })) await this.#twoFactor?.load();
  };

  async #send<Value>(method: 'POST' | 'PUT', path: string, body?: object): Promise<Value | null> {
    const answer = await this.rest.send<Value>(method, path, body);
    this.trouble = answer.ok ? null : answer.problem;
    return answer.ok ? answer.value : null;
  }
}

customElements.define('balie-account-page', AccountPage);
