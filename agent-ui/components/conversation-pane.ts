import { css, html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Entry as Sending } from '../../client/outbox.ts';
import type { AgentCommand } from '../../protocol/commands.ts';
import type { AgentRef } from '../../protocol/entities.ts';
import type { Preset } from '../../protocol/http.ts';
import type { OfferId } from '../../protocol/ids.ts';
import { icon } from '../icons.ts';
import '../primitives/elapsed-time.ts';
import { FileDrop, fileDropStyles } from '../primitives/file-drop.ts';
import '../primitives/icon-button.ts';
import { reset } from '../primitives/reset.ts';
import type { Chat } from '../state/chat.ts';
import { type Entry, entriesOf } from '../state/entries.ts';
import { valuesOf } from '../state/presets.ts';
import './closing-form.ts';
import './composer.ts';
import './back-button.ts';
import './chat-tools.ts';
import { ConsoleElement } from './console-element.ts';
import './history.ts';
import './invitation-bar.ts';
import { paneStyles } from './pane-styles.ts';
import { nameOf } from './words.ts';

/** One chat: who it is with, what was said, and where to answer. */
export class ConversationPane extends ConsoleElement {
  static override properties = {
    chat: { attribute: false },
    me: { attribute: false },
    presets: { attribute: false },
    sending: { attribute: false },
    now: { attribute: false },
    others: { type: Number },
    isAdrift: { type: Boolean },
  };
  static override styles = [
    reset,
    paneStyles,
    css`
      :host {
        display: grid;
        grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
        grid-auto-rows: auto;
        height: 100%;
        min-width: 0;
      }

      .presence {
        display: flex;
        align-items: center;
        gap: 6px;
        color: var(--ink-soft);
        font-size: var(--text-12);
      }

      .presence::before {
        content: '';
        width: 8px;
        height: 8px;
        border: 1.5px solid var(--edge-strong);
        border-radius: 50%;
      }

      .presence.here::before {
        border-color: var(--green);
        background: var(--green);
      }

      .presence.ended::before {
        display: none;
      }

      .about {
        color: var(--ink-soft);
        white-space: nowrap;
      }

      @media (max-width: 599px) {
        .queue {
          display: none;
        }
      }

      .over {
        padding: 0 var(--space-24) var(--space-24);
        color: var(--ink-soft);
        text-align: center;
      }
    `,
    fileDropStyles,
  ];

  declare chat: Chat;
  declare me: AgentRef;
  declare presets: readonly Preset[] | null;
  declare sending: readonly Sending<AgentCommand>[];
  declare now: () => number;
  /** Chats that wait behind this one. */
  declare others: number;
  declare isAdrift: boolean;
  #entries: readonly Entry[] = [];
  #readFrom: readonly unknown[] = [];

  constructor() {
    super();
    new FileDrop(this, {
      isOpen: () => this.chat.stage.kind === 'active',
      onFiles: (files) => this.act({ type: 'attach', conversation: this.chat.id, files }),
    });
  }

