import { html, nothing } from 'lit';
import { limits } from '../../protocol/limits.ts';
import { FormValues, inputField } from '../primitives/form.ts';
import type { Problem } from '../state/rest.ts';
import { ConsolePage } from './console-page.ts';
import { entranceStyles } from './entrance-styles.ts';
import { pageStyles } from './page-styles.ts';

/** Where a fresh server's first link leads: the organization and its administrator, who is signed in at once. */
export class FirstRunPage extends ConsolePage {
  static override properties = { code: {}, trouble: { state: true }, isBusy: { state: true } };
  static override styles = [...pageStyles, entranceStyles];

  declare code: string;
  declare trouble: Problem | null;
  declare isBusy: boolean;

  constructor() {
    super();
    this.trouble = null;
    this.isBusy = false;
  }

  override render() {
    const least = limits.passwordLeast;
    const { trouble } = this;
    return html`<main class="entrance">
      <h1>${this.t('firstrun.title')}</h1>
      <p class="soft">${this.t('firstrun.about')}</p>
      <form @submit=${this.#begin}>
        <p class="problem" role="alert">${trouble ? this.#words(trouble) : nothing}</p>
        ${inputField({ name: 'organization', label: this.t('firstrun.organization'), required: true, maxlength: limits.nameLength, hint: this.t('firstrun.organization.hint') })}
        ${inputField({ name: 'name', label: this.t('firstrun.name'), autocomplete: 'name', required: true, maxlength: limits.nameLength })}
        ${inputField({ name: 'email', label: this.t('people.email'), type: 'email', autocomplete: 'username', required: true, maxlength: limits.emailLength, invalid: trouble?.field === 'email' })}
        ${inputField({ name: 'password', label: this.t('signin.password'), type: 'password', autocomplete: 'new-password', required: true, minlength: least, hint: this.t('account.password.hint', { count: least }) })}
        <button class="button primary large" ?disabled=${this.isBusy}>${this.t('firstrun.submit')}</button>
      </form>
    </main>`;
  }

  #words(trouble: Problem): string {
    if (trouble.field === 'code') return this.t('firstrun.refused');
    return trouble.code === 'not_found' ? this.t('firstrun.there') : this.problemWords(trouble);
  }

  readonly #begin = async (event: SubmitEvent) => {
    const values = new FormValues(event);
    const [email, password] = [values.text('email'), values.raw('password')];
    this.isBusy = true;
    const answer = await this.rest.send('POST', '/first-run', {
      code: this.code,
      organization: values.text('organization'),
      name: values.text('name'),
      email,
      password,
    });
    this.isBusy = false;
    this.trouble = answer.ok ? null : answer.problem;
    if (!answer.ok) return;
    // A site is what comes next; and the code has no more business in the address.
    location.replace('#/sites');
    this.act({ type: 'sign-in', email, password });
  };
}

customElements.define('balie-first-run-page', FirstRunPage);
