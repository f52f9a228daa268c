import { ContextConsumer } from '@lit/context';
import { html, nothing, type PropertyValues } from 'lit';
import type { ConversationId } from '../../../protocol/ids.ts';
import { selectField } from '../../primitives/field.ts';
import { TickController } from '../../primitives/tick.ts';
import type { Desk } from '../../state/desk.ts';
import { meIn, sendingIn } from '../../state/desk-state.ts';
import type { FloorState } from '../../state/floor.ts';
import { StoreController } from '../../state/store-controller.ts';
import { ConsoleElement } from '../console-element.ts';
import { deskContext } from '../desk-context.ts';
import { pageStyles } from '../page-styles.ts';
import './floor-reading.ts';
import { floorStyles } from './floor-styles.ts';
import { agentTable, chatTable, type Drawing, queueTable } from './floor-tables.ts';
import { pageOf, pager } from './pager.ts';

/** The floor as it is now: queues, agents, open chats, and beside them the chat that is read along in. */
export class FloorPage extends ConsoleElement {
  static override properties = {
    queue: { state: true },
    chatPage: { state: true },
    agentPage: { state: true },
  };
  static override styles = [...pageStyles, floorStyles];

  /** Chats of this one alone; empty is all of them. */
  declare protected queue: string;
  declare protected chatPage: number;
  declare protected agentPage: number;
  readonly #desk = new ContextConsumer(this, { context: deskContext });
  #controllers: readonly StoreController<unknown>[] | undefined;
  #read: ConversationId | null = null;

  constructor() {
    super();
    this.queue = '';
    this.chatPage = 0;
    this.agentPage = 0;
    // For what is marked once it has lasted too long.
    new TickController(this, 5000);
    this.addEventListener('keydown', (event) => this.#onKey(event));
  }

  get #parts(): Desk {
    const desk = this.#desk.value;
    if (!desk) throw new Error('The floor stands in the console.');
    return desk;
  }

  override connectedCallback() {
    super.connectedCallback();
    const { floor, store } = this.#parts;
    this.#controllers ??= [floor.store, store].map((one) => new StoreController<unknown>(this, one));
    floor.open();
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.#parts.floor.close();
  }

  override willUpdate(_changed: PropertyValues<this>) {
    this.toggleAttribute('reading', this.#parts.floor.store.get().reading !== null);
  }

  override updated() {
    const read = this.#parts.floor.store.get().reading?.id ?? null;
    if (read === this.#read) return;
    const left = this.#read;
    this.#read = read;
    // Back to where it was opened from, if that still stands there.
    if (!read && left) this.renderRoot.querySelector<HTMLElement>(`[data-chat='${left}']`)?.focus();
  }

  override render() {
    const { floor, now } = this.#parts;
    const state = floor.store.get();
    const drawing = { texts: this.texts, now };
    return html`
      <div class="rows">
        <div class="page">
          <div class="head"><h1>${this.t('floor.title')}</h1></div>
          ${state.isTold ? [this.#queues(state, drawing), this.#chats(state, drawing), this.#agents(state, drawing)] : this.#notYet()}
        </div>
      </div>
      ${state.reading ? this.#reading(state) : nothing}
    `;
  }

  #notYet() {
    return html`<p class="soft" role="status">${this.t('floor.loading')}</p>`;
  }

  #queues({ queues }: FloorState, drawing: Drawing) {
    return html`<div class="part">
      <div class="head"><h2 id="queues">${this.t('floor.queues')}</h2></div>
      ${
        queues.length > 0
          ? html`<div class="scroll" tabindex="0" role="region" aria-labelledby="queues">${queueTable(queues, drawing)}</div>`
          : html`<p class="nothing">${this.t('floor.queues.none')}</p>`
      }
    </div>`;
  }

  #chats({ chats, queues, reading, lost }: FloorState, drawing: Drawing) {
    const wanted = this.queue ? chats.filter(({ queue }) => queue.id === this.queue) : chats;
    const { rows, page } = pageOf(wanted, this.chatPage);
    const options = queues.map(({ queue }) => ({ value: queue.id, label: queue.name }));
    const { floor } = this.#parts;
    return html`<div class="part">
      <div class="head">
        <h2 id="chats">${this.t('floor.chats', { count: wanted.length })}</h2>
        <div class="only">
          ${selectField({
            id: 'queue',
            label: this.t('floor.only'),
            labelUnseen: true,
            value: this.queue,
            options: [{ value: '', label: this.t('floor.all') }, ...options],
            onChange: (queue) => this.#show(queue),
          })}
        </div>
      </div>
      <p class="problem" role="alert">${lost ? this.t(`floor.${lost}`) : nothing}</p>
      ${
        rows.length > 0
          ? html`<div class="scroll" tabindex="0" role="region" aria-labelledby="chats">
              ${chatTable(rows, { ...drawing, read: reading?.id ?? null, onRead: (id) => floor.watch(id) })}
            </div>`
          : html`<p class="nothing">${this.t('floor.chats.none')}</p>`
      }
      ${pager({
        texts: this.texts,
        count: wanted.length,
        page,
        onPage: (next) => {
          this.chatPage = next;
        },
      })}
    </div>`;
  }

  #agents({ agents }: FloorState, drawing: Drawing) {
    const { rows, page } = pageOf(agents, this.agentPage);
    return html`<div class="part">
      <div class="head"><h2 id="agents">${this.t('floor.agents')}</h2></div>
      <div class="scroll" tabindex="0" role="region" aria-labelledby="agents">${agentTable(rows, drawing)}</div>
      ${pager({
        texts: this.texts,
        count: agents.length,
        page,
        onPage: (next) => {
          this.agentPage = next;
        },
      })}
    </div>`;
  }

  #reading({ reading, chats }: FloorState) {
    if (!reading) return nothing;
    const { floor, now, store } = this.#parts;
    const me = meIn(store.get());
    if (!me) return nothing;
    return html`<balie-floor-reading
      .watched=${reading}
      .row=${chats.find(({ conversation }) => conversation === reading.id) ?? null}
      .sending=${sendingIn(store.get(), reading.id)}
      .me=${me.id}
      .floor=${floor}
      .now=${now}
    ></balie-floor-reading>`;
  }

  #show(queue: string) {
    this.queue = queue;
    this.chatPage = 0;
  }

  #onKey(event: KeyboardEvent) {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    const isInDialog = event.composedPath().some((part) => part instanceof HTMLDialogElement);
    if (!isInDialog) this.#parts.floor.leave();
  }
}

customElements.define('balie-floor-page', FloorPage);
