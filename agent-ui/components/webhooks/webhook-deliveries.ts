import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { DeliveriesPage, DeliveryView, WebhookView } from '../../../protocol/webhooks.ts';
import { icon } from '../../icons.ts';
import type { Resource } from '../../state/resource.ts';
import { ConsolePage } from '../console-page.ts';
import { momentOf } from '../times.ts';
import { webhookPartStyles } from './webhook-styles.ts';

const tone = { waiting: '', delivered: 'good', failed: 'bad', left_out: '' } as const;

/** What one webhook was told, the newest first, and what came of it. */
export class WebhookDeliveries extends ConsolePage {
  static override properties = {
    webhook: { attribute: false },
    newer: { state: true },
    tested: { state: true },
    isTesting: { state: true },
  };
  static override styles = webhookPartStyles;

  declare webhook: WebhookView;
  /** What stands before the page that is loaded. */
  declare newer: readonly DeliveryView[];
  declare tested: DeliveryView | null;
  declare isTesting: boolean;
  #page: Resource<DeliveriesPage> | undefined;

  constructor() {
    super();
    this.newer = [];
    this.tested = null;
    this.isTesting = false;
  }

  override connectedCallback() {
    super.connectedCallback();
    this.#page ??= this.resource<DeliveriesPage>(this.#path);
  }

  override render() {
    const { value, problem, busy } = this.#page?.store.get() ?? { value: null, problem: null, busy: true };
    const deliveries = [...this.newer, ...(value?.deliveries ?? [])];
    return html`<section class="stack" aria-labelledby="deliveries">
      <div class="head">
        <h2 id="deliveries">${this.t('webhook.deliveries')}</h2>
        <button class="button quiet" type="button" @click=${this.#again}>
          ${icon('rotate-cw')}${this.t('webhook.deliveries.again')}
        </button>
        <button class="button" type="button" ?disabled=${this.isTesting} @click=${this.#test}>
          ${icon('send-horizontal')}${this.t('webhook.test')}
        </button>
      </div>
      <p role="status" class=${this.tested?.state === 'failed' ? 'problem' : ''} ?hidden=${!this.tested}>
        ${this.tested ? this.#verdict(this.tested) : nothing}
      </p>
      ${this.problem(problem)}
      ${deliveries.length > 0 ? this.#table(deliveries) : busy ? nothing : html`<p class="nothing">${this.t('webhook.deliveries.none')}</p>`}
      ${
        value?.next
          ? html`<div>
              <button class="button" type="button" ?disabled=${busy} @click=${this.#older}>
                ${this.t('webhook.deliveries.older')}
              </button>
            </div>`
          : nothing
      }
    </section>`;
  }

  #table(deliveries: readonly DeliveryView[]) {
    const heads = ['when', 'what', 'state', 'result', 'do'] as const;
    return html`<div class="scroll">
      <table>
        <thead>
          <tr>
            ${heads.map((head) => html`<th>${this.t(`delivery.${head}`)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${repeat(
            deliveries,
            ({ id }) => id,
            (delivery) => this.#row(delivery),
          )}
        </tbody>
      </table>
    </div>`;
  }

  #row(delivery: DeliveryView) {
    const { kind, at, state, conversation, tries } = delivery;
    const when = momentOf(at, this.texts);
    const what = this.t(`webhook.kind.${kind}`);
    // The others wait behind it.
    const mayHurry = state === 'waiting' && tries > 0 && this.webhook.state === 'on';
    return html`<tr>
      <td>${when}</td>
      <td>
        ${what}
        ${conversation ? html`<br /><span class="small soft">${this.t('delivery.chat', { id: conversation.slice(0, 8) })}</span>` : nothing}
      </td>
      <td><span class="tag ${tone[state]}">${this.t(`delivery.${state}`)}</span></td>
      <td>
        ${tries > 0 ? html`${this.#result(delivery)}<br />` : nothing}
        <span class="small soft">${this.#course(delivery)}</span>
      </td>
      <td>
        ${
          mayHurry
            ? html`<button
                class="button quiet"
                type="button"
                aria-label=${this.t('delivery.retry.label', { what, when })}
                @click=${() => this.#retry(delivery)}
              >
                ${this.t('delivery.retry')}
              </button>`
            : nothing
        }
      </td>
    </tr>`;
  }

  #result({ status, failure }: DeliveryView) {
    return failure ? this.t(`delivery.${failure}`) : this.t('delivery.status', { status: status ?? 0 });
  }

  /** How often it was tried, and what comes next. */
  #course({ state, tries, nextTryAt }: DeliveryView) {
    const count = tries > 0 ? this.t('delivery.tries', { count: tries }) : '';
    if (state !== 'waiting' || this.webhook.state !== 'on') return count;
    if (nextTryAt !== null) return `${count} · ${this.t('delivery.next', { when: momentOf(nextTryAt, this.texts) })}`;
    return tries === 0 ? this.t('delivery.behind') : count;
  }

  #verdict(tested: DeliveryView) {
    if (tested.state === 'delivered') return this.t('webhook.tested.ok', { status: tested.status ?? 0 });
    return this.t('webhook.tested.failed', { why: this.#result(tested) });
  }

  get #path() {
    return `/webhooks/${this.webhook.id}/deliveries`;
  }

  readonly #again = async () => {
    this.newer = [];
    await this.#page?.load(this.#path);
    this.dispatchEvent(new CustomEvent('webhook-change'));
  };

  readonly #test = async () => {
    this.isTesting = true;
    const answer = await this.#page?.change<DeliveryView>('POST', `/webhooks/${this.webhook.id}/test`);
    this.isTesting = false;
    this.tested = answer?.ok ? answer.value : null;
    this.newer = [];
  };

  async #retry({ id }: DeliveryView) {
    const answer = await this.#page?.change('POST', `${this.#path}/${id}/retry`);
    if (answer?.ok) await this.#again();
  }

  readonly #older = async () => {
    const page = this.#page?.store.get().value;
    if (!page?.next) return;
    const before = this.newer;
    this.newer = [...before, ...page.deliveries];
    if (!(await this.#page?.load(`${this.#path}?before=${page.next}`))) this.newer = before;
  };
}

customElements.define('balie-webhook-deliveries', WebhookDeliveries);
