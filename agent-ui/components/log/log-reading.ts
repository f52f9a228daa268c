import { css, html, nothing, type PropertyValues } from 'lit';
import type { AgentId } from '../../../protocol/ids.ts';
import { icon } from '../../icons.ts';
import { buttonStyles } from '../../primitives/button.ts';
import '../../primitives/icon-button.ts';
import '../../primitives/lock-mark.ts';
import { reset } from '../../primitives/reset.ts';
import type { LogReading } from '../../state/chat-log.ts';
import { type Entry, entriesOf } from '../../state/entries.ts';
import { personIn } from '../../state/log-person.ts';
import { plainLine } from '../../state/plain-text.ts';
import type { VariableRow } from '../../state/variables.ts';
import { ConsoleElement } from '../console-element.ts';
import '../history.ts';
import type { History } from '../history.ts';
import { paneStyles } from '../pane-styles.ts';
import { exactTimeOf } from '../times.ts';
import { lockWords, variableLabel, variableText } from '../words.ts';

/** A chat of the log as it was: who it was and how sure that was, what was said, also in private, and how it ended. */
export class LogReadingPane extends ConsoleElement {
  static override properties = { reading: { attribute: false }, me: {}, now: { attribute: false } };
  static override styles = [
    reset,
    buttonStyles,
    paneStyles,
    css`
      :host {
        display: grid;
        grid-template: auto auto minmax(0, 1fr) auto / minmax(0, 1fr);
        min-height: 0;
      }

      .facts {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-4) var(--space-16);
        max-height: 30vh;
        padding: var(--space-8) var(--space-24);
        overflow-y: auto;
        border-bottom: 1px solid var(--edge);
        background: var(--paper-sunk);
        font-size: var(--text-12);
      }

      .facts div {
        display: flex;
        align-items: center;
        gap: var(--space-4);
        min-width: 0;
        min-height: 24px;
      }

      dt {
        color: var(--ink-soft);
      }

      dd {
        display: flex;
        align-items: center;
        gap: var(--space-4);
        min-width: 0;
        margin: 0;
        overflow-wrap: anywhere;
      }

      .foot {
        padding: var(--space-12);
        color: var(--ink-soft);
        text-align: center;
      }

      .foot:empty {
        padding: 0;
      }

      /* There the arrow says the same. */
      @media (max-width: 599px) {
        .close {
          display: none;
        }

        .facts {
          padding-inline: var(--space-16);
        }
      }
    `,
  ];

  declare reading: LogReading;
  declare me: AgentId;
  declare now: () => number;
  #entries: Entry[] = [];
  #shownOf: string | null = null;

  override willUpdate(changed: PropertyValues<this>) {
    if (!changed.has('reading')) return;
    const { events } = this.reading;
    this.#entries = entriesOf({ events, me: this.me, seen: Number.MAX_SAFE_INTEGER, now: this.now() });
  }

  override render() {
    const { entry, events, progress } = this.reading;
    const rows = personIn(events, entry?.site.labels ?? {});
    const name = this.#name(rows);
    return html`
      <header class="bar">
        <ui-icon-button
          class="only-phone"
          label=${this.t('log.back')}
          @click=${() => this.dispatchEvent(new Event('leave-chat', { bubbles: true, composed: true }))}
        >
          ${icon('arrow-left')}
        </ui-icon-button>
        <h2 class="grow"><bdi>${name}</bdi></h2>
        <ui-icon-button
          class="close"
          label=${this.t('log.close')}
          @click=${() => this.dispatchEvent(new Event('leave-chat', { bubbles: true, composed: true }))}
        >
          ${icon('x')}
        </ui-icon-button>
      </header>
      <dl class="facts">${this.#facts()} ${rows.map((row) => this.#variable(row))}</dl>
      <balie-history .entries=${this.#entries} .now=${this.now} name=${name} me=${this.me}></balie-history>
      <div class="foot" role="status">${this.#progress(progress)}</div>
    `;
  }

  /** To where it was found, once that is there. */
  override updated() {
    const { conversation, entry, events } = this.reading;
    const found = events.find(({ seq }) => seq === entry?.hit?.seq);
    if (!found || this.#shownOf === conversation) return;
    this.#shownOf = conversation;
    const key = found.event.command ?? `e${found.seq}`;
    void this.renderRoot.querySelector<History>('balie-history')?.showEntry(key);
  }

  #name(rows: readonly VariableRow[]) {
    const row = rows.find(({ name }) => name === 'name');
    const name = row ? String(row.value) : this.reading.entry?.visitor;
    return name ? plainLine(name).slice(0, 120) : this.t('visitor.unnamed');
  }

  #facts() {
    const { entry } = this.reading;
    if (!entry) return nothing;
    const { queue, agents, requestedAt, endedAt, outcome, category } = entry;
    const facts: [string, string][] = [
      [this.t('log.queue'), queue.name],
      [this.t('log.agents'), agents.length > 0 ? agents.join(', ') : this.t('log.nobody')],
      [this.t('log.begun'), exactTimeOf(requestedAt, this.texts)],
      ...(endedAt === null ? [] : ([[this.t('log.ended'), exactTimeOf(endedAt, this.texts)]] as [string, string][])),
      [this.t('log.outcome'), this.t(`log.outcome.${outcome}`)],
      ...(category === null ? [] : ([[this.t('log.category'), category]] as [string, string][])),
    ];
    return facts.map(([label, value]) => html`<div><dt>${label}</dt><dd><bdi>${plainLine(value)}</bdi></dd></div>`);
  }

  #variable(row: VariableRow) {
    const site = this.reading.entry?.site ?? { id: '', name: '' };
    const { shape, label, text, facts } = lockWords(row.lock, site as never, this.texts);
    return html`<div>
      <dt>${variableLabel(row, this.texts)}</dt>
      <dd>
        <bdi>${plainLine(variableText(row.value, this.texts))}</bdi>
        <ui-lock-mark shape=${shape} label=${label} text=${text} .facts=${facts}></ui-lock-mark>
      </dd>
    </div>`;
  }

  #progress(progress: LogReading['progress']) {
    if (progress === 'loading') return this.t('log.loading');
    if (progress === 'failed') return this.t('log.failed');
    if (progress === 'done') return nothing;
    return html`<button
      class="button"
      type="button"
      @click=${() => this.dispatchEvent(new Event('read-more', { bubbles: true, composed: true }))}
    >
      ${this.t('log.more')}
    </button>`;
  }
}

customElements.define('balie-log-reading', LogReadingPane);
