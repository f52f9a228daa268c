import { css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ChatLogEntry, SearchHit } from '../../../protocol/chat-log.ts';
import type { ConversationId } from '../../../protocol/ids.ts';
import { icon } from '../../icons.ts';
import { reset } from '../../primitives/reset.ts';
import { plainLine } from '../../state/plain-text.ts';
import { ConsoleElement } from '../console-element.ts';
import { dayAndTimeOf } from '../times.ts';

/** Asks for one of the results to be read. */
export class ReadEvent extends Event {
  readonly conversation: ConversationId;

  constructor(conversation: ConversationId) {
    super('read-chat', { bubbles: true, composed: true });
    this.conversation = conversation;
  }
}

/** The chats that were found, each with why. Arrows go from one to the next. */
export class LogResults extends ConsoleElement {
  static override properties = { entries: { attribute: false }, chosen: {}, now: { attribute: false } };
  static override styles = [
    reset,
    css`
      ul {
        display: grid;
        gap: 2px;
        margin: 0;
        padding: 0;
        list-style: none;
      }

      /* What is far out of view costs nothing to lay out, however many pages were loaded. */
      li {
        content-visibility: auto;
        contain-intrinsic-size: auto 64px;
      }

      .entry {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 2px var(--space-8);
        width: 100%;
        padding: var(--space-8) var(--space-12);
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

      .entry:focus-visible {
        outline-offset: -2px;
      }

      .entry[aria-current='true'] {
        background: var(--accent-soft);
      }

      .name {
        display: flex;
        align-items: center;
        gap: var(--space-4);
        min-width: 0;
        font-weight: 500;
      }

      .name bdi {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .lock {
        display: inline-flex;
        color: var(--green);
      }

      .soft {
        overflow: hidden;
        color: var(--ink-soft);
        font-size: var(--text-12);
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .excerpt {
        display: -webkit-box;
        grid-column: 1 / -1;
        overflow: hidden;
        color: var(--ink);
        font-size: var(--text-12);
        line-height: 1.5;
        overflow-wrap: anywhere;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 3;
      }

      .excerpt.private {
        padding: 0 var(--space-8);
        border-inline-start: 2px dashed var(--amber);
        background: var(--amber-soft);
      }

      .excerpt svg {
        vertical-align: -2px;
      }

      .place {
        color: var(--ink-soft);
      }

      .private .place {
        color: var(--amber);
      }

      mark {
        border-radius: 2px;
        background: var(--accent-soft);
        box-shadow: 0 0 0 1px var(--accent);
        color: inherit;
      }
    `,
  ];

  declare entries: readonly ChatLogEntry[];
  declare chosen: ConversationId | null;
  declare now: () => number;

  override render() {
    return html`<ul @keydown=${this.#onKey}>
      ${repeat(
        this.entries,
        ({ conversation }) => conversation,
        (entry) => this.#entry(entry),
      )}
    </ul>`;
  }

  /** Puts the focus on the one that is read, or else on the first. */
  focusOne() {
    const one = this.renderRoot.querySelector<HTMLElement>('.entry[aria-current]');
    (one ?? this.renderRoot.querySelector<HTMLElement>('.entry'))?.focus();
  }

  #entry(entry: ChatLogEntry) {
    const { conversation, requestedAt, queue, agents, category, hit } = entry;
    const who = agents.length > 0 ? agents.join(', ') : this.t('log.nobody');
    const facts = [queue.name, who, ...(category ? [category] : [])].map(plainLine).join(' · ');
    return html`<li>
      <button
        class="entry"
        type="button"
        aria-current=${conversation === this.chosen ? 'true' : nothing}
        @click=${() => this.dispatchEvent(new ReadEvent(conversation))}
      >
        ${this.#name(entry)}
        <span class="soft">${dayAndTimeOf(requestedAt, this.now(), this.texts)}</span>
        <span class="soft">${facts}</span>
        <span class="soft">${this.#outcome(entry)}</span>
        ${hit ? this.#excerpt(hit, entry) : nothing}
      </button>
    </li>`;
  }

  #name({ visitor, isVerified }: ChatLogEntry) {
    const name = visitor ? plainLine(visitor).slice(0, 120) : this.t('visitor.unnamed');
    return html`<span class="name">
      <bdi>${name}</bdi>
      ${
        isVerified
          ? html`<span class="lock" role="img" aria-label=${this.t('log.verified')}>${icon('lock', 14)}</span>`
          : nothing
      }
    </span>`;
  }

  #outcome({ outcome }: ChatLogEntry) {
    return outcome === 'visitor' || outcome === 'agent' ? nothing : this.t(`log.outcome.${outcome}`);
  }

  /** Pieces of text, and none of it markup. */
  #excerpt({ excerpt, audience, by, place }: SearchHit, { site }: ChatLogEntry) {
    const isPrivate = audience === 'agents' && (place.kind === 'message' || place.kind === 'file');
    const author = by.kind === 'agent' ? plainLine(by.agent.name) : by.kind === 'visitor' ? this.t('log.visitor') : '';
    const where =
      place.kind === 'variable'
        ? this.t(place.isVerified ? 'log.place.verified' : 'log.place.claimed', {
            name: plainLine(site.labels[place.name] ?? place.name),
          })
        : place.kind === 'message'
          ? author
          : this.t(`log.place.${place.kind}`);
    return html`<span class="excerpt ${isPrivate ? 'private' : ''}">
      <span class="place"
        >${isPrivate ? html`<span role="img" aria-label=${this.t('private.mark')}>${icon('eye', 12)}</span> ` : nothing}${where}:</span
      >
      <bdi>${excerpt.map(({ text, isMatch }) => (isMatch ? html`<mark>${plainLine(text)}</mark>` : spaced(text)))}</bdi>
    </span>`;
  }

  readonly #onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const all = [...this.renderRoot.querySelectorAll<HTMLElement>('.entry')];
    const next = all[all.indexOf(event.target as HTMLElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
}

/** One line, whose spaces at the edges part it from the words that are marked. */
const spaced = (text: string) => `${/^\s/.test(text) ? ' ' : ''}${plainLine(text)}${/\S\s+$/.test(text) ? ' ' : ''}`;

customElements.define('balie-log-results', LogResults);
