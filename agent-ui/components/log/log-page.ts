import { html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { ChatLogChoices, ChatLogFormat } from '../../../protocol/chat-log.ts';
import type { AgentId, ConversationId } from '../../../protocol/ids.ts';
import { icon } from '../../icons.ts';
import { buttonStyles } from '../../primitives/button.ts';
import { reset } from '../../primitives/reset.ts';
import { ChatLog, type ChatLogState } from '../../state/chat-log.ts';
import { type LogSearch, logAddress, logQuery, parseLogAddress } from '../../state/log-search.ts';
import type { Resource } from '../../state/resource.ts';
import { StoreController } from '../../state/store-controller.ts';
import { ConsolePage } from '../console-page.ts';
import { dayOf } from '../times.ts';
import './log-filters.ts';
import type { LogFilters, SearchEvent } from './log-filters.ts';
import './log-reading.ts';
import './log-results.ts';
import type { LogResults, ReadEvent } from './log-results.ts';
import { logStyles } from './log-styles.ts';

const formats: readonly ChatLogFormat[] = ['csv', 'messages.csv', 'json'];

/**
 * The chats of the organization: a search, what it finds, and beside it the one that is read. What is searched for and
 * what is read stand in the page's address, so that a link, a reload and Back lead to the same.
 */
export class LogPage extends ConsolePage {
  static override properties = { me: {}, now: { attribute: false } };
  static override styles = [reset, buttonStyles, logStyles];

  declare me: AgentId;
  declare now: () => number;
  #log: ChatLog | undefined;
  #choices: Resource<ChatLogChoices> | undefined;

  constructor() {
    super();
    this.now = Date.now;
  }

  override connectedCallback() {
    super.connectedCallback();
    if (!this.#log) {
      this.#log = new ChatLog(this.rest);
      new StoreController(this, this.#log.store);
      this.#choices = this.resource<ChatLogChoices>('/chat-log/choices');
    }
    window.addEventListener('hashchange', this.#follow);
    document.addEventListener('keydown', this.#onKey);
    this.#follow();
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener('hashchange', this.#follow);
    document.removeEventListener('keydown', this.#onKey);
  }

  override render() {
    const state = this.#log?.store.get();
    if (!state) return nothing;
    const { search, reading, problem } = state;
    const unsearchable = problem?.code === 'invalid_field' ? this.t('log.unsearchable') : '';
    return html`
      <section class="list ${reading ? 'behind' : ''}" aria-label=${this.t('log.title')}>
        <div class="head">
          <h1>${this.t('log.title')}</h1>
          <balie-log-filters
            .search=${search}
            .choices=${this.#choices?.store.get().value ?? null}
            problem=${unsearchable}
            @search-log=${({ search: wanted }: SearchEvent) => this.#search(wanted)}
          >
            ${this.#exports(search)}
          </balie-log-filters>
        </div>
        ${this.#found(state)}
      </section>
      ${
        reading
          ? keyed(
              reading.conversation,
              html`<balie-log-reading
                role="region"
                aria-label=${this.t('log.reading')}
                .reading=${reading}
                me=${this.me}
                .now=${this.now}
                @leave-chat=${() => this.#read(null)}
                @read-more=${() => void this.#log?.readMore()}
              ></balie-log-reading>`,
            )
          : html`<p class="none">${this.t('log.choose')}</p>`
      }
    `;
  }

  #found(state: ChatLogState) {
    const { entries, reading, isIndexing } = state;
    return html`<div class="results">
      ${isIndexing ? html`<p class="notice">${icon('info', 16)} ${this.t('log.indexing')}</p>` : nothing}
      <balie-log-results
        .entries=${entries}
        .chosen=${reading?.conversation ?? null}
        .now=${this.now}
        @read-chat=${({ conversation }: ReadEvent) => this.#read(conversation)}
      ></balie-log-results>
      <div class="foot" role="status">${this.#foot(state)}</div>
    </div>`;
  }

  #foot({ progress, entries, search, searchedTo, problem }: ChatLogState) {
    if (progress === 'loading') return this.t('log.loading');
    if (progress === 'failed') return problem?.code === 'invalid_field' ? nothing : this.t('log.failed');
    if (progress === 'done') {
      if (entries.length > 0) return this.t('log.count', { count: entries.length });
      return html`<p>${this.t(isAsked(search) ? 'log.nothing' : 'log.empty')}</p>
        ${isAsked(search) ? html`<p class="soft">${this.t('log.nothing.hint')}</p>` : nothing}`;
    }
    const to = searchedTo === null ? '' : dayOf(searchedTo, this.now(), this.texts);
    return html`${to && entries.length === 0 ? html`<p>${this.t('log.searchedTo', { day: to })}</p>` : nothing}
      <button class="button" type="button" @click=${() => void this.#log?.more()}>${this.t('log.more')}</button>`;
  }

  /** Links, so that a browser saves what comes while it comes. */
  #exports(search: LogSearch) {
    return html`<details class="exports" @focusout=${this.#onExportsLeft}>
      <summary class="button quiet">${icon('download', 16)} ${this.t('log.export')}</summary>
      <ul>
        ${formats.map((format) => {
          const query = logQuery(search);
          query.set('format', format);
          return html`<li><a href="/api/chat-log/export?${query}" download>${this.t(`log.export.${format}`)}</a></li>`;
        })}
      </ul>
    </details>`;
  }

  #search(search: LogSearch) {
    location.hash = logAddress({ search, chat: null });
  }

  #read(chat: ConversationId | null) {
    location.hash = logAddress({ search: parseLogAddress(location.hash).search, chat });
    if (chat === null) void this.updateComplete.then(() => this.#results?.focusOne());
  }

  readonly #follow = () => {
    if (/^#\/log\b/.test(location.hash)) void this.#log?.follow(parseLogAddress(location.hash));
  };

  readonly #onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    const isWriting = event.composedPath()[0] instanceof HTMLInputElement;
    if (event.key === '/' && !isWriting) {
      event.preventDefault();
      this.renderRoot.querySelector<LogFilters>('balie-log-filters')?.focusWords();
    }
    if (event.key === 'Escape' && !isWriting && this.#log?.store.get().reading) this.#read(null);
  };

  readonly #onExportsLeft = ({ currentTarget, relatedTarget }: FocusEvent) => {
    const exports = currentTarget as HTMLDetailsElement;
    if (!exports.contains(relatedTarget as Node | null)) exports.open = false;
  };

  get #results() {
    return this.renderRoot.querySelector<LogResults>('balie-log-results');
  }
}

const isAsked = (search: LogSearch) => logQuery(search).size > 0;

customElements.define('balie-log-page', LogPage);
