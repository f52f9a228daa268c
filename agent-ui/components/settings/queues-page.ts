import { html, nothing } from 'lit';
import type { QueueView } from '../../../protocol/administration.ts';
import { limits } from '../../../protocol/limits.ts';
import { icon } from '../../icons.ts';
import { ModalController } from '../../primitives/dialog.ts';
import { FormValues, inputField } from '../../primitives/form.ts';
import type { HoursMistake } from '../../state/hours-draft.ts';
import type { Resource } from '../../state/resource.ts';
import { ConsolePage } from '../console-page.ts';
import { pageStyles } from '../page-styles.ts';
import { queueEditOf, queueFields } from './queue-form.ts';
import './time-zone-form.ts';

type Editing = QueueView | 'new';

/** Queues, and how each is run. */
export class QueuesPage extends ConsolePage {
  static override properties = { editing: { state: true }, hasHours: { state: true }, mistake: { state: true } };
  static override styles = pageStyles;

  declare editing: Editing | null;
  declare hasHours: boolean;
  declare mistake: HoursMistake | null;
  #queues: Resource<{ queues: QueueView[] }> | undefined;

  constructor() {
    super();
    this.editing = null;
    this.mistake = null;
    this.hasHours = false;
    new ModalController(this, { isOpen: () => this.editing !== null, onLeave: () => this.#edit(null) });
  }

  override connectedCallback() {
    super.connectedCallback();
    this.#queues ??= this.resource<{ queues: QueueView[] }>('/queues');
  }

  override render() {
    const { value, problem } = this.#queues?.store.get() ?? { value: null, problem: null };
    return html`<div class="page">
        <div class="head">
          <h1>${this.t('queues.title')}</h1>
          <button class="button primary" type="button" @click=${() => this.#edit('new')}>
            ${icon('plus')}${this.t('queues.new')}
          </button>
        </div>
        <p class="soft">${this.t('queues.about')}</p>
        ${this.editing ? nothing : this.problem(problem)}
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th>${this.t('people.name')}</th>
                <th>${this.t('people.state')}</th>
                <th>${this.t('queue.closed')}</th>
                <th class="number">${this.t('queues.wrapup')}</th>
              </tr>
            </thead>
            <tbody>
              ${value?.queues.map((queue) => this.#row(queue))}
            </tbody>
          </table>
        </div>
        <balie-time-zone-form></balie-time-zone-form>
      </div>
      <dialog class="wide" aria-labelledby="queue-title">${this.editing ? this.#dialog(this.editing) : nothing}</dialog>`;
  }

  #row(queue: QueueView) {
    const state = queue.retired ? 'queues.retired' : queue.open ? 'queues.open' : 'queues.closed';
    return html`<tr>
      <td><button class="link" type="button" @click=${() => this.#edit(queue)}><bdi>${queue.name}</bdi></button></td>
      <td>
        <span class="tag">${this.t(state)}</span>
        ${queue.verifiedOnly ? html`<span class="tag">${this.t('queue.verified')}</span>` : nothing}
      </td>
      <td class="soft">${this.#closed(queue)}</td>
      <td class="number">${this.t('queues.seconds', { count: queue.wrapUpMs / 1000 })}</td>
    </tr>`;
  }

  #closed({ whenClosed }: QueueView) {
    if (whenClosed.do !== 'queue') return this.t(`queue.closed.${whenClosed.do}`);
    const others = this.#queues?.store.get().value?.queues ?? [];
    return this.t('queue.closed.queue', { name: others.find(({ id }) => id === whenClosed.queue)?.name ?? '' });
  }

  #dialog(editing: Editing) {
    const { problem, busy, value } = this.#queues?.store.get() ?? { problem: null, busy: false, value: null };
    const queue = editing === 'new' ? null : editing;
    return html`
      <h2 id="queue-title">${queue ? queue.name : this.t('queues.new')}</h2>
      <form @submit=${this.#save}>
        ${this.problem(problem)} ${this.#mistake()}
        ${
          queue
            ? queueFields({
                queue,
                others: value?.queues.filter(({ id, retired }) => id !== queue.id && !retired) ?? [],
                texts: this.texts,
                problem,
                hasHours: this.hasHours,
                onHours: (has) => this.#setHours(has),
              })
            : inputField({ name: 'name', label: this.t('people.name'), required: true, maxlength: limits.nameLength })
        }
        <footer>
          ${queue ? this.#retire(queue) : nothing}
          <button class="button" type="button" @click=${() => this.#edit(null)}>${this.t('form.cancel')}</button>
          <button class="button primary" ?disabled=${busy}>${this.t('form.save')}</button>
        </footer>
      </form>
    `;
  }

  #retire({ id, retired }: QueueView) {
    return html`<button
      class="button quiet"
      type="button"
      @click=${() => this.#change('PATCH', `/queues/${id}`, { retired: !retired })}
    >
      ${this.t(retired ? 'queues.revive' : 'queues.retire')}
    </button>`;
  }

  #mistake() {
    const { mistake } = this;
    if (!mistake) return nothing;
    const text =
      'day' in mistake
        ? this.t('queue.hours.mistake', { day: this.t(`weekday.${mistake.day as 1}`) })
        : this.t('queue.holidays.mistake', { line: mistake.holiday });
    return html`<p class="problem" role="alert">${text}</p>`;
  }

  #edit(editing: Editing | null) {
    this.editing = editing;
    this.mistake = null;
    this.hasHours = editing !== null && editing !== 'new' && editing.hours !== null;
    this.#queues?.forgetProblem();
  }

  #setHours(has: boolean) {
    this.hasHours = has;
  }

  readonly #save = async (event: SubmitEvent) => {
    const values = new FormValues(event);
    const { editing } = this;
    if (editing === 'new') return this.#make(values.text('name'));
    const edit = queueEditOf(values);
    this.mistake = 'day' in edit || 'holiday' in edit ? edit : null;
    if (editing && !this.mistake) await this.#change('PATCH', `/queues/${editing.id}`, edit);
  };

  /** Made by its name alone; then all of it is shown. */
  async #make(name: string) {
    const answer = await this.#queues?.change<QueueView>('POST', '/queues', { name });
    if (answer?.ok) this.#edit(answer.value);
  }

  async #change(...request: Parameters<Resource<unknown>['change']>) {
    const answer = await this.#queues?.change(...request);
    if (answer?.ok) this.#edit(null);
  }
}

customElements.define('balie-queues-page', QueuesPage);
