import { html, nothing } from 'lit';
import type { SiteId } from '../../../protocol/ids.ts';
import type { Inspection, Install } from '../../../protocol/install.ts';
import { areaField, FormValues } from '../../primitives/form.ts';
import type { Problem } from '../../state/rest.ts';
import { type TokenParts, tokenParts } from '../../state/token-parts.ts';
import { ConsolePage } from '../console-page.ts';
import { partStyles } from '../page-styles.ts';
import { dayAndTimeOf, timeOf } from '../times.ts';

/** Paste a token, or look at the last that were refused: which check failed, and what mends it. */
export class TokenDebugger extends ConsolePage {
  static override properties = {
    site: {},
    install: { attribute: false },
    verdict: { state: true },
    parts: { state: true },
    trouble: { state: true },
  };
  static override styles = partStyles;

  declare site: SiteId;
  declare install: Install | null;
  declare verdict: Inspection | null;
  declare parts: TokenParts | null;
  declare trouble: Problem | null;

  constructor() {
    super();
    this.verdict = null;
    this.parts = null;
    this.trouble = null;
  }

  override render() {
    return html`<section class="stack" aria-labelledby="debugger">
      <h3 id="debugger">${this.t('debugger.title')}</h3>
      <p class="soft">${this.t('debugger.about')}</p>
      <form @submit=${this.#inspect}>
        ${areaField({ name: 'token', label: this.t('debugger.token'), rows: 4, required: true })}
        <div class="row"><button class="button">${this.t('debugger.inspect')}</button></div>
      </form>
      ${this.problem(this.trouble)}
      <div role="status">${this.verdict ? this.#verdict(this.verdict) : nothing}</div>
      ${this.parts ? this.#parts(this.parts) : nothing}
      <h3>${this.t('debugger.refused')}</h3>
      ${this.#refused(this.install?.refused ?? [])}
    </section>`;
  }

  #verdict(verdict: Inspection) {
    if (!verdict.ok)
      return html`<p class="problem">
        ${this.t('debugger.bad')} ${this.#check(verdict.check)} ${verdict.detail ? html`<code>${verdict.detail}</code>` : nothing}
      </p>`;
    const { subject, keyId, issuer, expiresAt, variables } = verdict;
    const until = timeOf(expiresAt, this.texts);
    return html`<p>
      ${this.t('debugger.good', { subject, key: keyId, issuer, until })}
      ${this.t('debugger.variables', { count: variables.length })} ${variables.map((name) => html`<span class="tag">${name}</span> `)}
    </p>`;
  }

  #parts({ header, claims }: TokenParts) {
    return html`<div class="pair">
      <div><span class="hint">${this.t('debugger.header')}</span><pre>${header}</pre></div>
      <div><span class="hint">${this.t('debugger.claims')}</span><pre>${claims}</pre></div>
    </div>`;
  }

  #refused(refused: Install['refused']) {
    if (refused.length === 0) return html`<p class="nothing">${this.t('debugger.none')}</p>`;
    return html`<div class="scroll">
      <table>
        <thead>
          <tr>
            <th>${this.t('audit.when')}</th>
            <th>${this.t('debugger.why')}</th>
          </tr>
        </thead>
        <tbody>
          ${refused.map(
            ({ at, check, detail }) => html`<tr>
              <td>${dayAndTimeOf(at, Date.now(), this.texts)}</td>
              <td>${this.#check(check)} ${detail ? html`<code>${detail}</code>` : nothing}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  #check(check: Install['refused'][number]['check']) {
    return html`<strong>${this.t(`check.${check}`)}</strong> ${this.t(`mend.${check}`)}`;
  }

  readonly #inspect = async (event: SubmitEvent) => {
    const token = new FormValues(event).text('token');
    this.parts = tokenParts(token);
    const answer = await this.rest.send<Inspection>('POST', `/sites/${this.site}/inspect-token`, { token });
    this.verdict = answer.ok ? answer.value : null;
    this.trouble = answer.ok ? null : answer.problem;
  };
}

customElements.define('balie-token-debugger', TokenDebugger);
