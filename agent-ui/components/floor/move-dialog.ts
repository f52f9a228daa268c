import { css, html } from 'lit';
import type { FloorChat } from '../../../protocol/floor.ts';
import type { Colleague, Colleagues } from '../../../protocol/http.ts';
import type { AgentId, QueueId } from '../../../protocol/ids.ts';
import { limits } from '../../../protocol/limits.ts';
import { buttonStyles } from '../../primitives/button.ts';
import { dialogStyles, ModalController } from '../../primitives/dialog.ts';
import { fieldStyles } from '../../primitives/field.ts';
import { reset } from '../../primitives/reset.ts';
import type { Move } from '../../state/floor.ts';
import { ConsoleElement } from '../console-element.ts';
import { chatName } from './floor-tables.ts';

/** Where a chat is to go: into a queue, or to an agent. Shown while it stands in the page. */
export class MoveDialog extends ConsoleElement {
  static override properties = {
    row: { attribute: false },
    me: { attribute: false },
    colleagues: { attribute: false },
    target: { state: true },
  };
  static override styles = [
    reset,
    buttonStyles,
    dialogStyles,
    fieldStyles,
    css`
      form {
        display: grid;
        gap: var(--space-16);
      }

      dialog h2 {
        margin: 0;
      }

      dialog footer {
        margin-top: 0;
      }
    `,
  ];

  declare row: FloorChat;
  declare me: AgentId;
  declare colleagues: Colleagues | 'failed' | null;
  /** The kind and the id, as the value of an option; empty while nothing is chosen. */
  declare protected target: string;

  constructor() {
    super();
    this.colleagues = null;
    this.target = '';
    new ModalController(this, { isOpen: () => true, onLeave: () => this.#leave() });
  }

  override render() {
    const { colleagues, row } = this;
    const isToAgent = this.target.startsWith('agent');
    const hint = this.target === '' ? '' : isToAgent ? this.#agentHint() : this.t('floor.move.queue.hint');
    return html`<dialog aria-labelledby="heading">
      <form @submit=${this.#onSubmit}>
        <h2 id="heading">${this.t('floor.move.title', { name: chatName(row.visitor, this.texts) })}</h2>
        <div class="field">
          <label for="target">${this.t('floor.move.to')}</label>
          <select
            id="target"
            data-autofocus
            aria-describedby="hint"
            @change=${this.#onChoice}
          >
            <option value="">${this.t(colleagues === null ? 'invite.loading' : 'floor.move.choose')}</option>
            ${colleagues && colleagues !== 'failed' ? this.#targets(colleagues) : ''}
          </select>
          <span id="hint" class="hint" role="status">${colleagues === 'failed' ? this.t('invite.failed') : hint}</span>
        </div>
        ${
          isToAgent && row.phase === 'active'
            ? html`<div class="field">
                <label for="note">${this.t('invite.note')}</label>
                <textarea id="note" rows="2" maxlength=${limits.noteLength}></textarea>
              </div>`
            : ''
        }
        <footer>
          <button class="button" type="button" @click=${this.#leave}>${this.t('invite.cancel')}</button>
          <button class="button primary" ?disabled=${this.target === ''}>${this.t('floor.move.do')}</button>
        </footer>
      </form>
    </dialog>`;
  }

  #targets({ queues, agents }: Colleagues) {
    const { row, me } = this;
    const isWith = new Set(row.agents.map(({ id }) => id));
    const others =
      row.phase === 'active' && row.agents.length === 1 ? agents.filter(({ id }) => !isWith.has(id)) : agents;
    return html`<optgroup label=${this.t('invite.queues')}>
        ${queues
          .filter(({ queue }) => row.phase !== 'waiting' || queue.id !== row.queue.id)
          .map(
            ({ queue, ready }) =>
              html`<option value="queue ${queue.id}">${queue.name} · ${this.t('invite.ready', { count: ready })}</option>`,
          )}
      </optgroup>
      <optgroup label=${this.t('invite.agents')}>
        ${!isWith.has(me) ? html`<option value="agent ${me}">${this.t('floor.move.me')}</option>` : ''}
        ${others.toSorted((one, other) => rank[one.state] - rank[other.state]).map((one) => this.#agent(one))}
      </optgroup>`;
  }

  #agent({ id, name, state, load, room }: Colleague) {
    const isFull = load >= room;
    const about = state === 'off' ? '' : ` · ${this.t('invite.load', { load, room })}`;
    return html`<option value="agent ${id}" ?disabled=${state === 'off' || isFull}>
      ${name} · ${this.t(`agent.${state}`)}${about}
    </option>`;
  }

  #agentHint() {
    if (this.target === `agent ${this.me}`) return this.t('floor.move.me.hint');
    return this.t(this.row.phase === 'active' ? 'floor.move.agent.hint' : 'floor.move.request.hint');
  }

  #onChoice(event: Event) {
    this.target = (event.target as HTMLSelectElement).value;
  }

  #onSubmit(event: SubmitEvent) {
    event.preventDefault();
    const [kind, id = ''] = this.target.split(' ');
    if (!kind) return;
    const note = this.renderRoot.querySelector('textarea')?.value.trim() ?? '';
    const to: Move['to'] =
      kind === 'agent' ? { kind: 'agent', agent: id as AgentId } : { kind: 'queue', queue: id as QueueId };
    this.dispatchEvent(new CustomEvent('move-chat', { detail: { to, note } }));
  }

  #leave() {
    this.dispatchEvent(new CustomEvent('leave-move'));
  }
}

/** Who can answer at once comes first. */
const rank = { ready: 0, paused: 1, off: 2 } as const;

customElements.define('balie-move-dialog', MoveDialog);
