import { html } from 'lit';
import type { AgentCommand } from '../../protocol/commands.ts';
import type { AgentRef, InviterPlan } from '../../protocol/entities.ts';
import type { Colleague, Colleagues } from '../../protocol/http.ts';
import type { ConversationId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import { buttonStyles } from '../primitives/button.ts';
import { choiceStyles } from '../primitives/choice.ts';
import { dialogStyles, ModalController } from '../primitives/dialog.ts';
import { fieldStyles } from '../primitives/field.ts';
import { reset } from '../primitives/reset.ts';
import { tabKeys } from '../primitives/tab-keys.ts';
import { ConsoleElement } from './console-element.ts';
import { inviteDialogStyles } from './invite-dialog-styles.ts';

type Target = Extract<AgentCommand, { type: 'invite' }>['to'];
type Kind = Target['kind'];

/** Whom to ask into the chat: a colleague by name, or anybody of a queue. Shown while it stands in the page. */
export class InviteDialog extends ConsoleElement {
  static override properties = {
    conversation: {},
    colleagues: { attribute: false },
    present: { attribute: false },
    kind: { state: true },
    target: { state: true },
    plan: { state: true },
  };
  static override styles = [reset, buttonStyles, choiceStyles, dialogStyles, fieldStyles, inviteDialogStyles];

  declare conversation: ConversationId;
  declare colleagues: Colleagues | 'failed' | null;
  /** Who is in the chat already. */
  declare present: readonly AgentRef[];
  declare protected kind: Kind;
  declare protected target: Target | null;
  declare protected plan: InviterPlan;

  constructor() {
    super();
    this.kind = 'agent';
    this.target = null;
    this.plan = 'stay';
    new ModalController(this, { isOpen: () => true, onLeave: () => this.#leave() });
  }

  override render() {
    return html`<dialog aria-labelledby="heading">
      <form @submit=${this.#onSubmit}>
        <h2 id="heading">${this.t('invite.title')}</h2>
        <div class="tabs" role="tablist" aria-label=${this.t('invite.who')} @keydown=${tabKeys}>
          ${this.#tab('agent', this.t('invite.agents'))} ${this.#tab('queue', this.t('invite.queues'))}
        </div>
        <div id="panel" role="tabpanel" aria-labelledby="tab-${this.kind}">${this.#list()}</div>
        <div class="field">
          <label for="note">${this.t('invite.note')}</label>
          <textarea id="note" rows="2" maxlength=${limits.noteLength} aria-describedby="note-hint"></textarea>
          <span id="note-hint" class="hint">${this.t('invite.note.hint')}</span>
        </div>
        <fieldset>
          <legend>${this.t('invite.plan')}</legend>
          <div class="plans">${this.#planChoice('stay')} ${this.#planChoice('leave')}</div>
        </fieldset>
        <footer>
          <button class="button" type="button" @click=${this.#leave}>${this.t('invite.cancel')}</button>
          <button class="button primary" ?disabled=${!this.target}>${this.t('invite.send')}</button>
        </footer>
      </form>
    </dialog>`;
  }

  #tab(kind: Kind, label: string) {
    const isChosen = this.kind === kind;
    return html`<button
      id="tab-${kind}"
      type="button"
      role="tab"
      aria-selected=${isChosen}
      aria-controls="panel"
      tabindex=${isChosen ? 0 : -1}
      ?data-autofocus=${isChosen}
      @click=${() => this.#show(kind)}
    >
      ${label}
    </button>`;
  }

  #show(kind: Kind) {
    if (this.kind === kind) return;
    this.kind = kind;
    this.target = null;
  }

  #list() {
    const { colleagues, kind } = this;
    if (colleagues === null || colleagues === 'failed')
      return html`<p role="status">${this.t(colleagues ? 'invite.failed' : 'invite.loading')}</p>`;
    const choices = kind === 'agent' ? this.#agents(colleagues) : this.#queues(colleagues);
    if (choices.length === 0) return html`<p>${this.t('invite.nobody')}</p>`;
    return html`<div class="list" role="radiogroup" aria-label=${this.t('invite.who')}>${choices}</div>`;
  }

  #agents({ agents }: Colleagues) {
    const inChat = new Set(this.present.map(({ id }) => id));
    return agents
      .filter(({ id }) => !inChat.has(id))
      .toSorted((one, other) => rank[one.state] - rank[other.state])
      .map((colleague) =>
        this.#choice(
          { kind: 'agent', agent: colleague.id },
          { name: colleague.name, about: this.#state(colleague), isAway: colleague.state === 'off' },
        ),
      );
  }

  #state({ state, reason, load, room }: Colleague) {
    const words = this.t(`agent.${state}`);
    const said = reason ? `${words}: ${reason}` : words;
    return state === 'off' ? said : `${said} · ${this.t('invite.load', { load, room })}`;
  }

  #queues({ queues }: Colleagues) {
    return queues.map(({ queue, ready }) =>
      this.#choice(
        { kind: 'queue', queue: queue.id },
        { name: queue.name, about: this.t('invite.ready', { count: ready }), isAway: false },
      ),
    );
  }

  #choice(target: Target, { name, about, isAway }: { name: string; about: string; isAway: boolean }) {
    const isChosen = this.target !== null && idOf(this.target) === idOf(target);
    return html`<label class="choice">
      <input
        type="radio"
        name="target"
        ?disabled=${isAway}
        .checked=${isChosen}
        @change=${() => {
          this.target = target;
        }}
      />
      <bdi>${name}</bdi>
      <span class="about">${about}</span>
    </label>`;
  }

  #planChoice(plan: InviterPlan) {
    return html`<label class="choice">
      <input
        type="radio"
        name="plan"
        .checked=${this.plan === plan}
        @change=${() => {
          this.plan = plan;
        }}
      />
      ${this.t(`invite.${plan}`)}
    </label>`;
  }

  #onSubmit(event: SubmitEvent) {
    event.preventDefault();
    const { conversation, target, plan } = this;
    if (!target) return;
    const note = this.renderRoot.querySelector('textarea')?.value.trim() ?? '';
    this.act({ type: 'invite', conversation, invitation: { to: target, note, plan } });
  }

  #leave() {
    this.act({ type: 'hide-dialog' });
  }
}

/** Who can answer at once comes first. */
const rank = { ready: 0, paused: 1, off: 2 } as const;
const idOf = (target: Target): string => (target.kind === 'agent' ? target.agent : target.queue);

customElements.define('balie-invite-dialog', InviteDialog);
