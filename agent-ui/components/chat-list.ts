import { css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ConversationId } from '../../protocol/ids.ts';
import '../primitives/avatar.ts';
import '../primitives/countdown.ts';
import '../primitives/tab-list.ts';
import { icon } from '../icons.ts';
import { reset } from '../primitives/reset.ts';
import type { Chat } from '../state/chat.ts';
import { plainLine } from '../state/plain-text.ts';
import { ConsoleElement } from './console-element.ts';
import { nameOf } from './words.ts';

/** The tabs: requests with their countdown, chats with what is unread, ended ones until they are closed. */
export class ChatList extends ConsoleElement {
  static override properties = {
    chats: { attribute: false },
    selected: {},
    now: { attribute: false },
    hint: {},
    isAdrift: { type: Boolean },
  };
  static override styles = [
    reset,
    css`
      :host {
        display: block;
        min-height: 0;
        overflow-y: auto;
        padding: var(--space-4) var(--space-8) var(--space-16);
      }

      h2 {
        padding: var(--space-4) var(--space-8) var(--space-8);
        color: var(--ink-soft);
        font-size: var(--text-12);
        font-weight: 600;
      }

      ui-tab-list {
        display: grid;
        gap: 2px;
      }

      [role='tab'] {
        display: grid;
        grid-template-columns: 32px minmax(0, 1fr) auto;
        gap: 0 var(--space-12);
        align-items: center;
        width: 100%;
        padding: var(--space-8);
        border: 0;
        border-radius: var(--radius-card);
        background: transparent;
        color: var(--ink);
        font: inherit;
        text-align: start;
        cursor: pointer;
      }

      [role='tab']:focus-visible {
        outline-offset: -2px;
      }

      [role='tab']:hover {
        background: var(--paper-hover);
      }

      [role='tab'][aria-selected='true'] {
        background: var(--accent-soft);
      }

      .name,
      .about {
        display: block;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .name {
        font-weight: 500;
      }

      .about {
        color: var(--ink-soft);
        font-size: var(--text-12);
      }

      .words {
        min-width: 0;
      }

      .unread .name {
        font-weight: 700;
      }

      .ended .name {
        color: var(--ink-soft);
      }

      .badge {
        min-width: 20px;
        padding: 0 6px;
        border-radius: 10px;
        background: var(--accent);
        color: var(--on-accent);
        font-size: var(--text-12);
        font-weight: 600;
        line-height: 20px;
        text-align: center;
      }

      .badge.quiet {
        background: transparent;
        color: var(--ink-soft);
        font-weight: 400;
      }

      @media (forced-colors: active) {
        [role='tab'][aria-selected='true'] {
          outline: 2px solid Highlight;
          outline-offset: -2px;
        }
      }

      ui-countdown {
        font-size: var(--text-12);
      }

      /* Where both panes are seen, the empty one says it. */
      .hint {
        display: none;
        padding: 0 var(--space-8);
        color: var(--ink-soft);
      }

      @media (max-width: 599px) {
        .hint {
          display: block;
        }
      }
    `,
  ];

  declare chats: readonly Chat[];
  declare selected: ConversationId | null;
  declare now: () => number;
  /** What to do while there is no chat. */
  declare hint: string;
  declare isAdrift: boolean;

  override render() {
    return html`
      <h2 aria-hidden="true">${this.t('chats.label')}</h2>
      <ui-tab-list label=${this.t('chats.label')} @ui-choose=${this.#onChoose}>
        ${repeat(
          this.chats,
          ({ id }) => id,
          (chat) => this.#tab(chat),
        )}
      </ui-tab-list>
      ${this.chats.length === 0 ? html`<p class="hint">${this.hint}</p>` : nothing}
    `;
  }

  #tab(chat: Chat) {
    const isSelected = chat.id === this.selected;
    // One stop for the Tab key: the chosen tab, or the first where none is chosen.
    const isStop = isSelected || (!this.chats.some(({ id }) => id === this.selected) && chat === this.chats[0]);
    const kind = chat.unread > 0 ? 'unread' : chat.stage.kind === 'ended' ? 'ended' : '';
    return html`<button
      type="button"
      role="tab"
      class=${kind}
      data-tab=${chat.id}
      aria-selected=${isSelected}
      aria-label=${this.#label(chat)}
      tabindex=${isStop ? 0 : -1}
    >
      ${this.#mark(chat)}
      <span class="words">
        <span class="name"><bdi>${nameOf(chat, this.texts)}</bdi></span>
        <span class="about">${this.#about(chat)}</span>
      </span>
      ${this.#badge(chat)}
    </button>`;
  }

  #label(chat: Chat) {
    const name = nameOf(chat, this.texts);
    if (chat.stage.kind === 'request')
      return this.t(chat.stage.invitation ? 'tab.invitation' : 'tab.request', { name });
    const talk = this.t(chat.unread > 0 ? 'tab.unread' : 'tab.active', { name, count: chat.unread });
    return chat.stage.kind === 'ended' ? this.t('tab.ended', { name: talk }) : talk;
  }

  #mark(chat: Chat) {
    const { stage } = chat;
    if (stage.kind !== 'request') {
      const presence = stage.kind === 'ended' ? nothing : chat.connected && !this.isAdrift ? 'here' : 'away';
      return html`<ui-avatar name=${nameOf(chat, this.texts)} presence=${presence}></ui-avatar>`;
    }
    return html`<ui-countdown
      size="32"
      endsAt=${stage.until}
      totalMs=${stage.until - stage.presentedAt}
      .now=${this.now}
    ></ui-countdown>`;
  }

  #about(chat: Chat) {
    if (chat.stage.kind === 'request') return chat.connected ? chat.queue : this.t('chat.away');
    if (chat.typing) return this.t('tab.typing');
    if (chat.stage.kind === 'ended') return this.t('tab.ended.short');
    const last = chat.events.findLast(({ event }) => event.body.type === 'message')?.event;
    if (last?.body.type !== 'message') return chat.queue;
    const { files = [] } = last.body;
    const text = plainLine(last.body.text.slice(0, 200)) || this.t('tab.files', { count: files.length });
    if (last.body.audience === 'agents') return html`<bdi>${this.t('tab.private', { text })}</bdi>`;
    return html`<bdi>${last.by.kind === 'agent' ? this.t('tab.you', { text }) : text}</bdi>`;
  }

  #badge({ stage, unread }: Chat) {
    if (stage.kind === 'request') return html`<span class="badge">${this.t('tab.new')}</span>`;
    if (unread > 0) return html`<span class="badge">${unread}</span>`;
    return stage.kind === 'ended' ? html`<span class="badge quiet">${icon('check', 16)}</span>` : nothing;
  }

  #onChoose(event: CustomEvent<ConversationId>) {
    this.act({ type: 'select', conversation: event.detail });
  }
}

customElements.define('balie-chat-list', ChatList);
