import { css, html, nothing, type PropertyValues } from 'lit';
import { icon } from '../icons.ts';
import { buttonStyles } from '../primitives/button.ts';
import { fieldStyles, textField } from '../primitives/field.ts';
import { reset } from '../primitives/reset.ts';
import type { SignInProblem } from '../state/desk-state.ts';
import { ConsoleElement } from './console-element.ts';
import './first-run-hint.ts';

export class SignIn extends ConsoleElement {
  static override properties = { problem: {}, busy: { type: Boolean }, asksCode: { state: true } };
  static override styles = [
    reset,
    buttonStyles,
    fieldStyles,
    css`
      :host {
        display: grid;
        place-items: center;
        height: 100%;
        padding: var(--space-16);
        overflow: auto;
        background: var(--paper-sunk);
      }

      main {
        width: min(22rem, 100%);
      }

      form {
        display: grid;
        gap: var(--space-16);
        padding: var(--space-32);
        border: 1px solid var(--edge);
        border-radius: var(--radius-card);
        background: var(--paper);
      }

      header {
        display: grid;
        gap: var(--space-12);
        justify-items: start;
        margin-bottom: var(--space-8);
      }

      .mark {
        display: grid;
        place-items: center;
        width: 40px;
        height: 40px;
        border-radius: var(--radius-card);
        background: var(--accent);
        color: var(--on-accent);
      }

      h1 {
        font-size: var(--text-20);
        font-weight: 600;
        line-height: 1.25;
      }

      .problem {
        display: flex;
        gap: var(--space-8);
        padding: var(--space-8) var(--space-12);
        border-radius: var(--radius-control);
        background: var(--red-soft);
        color: var(--red);
      }

      .problem.mild {
        background: var(--paper-hover);
        color: var(--ink);
      }

      .field input {
        min-height: 40px;
      }

      .button {
        margin-top: var(--space-8);
      }
    `,
  ];

  declare problem: SignInProblem | null;
  declare busy: boolean;
  /** Once asked for, it stays: while a sign-in is under way there is no problem to tell it by. */
  declare asksCode: boolean;

  constructor() {
    super();
    this.problem = null;
    this.busy = false;
    this.asksCode = false;
  }

  override willUpdate() {
    if (this.problem === 'code' || this.problem === 'code-wrong') this.asksCode = true;
  }

  override updated(changed: PropertyValues<this>) {
    if (changed.has('problem') && this.problem?.startsWith('code'))
      this.renderRoot.querySelector<HTMLElement>('#code')?.focus();
  }

  override render() {
    const isWrong = this.problem === 'failed';
    const shared = { required: true, invalid: isWrong, ...(isWrong && { describedBy: 'problem' }) };
    return html`
      <main>
        <form @submit=${this.#onSubmit}>
          <header>
            <span class="mark">${icon('concierge-bell', 22)}</span>
            <h1>${this.t('signin.title')}</h1>
          </header>
          <balie-first-run-hint></balie-first-run-hint>
          <div role="alert" id="problem">${this.#problem()}</div>
          ${textField({ ...shared, id: 'email', label: this.t('signin.email'), type: 'email', autocomplete: 'username' })}
          ${textField({
            ...shared,
            id: 'password',
            label: this.t('signin.password'),
            type: 'password',
            autocomplete: 'current-password',
          })}
          ${this.asksCode ? textField({ id: 'code', label: this.t('signin.code.label'), autocomplete: 'one-time-code', required: true, invalid: this.problem === 'code-wrong', describedBy: 'problem' }) : nothing}
          <button class="button primary large" ?disabled=${this.busy}>
            ${this.t(this.busy ? 'signin.busy' : 'signin.submit')}
          </button>
        </form>
      </main>
    `;
  }

  override firstUpdated() {
    this.renderRoot.querySelector('input')?.focus();
  }

  #problem() {
    if (!this.problem) return nothing;
    const isMild = this.problem === 'ended' || this.problem === 'code';
    return html`<p class="problem ${isMild ? 'mild' : ''}">
      ${icon(isMild ? 'info' : 'triangle-alert')} ${this.t(`signin.${this.problem}`)}
    </p>`;
  }

  #onSubmit(event: SubmitEvent) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget as HTMLFormElement);
    const [email, password] = [String(fields.get('email')).trim(), String(fields.get('password'))];
    const code = String(fields.get('code') ?? '').trim();
    this.act({ type: 'sign-in', email, password, ...(code && { code }) });
  }
}

customElements.define('balie-sign-in', SignIn);
