import { css, html, nothing, type PropertyValues } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Entry as Sending } from '../../../client/outbox.ts';
import type { AgentCommand } from '../../../protocol/commands.ts';
import type { FloorChat } from '../../../protocol/floor.ts';
import type { Colleagues } from '../../../protocol/http.ts';
import { icon } from '../../icons.ts';
import { FileDrop, fileDropStyles } from '../../primitives/file-drop.ts';
import '../../primitives/icon-button.ts';
import { TickController } from '../../primitives/tick.ts';
import type { Chat } from '../../state/chat.ts';
import { type Entry, entriesOf } from '../../state/entries.ts';
import type { Floor, Move } from '../../state/floor.ts';
import { variablesOf } from '../../state/variables.ts';
import { ReadingPane } from '../reading-pane.ts';
import { lossWords, nameOf } from '../words.ts';
import './move-dialog.ts';
import './whisper-box.ts';

/** A chat of the floor, read along as it goes on. Its visitor learns of nothing that is done here but joining and moving. */
export class FloorReading extends ReadingPane {
  static override properties = {
    watched: { attribute: false },
    row: { attribute: false },
    sending: { attribute: false },
    floor: { attribute: false },
    colleagues: { state: true },
    isMoving: { state: true },
  };
  static override styles = [
    ReadingPane.styles,
    css`
      :host {
        background: var(--paper);
      }

      .bar {
        flex-wrap: wrap;
        padding-inline: var(--space-16) var(--space-8);
      }

      .facts {
        padding-inline: var(--space-16);
      }

      /* What one may do goes to the next line before the name is cut. */
      .bar .grow {
        flex: 1 1 12rem;
      }

      .deeds {
        display: flex;
        gap: var(--space-8);
      }

      .loss {
        color: var(--red);
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

      @media (max-width: 599px) {
        .deeds {
          order: 1;
          width: 100%;
          padding-bottom: var(--space-4);
        }
      }
    `,
    fileDropStyles,
  ];

  declare watched: Chat;
  /** As it stands on the floor; null once it is over. */
  declare row: FloorChat | null;
  declare sending: readonly Sending<AgentCommand>[];
  declare floor: Floor;
  declare protected colleagues: Colleagues | 'failed' | null;
  declare protected isMoving: boolean;
  #entries: Entry[] = [];

  constructor() {
    super();
    this.row = null;
    this.colleagues = null;
    this.isMoving = false;
    new FileDrop(this, {
      isOpen: () => this.watched.stage.kind !== 'ended',
      onFiles: (files) => this.act({ type: 'attach', conversation: this.watched.id, files }),
    });
    // A lock opens by itself.
    new TickController(this, 1000);
  }

  override willUpdate(changed: PropertyValues<this>) {
    if (!changed.has('watched') && !changed.has('sending')) return;
    const { watched, sending, me } = this;
    this.#entries = entriesOf({ events: watched.events, me, seen: watched.seen, sending, now: this.now() });
  }

  override updated(changed: PropertyValues<this>) {
    if (!changed.has('watched') || changed.get('watched')?.id === this.watched.id) return;
    // What was opened is where one goes on reading from.
    this.isMoving = false;
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus();
  }

  override render() {
    const { watched } = this;
    const name = nameOf(watched, this.texts);
    return html`
      ${this.chat({
        conversation: watched.id,
        name,
        bar: this.#bar(name),
        facts: this.#facts(),
        entries: this.#entries,
        foot: watched.stage.kind === 'ended' ? this.#over() : this.#whisperBox(),
      })}
      ${this.isMoving && this.row ? this.#moveDialog(this.row) : nothing}
    `;
  }

  /** What whoever is in it knows of the visitor, and how sure that is. */
  #facts() {
    const { watched } = this;
    const now = this.now();
    const loss = lossWords(watched.identity, now, this.texts);
    return [
      ...(loss
        ? [
            html`<div class="loss"><dt class="unseen">${this.t('floor.visitor')}</dt><dd>${icon('lock-open', 16)} ${loss}</dd></div>`,
          ]
        : []),
      ...variablesOf(watched, now).map((row) => this.variable(row, watched.site)),
    ];
  }

  #over() {
    return html`<p class="foot">${this.t('composer.ended')}</p>`;
  }

  #whisperBox() {
    const { id, uploads, uploadFlaw } = this.watched;
    return html`${keyed(
      id,
      html`<balie-whisper-box
        .conversation=${id}
        .uploads=${uploads}
        .flaw=${uploadFlaw}
        @whisper=${(event: CustomEvent<string>) => this.floor.whisper(id, event.detail)}
      ></balie-whisper-box>`,
    )}`;
  }

  #moveDialog(row: FloorChat) {
    return html`<balie-move-dialog
      .row=${row}
      .me=${this.me}
      .colleagues=${this.colleagues}
      @move-chat=${this.#move}
      @leave-move=${this.#leaveMove}
    ></balie-move-dialog>`;
  }

  #bar(name: string) {
    const { watched, row } = this;
    const with_ = row?.agents.map((agent) => agent.name).join(', ');
    const phase = row ? this.t(`floor.phase.${row.phase}`) : this.t('tab.ended.short');
    const canJoin = row?.phase === 'active';
    return html`
      <div class="grow">
        <h2 tabindex="-1" aria-label=${this.t('chat.label', { name })}><bdi>${name}</bdi></h2>
        <span class="about">${[watched.queue, phase, with_].filter(Boolean).join(' · ')}</span>
      </div>
      <div class="deeds">
        <button class="button" type="button" ?disabled=${!canJoin} @click=${() => this.floor.join(watched.id)}>
          ${icon('user-plus', 16)} ${this.t('floor.join')}
        </button>
        <button class="button" type="button" ?disabled=${!row} aria-haspopup="dialog" @click=${this.#openMove}>
          ${icon('arrow-right-left', 16)} ${this.t('floor.move')}
        </button>
      </div>
      <ui-icon-button label=${this.t('floor.leave')} keys="Esc" @click=${() => this.floor.leave()}>
        ${icon('x')}
      </ui-icon-button>
    `;
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
    this.floor.move(this.watched.id, event.detail);
  }
}

customElements.define('balie-floor-reading', FloorReading);