  override render() {
    const { chat } = this;
    const name = nameOf(chat, this.texts);
    return html`
      ${this.#header(name)}
      ${keyed(
        chat.id,
        html`<balie-history
          .entries=${this.#read()}
          .now=${this.now}
          name=${name}
          ?isTyping=${chat.typing}
          me=${this.me.id}
          ?isLive=${chat.stage.kind === 'active'}
          @withdraw-offer=${this.#withdraw}
        ></balie-history>`,
      )}
      ${
        chat.stage.kind === 'active' && chat.invitation
          ? html`<balie-invitation-bar .conversation=${chat.id} .invitation=${chat.invitation}></balie-invitation-bar>`
          : nothing
      }
      ${
        chat.stage.kind === 'active'
          ? keyed(
              chat.id,
              html`<balie-composer
                .conversation=${chat.id}
                .queue=${chat.queueId}
                .text=${chat.draft}
                ?isPrivate=${chat.isPrivate}
                .presets=${this.presets}
                .uploads=${chat.uploads}
                .flaw=${chat.uploadFlaw}
                .values=${valuesOf(chat, this.me, this.now())}
                name=${name}
              >
                <balie-chat-tools
                  slot="tools"
                  .conversation=${chat.id}
                  ?isInviting=${chat.invitation !== null}
                ></balie-chat-tools>
              </balie-composer>`,
            )
          : this.#over()
      }
    `;
  }

  #over() {
    const { id, closing, isClassified, stage } = this.chat;
    if (closing && !isClassified && stage.kind === 'ended' && stage.acceptedAt !== null)
      return html`<balie-closing-form .conversation=${id} .form=${closing}></balie-closing-form>`;
    return html`<p class="over">${this.t('composer.ended')}</p>`;
  }

  focusComposer() {
    this.renderRoot.querySelector<HTMLElement>('balie-composer')?.focus();
  }

  /** A long log is read again only when something in it changed, not at every key that is pressed. */
  #read() {
    const { chat, me, sending, texts } = this;
    const from = [chat.events, chat.seen, sending.length, sending.at(-1)?.refused, sending[0], texts];
    if (from.every((value, index) => value === this.#readFrom[index])) return this.#entries;
    this.#readFrom = from;
    this.#entries = entriesOf({ events: chat.events, me: me.id, seen: chat.seen, sending, now: this.now() });
    return this.#entries;
  }

  #header(name: string) {
    const { stage, queue, id, agents } = this.chat;
    const acceptedAt = stage.kind === 'active' || stage.kind === 'ended' ? stage.acceptedAt : null;
    const until = stage.kind === 'ended' ? stage.endedAt : undefined;
    return html`<header class="bar">
      <balie-back-button class="only-phone" others=${this.others} @click=${this.#back}></balie-back-button>
      <div class="grow">
        <h2><bdi>${name}</bdi></h2>
        ${this.#presence()}
      </div>
      <span class="about">
        <span class="queue">${queue}${acceptedAt === null ? nothing : ' · '}</span>
        ${
          acceptedAt === null
            ? nothing
            : html`<ui-elapsed-time
                since=${acceptedAt}
                .until=${until}
                .now=${this.now}
                title=${this.t('chat.duration')}
              ></ui-elapsed-time>`
        }
      </span>
      <ui-icon-button class="only-narrow" label=${this.t('chat.details.show')} @click=${this.#showDetails}>
        ${icon('panel-right')}
      </ui-icon-button>
      ${
        stage.kind === 'active' && agents.length > 1
          ? html`<ui-icon-button
              label=${this.t('chat.leave')}
              @click=${() => this.act({ type: 'leave', conversation: id })}
              >${icon('log-out')}</ui-icon-button
            >`
          : nothing
      }
      <ui-icon-button
        label=${this.t('chat.close')}
        keys="Alt + W"
        @click=${() => this.act({ type: 'close', conversation: id })}
        >${icon('x')}</ui-icon-button
      >
    </header>`;
  }

  #presence() {
    const { stage, connected, agents } = this.chat;
    if (stage.kind === 'ended') return html`<span class="presence ended">${this.t('tab.ended.short')}</span>`;
    const others = agents.filter((agent) => agent.id !== this.me.id).map((agent) => agent.name);
    const isHere = connected && !this.isAdrift;
    return html`<span class="presence ${isHere ? 'here' : ''}">
      ${this.t(this.isAdrift ? 'chat.adrift' : isHere ? 'chat.connected' : 'chat.away')}
      ${others.length > 0 ? html`· ${this.t('chat.with', { names: others.join(', ') })}` : nothing}
    </span>`;
  }

  #withdraw(event: CustomEvent<OfferId>) {
    this.act({ type: 'withdraw', conversation: this.chat.id, offer: event.detail });
  }

  #back() {
    this.dispatchEvent(new CustomEvent('show-list', { bubbles: true, composed: true }));
  }

  #showDetails() {
    this.dispatchEvent(new CustomEvent('show-details', { bubbles: true, composed: true }));
  }
}

customElements.define('balie-conversation-pane', ConversationPane);
