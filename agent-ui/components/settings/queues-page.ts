import { html, nothing, type PropertyDeclarations } from 'lit';
import type { QueueView } from '../../../protocol/administration.ts';
import { limits } from '../../../protocol/limits.ts';
import { type FormValues, inputField } from '../../primitives/form.ts';
import type { HoursMistake } from '../../state/hours-draft.ts';
import type { Problem } from '../../state/rest.ts';
import { type Column, EditingPage, type ListKind } from './editing-page.ts';
import { queueEditOf, queueFields } from './queue-form.ts';
import './time-zone-form.ts';

/** Queues, and how each is run. */
export class QueuesPage extends EditingPage<QueueView> {
  static override properties: PropertyDeclarations = { hasHours: { state: true }, mistake: { state: true } };

  declare protected hasHours: boolean;
  declare protected mistake: HoursMistake | null;
  protected override readonly kind: ListKind = {
    path: '/queues',
    member: 'queues',
    change: 'PATCH',
    title: 'queues.title',
    about: 'queues.about',
    name: 'people.name',
    make: 'queues.new',
    isWide: true,
  };
  protected override readonly columns: readonly Column<QueueView>[] = [
    { label: 'people.state', cell: (queue) => this.#stateOf(queue) },
    { label: 'queue.closed', cell: (queue) => html`<span class="soft">${this.#closed(queue)}</span>` },
    {
      label: 'queues.wrapup',
      isNumber: true,
      cell: ({ wrapUpMs }) => this.t('queues.seconds', { count: wrapUpMs / 1000 }),
    },
  ];

  constructor() {
    super();
    this.mistake = null;
    this.hasHours = false;
  }

  protected override nameOf({ name }: QueueView) {
    return name;
  }

  protected override below() {
    return html`<balie-time-zone-form></balie-time-zone-form>`;
  }

  /** A new one is made by its name alone; then all of it is shown. */
  protected override fields(queue: QueueView | null, problem: Problem | null) {
    if (!queue)
      return inputField({ name: 'name', label: this.t('people.name'), required: true, maxlength: limits.nameLength });
    return html`${this.#mistake()}
    ${queueFields({
      queue,
      others: this.items.filter(({ id, retired }) => id !== queue.id && !retired),
      texts: this.texts,
      problem,
      hasHours: this.hasHours,
      onHours: (has) => this.#setHours(has),
    })}`;
  }

  protected override bodyOf(values: FormValues, queue: QueueView | null) {
    if (!queue) return { name: values.text('name') };
    const edit = queueEditOf(values);
    this.mistake = 'day' in edit || 'holiday' in edit ? edit : null;
    return this.mistake ? null : edit;
  }

  protected override made(queue: QueueView) {
    this.edit(queue);
  }

  protected override deeds(queue: QueueView) {
    const change = { retired: !queue.retired };
    return html`<button
      class="button quiet"
      type="button"
      @click=${() => this.changeAndClose('PATCH', this.pathOf(queue), change)}
    >
      ${this.t(queue.retired ? 'queues.revive' : 'queues.retire')}
    </button>`;
  }

  protected override edit(editing: QueueView | 'new' | null) {
    super.edit(editing);
    this.mistake = null;
    this.hasHours = editing !== null && editing !== 'new' && editing.hours !== null;
  }

  #stateOf({ retired, open, verifiedOnly }: QueueView) {
    const state = retired ? 'queues.retired' : open ? 'queues.open' : 'queues.closed';
    return html`<span class="tag">${this.t(state)}</span>
      ${verifiedOnly ? html`<span class="tag">${this.t('queue.verified')}</span>` : nothing}`;
  }

  #closed({ whenClosed }: QueueView) {
    if (whenClosed.do !== 'queue') return this.t(`queue.closed.${whenClosed.do}`);
    const name = this.items.find(({ id }) => id === whenClosed.queue)?.name ?? '';
    return this.t('queue.closed.queue', { name });
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

  #setHours(has: boolean) {
    this.hasHours = has;
  }
}

customElements.define('balie-queues-page', QueuesPage);
