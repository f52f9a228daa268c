import { css, html, type PropertyValues } from 'lit';
import type { ChatLogEntry } from '../../../protocol/chat-log.ts';
import { icon } from '../../icons.ts';
import '../../primitives/icon-button.ts';
import type { LogReading } from '../../state/chat-log.ts';
import { type Entry, entriesOf } from '../../state/entries.ts';
import { personIn } from '../../state/log-person.ts';
import { plainLine } from '../../state/plain-text.ts';
import type { VariableRow } from '../../state/variables.ts';
import type { History } from '../history.ts';
import { ReadingPane } from '../reading-pane.ts';
import { exactTimeOf } from '../times.ts';

/** A chat of the log as it was: who it was and how sure that was, what was said, also in private, and how it ended. */
export class LogReadingPane extends ReadingPane {
  static override properties = { reading: { attribute: false } };
  static override styles = [
    ReadingPane.styles,
    css`
      /* There the arrow says the same. */
      @media (max-width: 599px) {
        .close {
          display: none;
        }
      }
    `,
  ];

  declare reading: LogReading;
  #entries: Entry[] = [];
  #shownOf: string | null = null;

  override willUpdate(changed: PropertyValues<this>) {
    if (!changed.has('reading')) return;
    const { events } = this.reading;
    this.#entries = entriesOf({ events, me: this.me, seen: Number.MAX_SAFE_INTEGER, now: this.now() });
  }

  override render() {
    const { conversation, entry, events, progress } = this.reading;
    const rows = personIn(events, entry?.site.labels ?? {}, entry?.endedAt ?? this.now());
    const name = this.#name(rows);
    return this.chat({
      conversation,
      name,
      bar: this.#bar(name),
      // Before it is known whose chat it was, nothing can be said of who vouched for its visitor.
      facts: entry ? [...this.#facts(entry), ...rows.map((row) => this.variable(row, entry.site))] : [],
      entries: this.#entries,
      foot: this.rest(progress, { loading: 'log.loading', failed: 'log.failed', more: 'log.more' }, () =>
        this.dispatchEvent(new Event('read-more', { bubbles: true, composed: true })),
      ),
    });
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

  #bar(name: string) {
    const leave = () => this.dispatchEvent(new Event('leave-chat', { bubbles: true, composed: true }));
    return html`
      <ui-icon-button class="only-phone" label=${this.t('log.back')} @click=${leave}>${icon('arrow-left')}</ui-icon-button>
      <h2 class="grow"><bdi>${name}</bdi></h2>
      <ui-icon-button class="close" label=${this.t('log.close')} @click=${leave}>${icon('x')}</ui-icon-button>
    `;
  }

  #facts({ queue, agents, requestedAt, endedAt, outcome, category }: ChatLogEntry) {
    return [
      this.fact(this.t('log.queue'), queue.name),
      this.fact(this.t('log.agents'), agents.length > 0 ? agents.join(', ') : this.t('log.nobody')),
      this.fact(this.t('log.begun'), exactTimeOf(requestedAt, this.texts)),
      ...(endedAt === null ? [] : [this.fact(this.t('log.ended'), exactTimeOf(endedAt, this.texts))]),
      this.fact(this.t('log.outcome'), this.t(`log.outcome.${outcome}`)),
      ...(category === null ? [] : [this.fact(this.t('log.category'), category)]),
    ];
  }
}

customElements.define('balie-log-reading', LogReadingPane);
