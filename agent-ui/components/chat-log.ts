import { css, html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ChatLogEntry } from '../../protocol/chat-log.ts';
import type { AgentId } from '../../protocol/ids.ts';
import { buttonStyles } from '../primitives/button.ts';
import { reset } from '../primitives/reset.ts';
import type { ChatLogState, LogReading, Progress } from '../state/chat-log.ts';
import { entriesOf } from '../state/entries.ts';
import { plainLine } from '../state/plain-text.ts';
import { ConsoleElement } from './console-element.ts';
import './history.ts';
import { paneStyles } from './pane-styles.ts';
import { dayOf, timeOf } from './times.ts';

/** The chats of the organization: a list, and beside it the one that is read. */
export class ChatLogPage extends ConsoleElement {
  static override properties = { log: { attribute: false }, me: {}, now: { attribute: false } };
  static override styles = [
    reset,
    buttonStyles,
    paneStyles,
    css`
      :host {
        display: grid;
        grid-template: minmax(0, 1fr) / clamp(240px, 30vw, 380px) minmax(0, 1fr);
        min-height: 0;
        background: var(--paper);
      }

      .list {
        padding: var(--space-16) var(--space-12);
        overflow-y: auto;
        border-inline-end: 1px solid var(--edge);
        background: var(--paper-sunk);
      }

      h2 {
        padding: 0 var(--space-8) var(--space-12);
        font-size: var(--text-16);
        font-weight: 600;
      }

      .bar h2 {
        padding: 0;
      }

      ul {
        display: grid;
        gap: 2px;
        margin: 0;
        padding: 0;
        list-style: none;
      }

      .entry {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 0 var(--space-8);
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

      .entry:hover {
        background: var(--paper-hover);
      }

      .entry[aria-current='true'] {
        background: var(--accent-soft);
      }

      .name {
        overflow: hidden;
        font-weight: 500;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .soft {
        overflow: hidden;
        color: var(--ink-soft);
        font-size: var(--text-12);
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .foot {
        padding: var(--space-12);
        color: var(--ink-soft);
        text-align: center;
      }

      .reading {
        display: grid;
        grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr);
        min-height: 0;
      }

      .none {
        place-self: center;
        color: var(--ink-soft);
      }

      @media (max-width: 599px) {
        :host {
          grid-template: minmax(0, 2fr) minmax(0, 3fr) / minmax(0, 1fr);
        }

        .list {
          border: 0;
          border-bottom: 1px solid var(--edge);
        }
      }
    `,
  ];

  declare log: ChatLogState;
  declare me: AgentId;
  declare now: () => number;

  override render() {
    const { entries, progress, reading } = this.log;
    return html`
      <nav class="list" aria-label=${this.t('log.title')}>
        <h2>${this.t('log.title')}</h2>
        <ul>
          ${repeat(
            entries,
            ({ conversation }) => conversation,
            (entry) => this.#entry(entry, entry === reading?.entry),
          )}
        </ul>
        <div class="foot" role="status">${this.#progress(progress, 'more-log', entries.length === 0)}</div>
      </nav>
      ${reading ? this.#reading(reading) : html`<p class="none">${this.t('log.choose')}</p>`}
    `;
  }

  #entry(entry: ChatLogEntry, isRead: boolean) {
    const { requestedAt, endedAt, queue, agents } = entry;
    const who = agents.length > 0 ? agents.join(', ') : this.t('log.nobody');
    return html`<li>
      <button
        class="entry"
        type="button"
        aria-current=${isRead ? 'true' : nothing}
        @click=${() => this.act({ type: 'read-log', entry })}
      >
        <bdi class="name">${this.#name(entry)}</bdi>
        <span class="soft">${dayOf(requestedAt, this.now(), this.texts)}, ${timeOf(requestedAt, this.texts)}</span>
        <span class="soft">${queue.name} · ${who}</span>
        <span class="soft">${endedAt === null ? this.t('log.open') : nothing}</span>
      </button>
    </li>`;
  }

  #name({ visitor }: ChatLogEntry) {
    return visitor ? plainLine(visitor).slice(0, 120) : this.t('visitor.unnamed');
  }

  #reading({ entry, events, progress }: LogReading) {
    const name = this.#name(entry);
    const entries = entriesOf({ events, me: this.me, seen: Number.MAX_SAFE_INTEGER, now: this.now() });
    return html`<section class="reading" aria-label=${this.t('chat.label', { name })}>
      <header class="bar"><h2><bdi>${name}</bdi></h2></header>
      ${keyed(
        entry.conversation,
        html`<balie-history .entries=${entries} .now=${this.now} name=${name} me=${this.me}></balie-history>`,
      )}
      <div class="foot" role="status">${this.#progress(progress, 'read-more-log', false)}</div>
    </section>`;
  }

  #progress(progress: Progress, more: 'more-log' | 'read-more-log', isEmpty: boolean) {
    if (progress === 'loading') return this.t('log.loading');
    if (progress === 'failed') return this.t('log.failed');
    if (progress === 'done') return isEmpty ? this.t('log.empty') : nothing;
    return html`<button class="button" type="button" @click=${() => this.act({ type: more })}>
      ${this.t('log.more')}
    </button>`;
  }
}

customElements.define('balie-chat-log', ChatLogPage);
