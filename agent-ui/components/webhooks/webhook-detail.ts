import { html, nothing } from 'lit';
import type { WebhookSecret, WebhookView, WebhookViews } from '../../../protocol/webhooks.ts';
import { icon } from '../../icons.ts';
import type { Answer, Problem } from '../../state/rest.ts';
import { ConsolePage } from '../console-page.ts';
import { SavingForm } from '../saving-form.ts';
import { momentOf } from '../times.ts';
import './webhook-deliveries.ts';
import { choiceOf, type WebhookChoice, webhookEditOf, webhookFields } from './webhook-fields.ts';
import { webhookState } from './webhook-notices.ts';
import { webhookPartStyles } from './webhook-styles.ts';

/** One webhook: what it is told, its secret, what came of it. Says `webhook-change`, and `webhook-secret` with a new one. */
export class WebhookDetail extends ConsolePage {
  static override properties = {
    webhook: { attribute: false },
    kinds: { attribute: false },
    choice: { state: true },
    trouble: { state: true },
    isSure: { state: true },
  };
  static override styles = webhookPartStyles;

  declare webhook: WebhookView;
  declare kinds: WebhookViews['kinds'];
  /** Null until something else was chosen than what is kept. */
  declare choice: WebhookChoice | null;
  declare trouble: Problem | null;
  /** The next press deletes. */
  declare isSure: boolean;
  readonly #settings = new SavingForm(this, (values) => this.#patch(webhookEditOf(values)));

  constructor() {
    super();
    this.choice = null;
    this.trouble = null;
    this.isSure = false;
  }

  override render() {
    return html`<div class="parts">
      ${this.#deeds()} ${this.problem(this.trouble)}
      <balie-webhook-deliveries .webhook=${this.webhook} @webhook-change=${this.#changed}></balie-webhook-deliveries>
      ${this.#form()} ${this.#secret()}
    </div>`;
  }

  #deeds() {
    const isOn = this.webhook.state === 'on';
    return html`<div class="row">
      ${webhookState(this.webhook, this.texts)}
      <button class="button ${isOn ? '' : 'primary'}" type="button" @click=${() => this.#switch(!isOn)}>
        ${this.t(isOn ? 'webhook.off' : 'webhook.on')}
      </button>
      <button
        class="button quiet"
        type="button"
        @click=${() => (this.isSure ? this.#delete() : this.#beSure(true))}
        @blur=${() => this.#beSure(false)}
      >
        ${icon('trash-2')}${this.t(this.isSure ? 'webhook.delete.sure' : 'webhook.delete')}
      </button>
    </div>`;
  }

  #form() {
    const { webhook, kinds } = this;
    const { trouble } = this.#settings;
    const choice = this.choice ?? choiceOf(webhook);
    return html`<section class="stack" aria-labelledby="settings">
      <h2 id="settings">${this.t('webhook.settings')}</h2>
      <form @submit=${this.#settings.submit} @input=${this.#settings.touch}>
        ${this.problem(trouble)}
        ${webhookFields({ webhook, kinds, choice, onChoose: (chosen) => this.#choose(chosen), texts: this.texts, problem: trouble })}
        ${this.#settings.foot(this.texts)}
      </form>
    </section>`;
  }

  #secret() {
    const { oldSecretUntil } = this.webhook;
    return html`<section class="stack" aria-labelledby="secret">
      <h2 id="secret">${this.t('webhook.secret')}</h2>
      <p class="soft">${this.t('webhook.secret.about')}</p>
      ${
        oldSecretUntil === null
          ? nothing
          : html`<p>${this.t('webhook.secret.overlap', { when: momentOf(oldSecretUntil, this.texts) })}</p>`
      }
      <div class="row">
        <button class="button" type="button" @click=${this.#rotate}>
          ${icon('rotate-cw')}${this.t('webhook.secret.new')}
        </button>
        ${
          oldSecretUntil === null
            ? nothing
            : html`<button class="button quiet" type="button" @click=${this.#retire}>
                ${this.t('webhook.secret.retire')}
              </button>`
        }
      </div>
    </section>`;
  }

  get #path() {
    return `/webhooks/${this.webhook.id}`;
  }

  #choose(choice: WebhookChoice) {
    this.choice = choice;
  }

  #beSure(isSure: boolean) {
    this.isSure = isSure;
  }

  readonly #changed = () => void this.dispatchEvent(new CustomEvent('webhook-change'));

  #took<Value>(answer: Answer<Value>): answer is Extract<Answer<Value>, { ok: true }> {
    this.trouble = answer.ok ? null : answer.problem;
    if (answer.ok) this.#changed();
    return answer.ok;
  }

  async #patch(change: object) {
    const answer = await this.rest.send('PATCH', this.#path, change);
    if (answer.ok) this.#changed();
    return answer;
  }

  async #switch(enabled: boolean) {
    this.#took(await this.rest.send('PATCH', this.#path, { enabled }));
  }

  async #delete() {
    this.#took(await this.rest.send('DELETE', this.#path));
  }

  readonly #rotate = async () => {
    const answer = await this.rest.send<WebhookSecret>('POST', `${this.#path}/rotate`);
    if (this.#took(answer)) this.dispatchEvent(new CustomEvent('webhook-secret', { detail: answer.value }));
  };

  readonly #retire = async () => void this.#took(await this.rest.send('POST', `${this.#path}/retire-secret`));
}

customElements.define('balie-webhook-detail', WebhookDetail);
