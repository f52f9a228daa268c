import { css, html, nothing, type PropertyValues } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Entry as Sending } from '../../../client/outbox.ts';
import type { AgentCommand } from '../../../protocol/commands.ts';
import type { AgentRef } from '../../../protocol/entities.ts';
import type { FloorChat } from '../../../protocol/floor.ts';
import type { Colleagues } from '../../../protocol/http.ts';
import { icon } from '../../icons.ts';
import { buttonStyles } from '../../primitives/button.ts';
import '../../primitives/icon-button.ts';
import { reset } from '../../primitives/reset.ts';
import type { Chat } from '../../state/chat.ts';
import { entriesOf } from '../../state/entries.ts';
import type { Floor, Move } from '../../state/floor.ts';
import { ConsoleElement } from '../console-element.ts';
import '../history.ts';
import { paneStyles } from '../pane-styles.ts';
import { nameOf } from '../words.ts';
import './move-dialog.ts';
import './whisper-box.ts';

/** A chat of the floor, read along as it goes on. Its visitor learns of nothing that is done here but joining and moving. */
export class FloorReading extends ConsoleElement {
  static override properties = {
    chat: { attribute: false },
    row: { attribute: false },
    sending: { attribute: false },
    me: { attribute: false },
    floor: { attribute: false },
    now: { attribute: false },
    colleagues: { state: true },
    isMoving: { state: true },
  };
  static override styles = [
    reset,
    buttonStyles,
    paneStyles,
    css`
      :host {
        display: grid;
        grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr);
        background: var(--paper);
      }

      .bar {
        flex-wrap: wrap;
        padding-inline: var(--space-16) var(--space-8);
      }

      h2:focus {
        outline: none;
      }

      h2:focus-visible {
        outline: 2px solid var(--accent);
        outline-offset: 2px;
      }

      .about {
        color: var(--ink-soft);
        font-size: var(--text-12);
      }

      .over {
        padding: var(--space-16);
        color: var(--ink-soft);
        text-align: center;
      }
    `,
  ];

  declare chat: Chat;
  /** As it stands on the floor; null once it is over. */
  declare row: FloorChat | null;
  declare sending: readonly Sending<AgentCommand>[];
  declare me: AgentRef | null;
  declare floor: Floor;
  declare now: () => number;
  declare protected colleagues: Colleagues | 'failed' | null;
  declare protected isMoving: boolean;

  constructor() {
    super();
    this.row = null;
    this.me = null;
    this.colleagues = null;
    this.isMoving = false;
  }

  override updated(changed: PropertyValues<this>) {
    if (!changed.has('chat') || changed.get('chat')?.id === this.chat.id) return;
    // What was opened is where one goes on reading from.
    this.isMoving = false;
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus();
  }

  override render() {
    const { chat, sending, now } = this;
    const name = nameOf(chat, this.texts);
    const me = this.me?.id ?? ('' as AgentRef['id']);
    const entries = entriesOf({ events: chat.events, me, seen: chat.seen, sending, now: now() });
    return html`
      ${this.#bar(name)}
      ${keyed(chat.id, html`<balie-history .entries=${entries} .now=${now} name=${name} me=${me}></balie-history>`)}
      ${
        chat.stage.kind === 'ended'
          ? html`<p class="over">${this.t('composer.ended')}</p>`
          : keyed(
              chat.id,
              html`<balie-whisper-box
                @whisper=${(event: CustomEvent<string>) => this.floor.whisper(chat.id, event.detail)}
              ></balie-whisper-box>`,
            )
      }
      ${
        this.isMoving && this.row
          ? html`<balie-move-dialog
              .row=${this.row}
              .me=${this.me}
              .colleagues=${this.colleagues}
              @move-chat=${this.#move}
              @leave-move=${this.#leaveMove}
            ></balie-move-dialog>`
          : nothing
      }
    `;
  }

  #bar(name: string) {
    const { chat, row } = this;
    const with_ = row?.agents.map((agent) => agent.name).join(', ');
    const phase = row ? this.t(`floor.phase.${row.phase}`) : this.t('tab.ended.short');
    const canJoin = row?.phase === 'active';
    return html`<header class="bar">
      <div class="grow">
        <h2 tabindex="-1" aria-label=${this.t('chat.label', { name })}><bdi>${name}</bdi></h2>
        <span class="about">${[chat.queue, phase, with_].filter(Boolean).join(' · ')}</span>
      </div>
      <button class="button" type="button" ?disabled=${!canJoin} @click=${() => this.floor.join(chat.id)}>
        ${icon('user-plus', 16)} ${this.t('floor.join')}
      </button>
      <button class="button" type="button" ?disabled=${!row} aria-haspopup="dialog" @click=${this.#openMove}>
        ${icon('arrow-right-left', 16)} ${this.t('floor.move')}
      </button>
      <ui-icon-button label=${this.t('floor.leave')} keys="Esc" @click=${() => this.floor.leave()}>
        ${icon('x')}
      </ui-icon-button>
    </header>`;
  }

  async #openMove() {
    this.isMoving = true;
    this.colleagues = null;
    this.colleagues = (await this.floor.colleagues()) ?? 'failed';
  }

  async #leaveMove() {
    this.isMoving = false;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[aria-haspopup]')?.focus();
  }

  #move(event: CustomEvent<Omit<Move, 'type'>>) {
    void this.#leaveMove();
    this.floor.move(this.chat.id, event.detail);
  }
}

customElements.define('balie-floor-reading', FloorReading);
