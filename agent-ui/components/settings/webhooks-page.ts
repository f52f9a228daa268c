import { html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { WebhookId } from '../../../protocol/ids.ts';
import type { WebhookSecret, WebhookView, WebhookViews } from '../../../protocol/webhooks.ts';
import { icon } from '../../icons.ts';
import { ModalController } from '../../primitives/dialog.ts';
import { FormValues } from '../../primitives/form.ts';
import type { Resource } from '../../state/resource.ts';
import { ConsolePage } from '../console-page.ts';
import '../copy-text.ts';
import { momentOf } from '../times.ts';
import { choiceOf, type WebhookChoice, webhookEditOf, webhookFields } from '../webhooks/webhook-fields.ts';
import { webhookNotices, webhookState } from '../webhooks/webhook-notices.ts';
import { webhookStyles } from '../webhooks/webhook-styles.ts';
import '../webhooks/webhook-detail.ts';

/** Webhooks: a list of them, or one of them with what it was told. */
export class WebhooksPage extends ConsolePage {
  static override properties = {
    shown: { state: true },
    isMaking: { state: true },
    choice: { state: true },
    made: { state: true },
  };
  static override styles = webhookStyles;

  declare shown: WebhookId | null;
  declare isMaking: boolean;
  declare choice: WebhookChoice;
  /** Whose secret is shown, this once. */
  declare made: WebhookSecret | null;
  #webhooks: Resource<WebhookViews> | undefined;

  constructor() {
    super();
    this.shown = null;
    this.isMaking = false;
    this.choice = choiceOf(null);
    this.made = null;
    new ModalController(this, {
      isOpen: () => this.isMaking || this.made !== null,
      onLeave: () => this.leave(this.#close),
    });
  }

  override connectedCallback() {
    super.connectedCallback();
    this.#webhooks ??= this.resource<WebhookViews>('/webhooks');
  }

  override render() {
    const { value, problem } = this.#webhooks?.store.get() ?? { value: null, problem: null };
    const webhook = value?.webhooks.find(({ id }) => id === this.shown);
    return html`<div class="page">
        ${this.isMaking ? nothing : this.problem(problem)}
        ${value ? (webhook ? this.#one(webhook, value) : this.#list(value)) : nothing}
      </div>
      <dialog class="wide" aria-labelledby="webhook-title">
        ${this.made ? this.#secret(this.made) : this.isMaking && value ? this.#dialog(value) : nothing}
      </dialog>`;
  }

  #list({ webhooks }: WebhookViews) {
    return html`
      <div class="head">
        <h1>${this.t('webhooks.title')}</h1>
        <button class="button primary" type="button" @click=${this.#make}>${icon('plus')}${this.t('webhooks.new')}</button>
      </div>
      <p class="soft">${this.t('webhooks.about')}</p>
      ${webhookNotices(webhooks, this.texts, (id) => this.#show(id))}
      ${webhooks.length === 0 ? html`<p class="nothing">${this.t('webhooks.none')}</p>` : this.#table(webhooks)}
    `;
  }

  #table(webhooks: readonly WebhookView[]) {
    return html`<div class="scroll">
      <table>
        <thead>
          <tr>
            <th>${this.t('webhook.name')}</th>
            <th>${this.t('webhook.url')}</th>
            <th>${this.t('webhook.audience')}</th>
            <th>${this.t('webhook.state')}</th>
          </tr>
        </thead>
        <tbody>
          ${webhooks.map((webhook) => this.#row(webhook))}
        </tbody>
      </table>
    </div>`;
  }

  #row(webhook: WebhookView) {
    const { id, name, url, audience, kinds, waiting } = webhook;
    return html`<tr>
      <td><button class="link" type="button" @click=${() => this.#show(id)}><bdi>${name}</bdi></button></td>
      <td class="soft address">${url}</td>
      <td>
        <span class="tag ${audience === 'agents' ? 'private' : ''}">
          ${audience === 'agents' ? icon('eye', 14) : nothing}${this.t(`webhook.audience.${audience}`)}
        </span>
        ${kinds.length > 0 ? html`<span class="tag">${this.t('webhook.kinds.count', { count: kinds.length })}</span>` : nothing}
      </td>
      <td>
        ${webhookState(webhook, this.texts)}
        ${waiting > 0 ? html`<br /><span class="small soft">${this.t('webhook.waiting', { count: waiting })}</span>` : nothing}
      </td>
    </tr>`;
  }

  #one(webhook: WebhookView, { kinds }: WebhookViews) {
    return html`
      <div class="head">
        <button class="button quiet" type="button" @click=${() => this.leave(() => this.#show(null), 'page')}>
          ${icon('arrow-left')}${this.t('webhooks.title')}
        </button>
        <h1><bdi>${webhook.name}</bdi></h1>
      </div>
      ${webhookNotices([webhook], this.texts)}
      ${keyed(
        webhook.id,
        html`<balie-webhook-detail
          .webhook=${webhook}
          .kinds=${kinds}
          @webhook-change=${this.#changed}
          @webhook-secret=${this.#onSecret}
        ></balie-webhook-detail>`,
      )}
    `;
  }

  #dialog({ kinds }: WebhookViews) {
    const { problem, busy } = this.#webhooks?.store.get() ?? { problem: null, busy: false };
    return html`
      <h2 id="webhook-title">${this.t('webhooks.new')}</h2>
      <form @submit=${this.#create} @input=${this.touched}>
        ${this.problem(problem)}
        ${webhookFields({ webhook: null, kinds, choice: this.choice, onChoose: (choice) => this.#choose(choice), texts: this.texts, problem })}
        <footer>
          <button class="button" type="button" @click=${this.#close}>${this.t('form.cancel')}</button>
          <button class="button primary" ?disabled=${busy}>${this.t('webhooks.new')}</button>
        </footer>
      </form>
    `;
  }

  #secret({ webhook, secret }: WebhookSecret) {
    const { oldSecretUntil } = webhook;
    return html`
      <h2 id="webhook-title">${this.t('webhook.secret.title', { name: webhook.name })}</h2>
      <div class="stack">
        <p>${this.t('webhook.secret.once')}</p>
        <balie-copy-text .text=${secret} label=${this.t('webhook.secret')}></balie-copy-text>
        ${
          oldSecretUntil === null
            ? nothing
            : html`<p>${this.t('webhook.secret.overlap', { when: momentOf(oldSecretUntil, this.texts) })}</p>`
        }
        <footer>
          <button class="button primary" type="button" data-autofocus @click=${this.#close}>${this.t('form.done')}</button>
        </footer>
      </div>
    `;
  }

  #show(id: WebhookId | null) {
    this.shown = id;
    this.#webhooks?.forgetProblem();
    if (id === null) this.#changed();
  }

  readonly #make = () => {
    this.choice = choiceOf(null);
    this.isMaking = true;
    this.#webhooks?.forgetProblem();
  };

  #choose(choice: WebhookChoice) {
    this.choice = choice;
  }

  readonly #close = () => {
    this.isMaking = false;
    this.made = null;
    this.untouched();
  };

  readonly #changed = () => {
    void this.#webhooks?.load();
    this.dispatchEvent(new CustomEvent('webhooks-change', { bubbles: true }));
  };

  readonly #onSecret = ({ detail }: CustomEvent<WebhookSecret>) => {
    this.made = detail;
    this.#changed();
  };

  readonly #create = async (event: SubmitEvent) => {
    const edit = webhookEditOf(new FormValues(event));
    const answer = await this.#webhooks?.change<WebhookSecret>('POST', '/webhooks', edit);
    if (!answer?.ok) return;
    this.#close();
    this.made = answer.value;
    this.#show(answer.value.webhook.id);
  };
}

customElements.define('balie-webhooks-page', WebhooksPage);
