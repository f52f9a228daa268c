import { html, nothing } from 'lit';
import type { LinkView } from '../../protocol/administration.ts';
import { limits } from '../../protocol/limits.ts';
import { FormValues, inputField } from '../primitives/form.ts';
import type { Problem } from '../state/rest.ts';
import { ConsolePage } from './console-page.ts';
import { entranceStyles } from './entrance-styles.ts';
import { pageStyles } from './page-styles.ts';

/** Where the link of an invitation leads: choose a password, once. */
export class WelcomePage extends ConsolePage {
  static override properties = {
    token: {},
    link: { state: true },
    trouble: { state: true },
    isDone: { state: true },
    isMistyped: { state: true },
  };
  static override styles = [...pageStyles, entranceStyles];

  declare token: string;
  declare link: LinkView | null;
  declare trouble: Problem | null;
  declare isDone: boolean;
  declare isMistyped: boolean;

  constructor() {
    super();
    this.link = null;
    this.trouble = null;
    this.isDone = false;
    this.isMistyped = false;
  }

  override connectedCallback() {
    super.connectedCallback();
    void this.#look();
  }

  override render() {
    const { link, trouble } = this;
    return html`<main class="entrance">
      <h1>${this.t('welcome.title')}</h1>
      ${this.problem(trouble)}
      ${this.isDone ? this.#done() : link ? this.#form(link) : nothing}
    </main>`;
  }

  #form({ name, email, organization }: LinkView) {
    const least = limits.passwordLeast;
    return html`<form @submit=${this.#use}>
      <p>${this.t('welcome.about', { name, organization, email })}</p>
      ${inputField({ name: 'password', label: this.t('account.password.new'), type: 'password', autocomplete: 'new-password', required: true, minlength: least, hint: this.t('account.password.hint', { count: least }) })}
      ${inputField({ name: 'again', label: this.t('account.password.again'), type: 'password', autocomplete: 'new-password', required: true, invalid: this.isMistyped })}
      ${this.isMistyped ? html`<p class="problem" role="alert">${this.t('account.password.differ')}</p>` : nothing}
      <div class="row"><button class="button primary">${this.t('welcome.submit')}</button></div>
    </form>`;
  }

  #done() {
    return html`<p role="status">${this.t('welcome.done')}</p>
      <div class="row"><a class="button primary" href="./">${this.t('signin.submit')}</a></div>`;
  }

  async #look() {
    await this.updateComplete;
    const answer = await this.rest.send<LinkView>('POST', '/links/look', { token: this.token });
    if (answer.ok) this.link = answer.value;
    else this.trouble = answer.problem;
  }

  readonly #use = async (event: SubmitEvent) => {
    const values = new FormValues(event);
    const password = values.raw('password');
    this.isMistyped = password !== values.raw('again');
    if (this.isMistyped) return;
    const answer = await this.rest.send('POST', '/links/use', { token: this.token, password });
    this.trouble = answer.ok ? null : answer.problem;
    this.isDone = answer.ok;
  };
}

customElements.define('balie-welcome-page', WelcomePage);
