import { css, html, nothing } from 'lit';
import type { AgentStatus, Profile } from '../../protocol/agent-frames.ts';
import type { AgentState } from '../../protocol/entities.ts';
import type { ProfileId } from '../../protocol/ids.ts';
import { buttonStyles } from '../primitives/button.ts';
import { formatElapsed } from '../primitives/elapsed-time.ts';
import { fieldStyles, selectField } from '../primitives/field.ts';
import { reset } from '../primitives/reset.ts';
import { TickController } from '../primitives/tick.ts';
import { isTextKey } from '../texts.ts';
import { ConsoleElement } from './console-element.ts';

const reasons = ['break', 'lunch', 'meeting', 'after', 'other'];
const states = [
  ['ready', 'status.ready'],
  ['paused', 'status.pause'],
  ['off', 'status.off'],
] as const;

/**
 * Whether requests may come, and of which queues. A pause begins at the first press; its reason is chosen afterwards, since
 * whoever must leave now has no time for a question.
 */
export class StatusBar extends ConsoleElement {
  static override properties = {
    status: { attribute: false },
    profiles: { attribute: false },
    profile: {},
    isOpen: { type: Boolean },
    now: { attribute: false },
  };
  static override styles = [
    reset,
    fieldStyles,
    buttonStyles,
    css`
      section {
        display: grid;
        gap: var(--space-8);
        padding: var(--space-16) var(--space-12) var(--space-12);
      }

      .states {
        display: flex;
        border: 1px solid var(--edge-strong);
        border-radius: var(--radius-control);
        background: var(--paper);
      }

      .states button {
        flex: 1 1 auto;
        min-height: calc(var(--target) - 2px);
        padding: 0 var(--space-4);
        border: 0;
        border-inline-start: 1px solid var(--edge);
        background: transparent;
        color: var(--ink);
        font: inherit;
        font-weight: 500;
        cursor: pointer;
        transition: background-color var(--motion-quick) ease-out;
      }

      .states button:first-child {
        border: 0;
        border-radius: 5px 0 0 5px;
      }

      .states button:last-child {
        border-radius: 0 5px 5px 0;
      }

      .states button:hover:not([aria-pressed='true']) {
        background: var(--paper-hover);
      }

      .states button[aria-pressed='true'] {
        background: var(--accent-soft);
        color: var(--accent-ink);
        box-shadow: inset 0 0 0 1px var(--accent);
      }

      .states button:disabled {
        color: var(--ink-soft);
        cursor: default;
      }

      @media (forced-colors: active) {
        .states button[aria-pressed='true'] {
          outline: 2px solid Highlight;
        }
      }

      .wrap-up {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-8);
        align-items: center;
        justify-content: space-between;
        font-size: var(--text-12);
      }

      .missed {
        padding: var(--space-8) var(--space-12);
        border-radius: var(--radius-control);
        background: var(--red-soft);
        color: var(--ink);
        font-size: var(--text-12);
      }
    `,
  ];

  declare status: AgentStatus;
  declare profiles: readonly Profile[];
  declare profile: ProfileId | null;
  /** The server has said what there is to choose. */
  declare isOpen: boolean;
  declare now: () => number;

  constructor() {
    super();
    this.now = Date.now;
    new TickController(this, 1000);
  }

  override render() {
    const { pausedBy, state } = this.status;
    return html`
      <section aria-label=${this.t('status.label')}>
        ${this.#profiles()}
        <div class="states">${states.map(([value, key]) => this.#state(value, this.t(key)))}</div>
        ${state === 'paused' && pausedBy !== 'missed' ? this.#reason() : nothing}
        ${this.#wrapUp()}
        <div role="status">
          ${pausedBy === 'missed' && state === 'paused' ? html`<p class="missed">${this.t('status.missed')}</p>` : nothing}
        </div>
      </section>
    `;
  }

  /** Time to finish with the chat before; it ends by itself, or when they say so. */
  #wrapUp() {
    const leftMs = (this.status.wrapUpUntil ?? 0) - this.now();
    if (this.status.state !== 'ready' || leftMs <= 0) return nothing;
    return html`<div class="wrap-up">
      <span role="timer">${this.t('wrapup.left', { time: formatElapsed(leftMs + 999) })}</span>
      <button class="button" type="button" @click=${() => this.act({ type: 'set-status', state: 'ready' })}>
        ${this.t('wrapup.ready')}
      </button>
    </div>`;
  }

  #profiles() {
    if (this.isOpen && this.profiles.length === 0) return html`<p>${this.t('status.noprofiles')}</p>`;
    return selectField({
      id: 'profile',
      label: this.t('status.profile'),
      value: this.profile ?? '',
      disabled: !this.isOpen,
      options: this.profiles.map(({ id, name }) => ({ value: id, label: name })),
      onChange: (profile) => this.act({ type: 'choose-profile', profile: profile as ProfileId }),
    });
  }

  #state(state: AgentState, label: string) {
    const press = () => this.act({ type: 'set-status', state, ...(state === 'paused' && { reason: 'break' }) });
    return html`<button
      type="button"
      aria-pressed=${this.status.state === state}
      ?disabled=${!this.profile}
      @click=${press}
    >
      ${label}
    </button>`;
  }

  #reason() {
    const { reason = 'break' } = this.status;
    // Another program may have paused this agent with words of its own.
    const all = reasons.includes(reason) ? reasons : [...reasons, reason];
    return selectField({
      id: 'reason',
      label: this.t('status.reason'),
      labelUnseen: true,
      value: reason,
      options: all.map((value) => ({ value, label: this.#reasonText(value) })),
      onChange: (chosen) => this.act({ type: 'set-status', state: 'paused', reason: chosen }),
    });
  }

  #reasonText(reason: string) {
    const key = `reason.${reason}`;
    return isTextKey(key) ? this.t(key) : reason;
  }
}

customElements.define('balie-status-bar', StatusBar);
