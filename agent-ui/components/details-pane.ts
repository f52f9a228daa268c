import { css, html, nothing } from 'lit';
import { icon } from '../icons.ts';
import '../primitives/icon-button.ts';
import '../primitives/lock-mark.ts';
import '../primitives/relative-time.ts';
import { formatElapsed } from '../primitives/elapsed-time.ts';
import { reset } from '../primitives/reset.ts';
import type { Chat } from '../state/chat.ts';
import type { EarlierList } from '../state/earlier-chats.ts';
import { lockOf } from '../state/lock.ts';
import { plainLine, plainText } from '../state/plain-text.ts';
import { type VariableRow, variablesOf } from '../state/variables.ts';
import { ConsoleElement } from './console-element.ts';
import './earlier-list.ts';
import { parsePageAddress } from './page-address.ts';
import { paneStyles } from './pane-styles.ts';
import { lockWords, lossWords, variableLabel, variableText } from './words.ts';

/** What is known of the visitor, each value with the mark that says how sure it is. */
export class DetailsPane extends ConsoleElement {
  static override properties = {
    chat: { attribute: false },
    now: { attribute: false },
    asOf: { type: Number },
    earlier: { attribute: false },
  };
  static override styles = [
    reset,
    paneStyles,
    css`
      :host {
        display: block;
        height: 100%;
      }

      section {
        display: grid;
        grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
        height: 100%;
        border-inline-start: 1px solid var(--edge);
        background: var(--paper);
      }

      .bar {
        padding-inline-start: var(--space-16);
      }

      .scroller {
        overflow-y: auto;
        padding: var(--space-16);
      }

      h3 {
        margin: var(--space-24) 0 var(--space-8);
        color: var(--ink-soft);
        font-size: var(--text-12);
        font-weight: 600;
      }

      h3:first-child {
        margin-top: 0;
      }

      /* The value under its name: so a long address has room beside its mark. */
      .variable {
        padding: var(--space-4) 0;
      }

      .variable dt {
        color: var(--ink-soft);
        font-size: var(--text-12);
      }

      .variable dd {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: var(--space-8);
      }

      .facts {
        display: grid;
        grid-template-columns: fit-content(8rem) minmax(0, 1fr);
        gap: var(--space-8) var(--space-16);
      }

      .facts dt {
        color: var(--ink-soft);
      }

      .value {
        min-width: 0;
        overflow-wrap: anywhere;
        unicode-bidi: isolate;
        white-space: pre-wrap;
      }

      /* Its first line stands level with its mark, which is a little higher. */
      .variable .value {
        padding-block: 2px;
        /* Whatever marks a value bears, they are not drawn over what stands beside it. */
        overflow: clip;
      }

      ui-lock-mark {
        align-self: start;
      }

      a {
        color: var(--accent-ink);
      }

      .notice {
        display: flex;
        gap: var(--space-8);
        margin-bottom: var(--space-12);
        padding: var(--space-8) var(--space-12);
        border-radius: var(--radius-control);
        background: var(--red-soft);
        font-size: var(--text-12);
      }

      .notice .icon {
        color: var(--red);
      }

      .none {
        color: var(--ink-soft);
      }
    `,
  ];

  declare chat: Chat;
  declare now: () => number;
  /** Moves on when a lock opens by itself. */
  declare asOf: number;
  declare earlier: EarlierList | undefined;

  override render() {
    const rows = variablesOf(this.chat, this.now());
    return html`
      <section aria-labelledby="title">
        <header class="bar">
          <h2 id="title" class="grow">${this.t('details.label')}</h2>
          <ui-icon-button class="only-narrow" label=${this.t('details.hide')} @click=${this.#hide}>${icon('x')}</ui-icon-button>
        </header>
        <div class="scroller">
          ${this.#loss()}
          <h3>${this.t('details.visitor')}</h3>
          ${
            rows.length > 0
              ? html`<dl>${rows.map((row) => this.#variable(row))}</dl>`
              : html`<p class="none">${this.t('details.none')}</p>`
          }
          <h3>${this.t('details.chat')}</h3>
          <dl class="facts">${this.#facts()}</dl>
          <h3>${this.t('details.earlier')}</h3>
          <balie-earlier-list
            .list=${this.earlier}
            ?isVerified=${lockOf(this.chat.identity, this.now())?.state === 'verified'}
          ></balie-earlier-list>
        </div>
      </section>
    `;
  }

  #loss() {
    const words = lossWords(this.chat.identity, this.now(), this.texts);
    return words ? html`<p class="notice">${icon('lock-open', 16)} ${words}</p>` : nothing;
  }

  #variable(row: VariableRow) {
    const { shape, label, text, facts } = lockWords(row.lock, this.chat.site, this.texts);
    return html`<div class="variable">
      <dt>${variableLabel(row, this.texts)}</dt>
      <dd>
        <span class="value" dir="auto">${plainText(variableText(row.value, this.texts))}</span>
        <ui-lock-mark shape=${shape} label=${label} text=${text} .facts=${facts}></ui-lock-mark>
      </dd>
    </div>`;
  }

  #facts() {
    const { queue, site, requestedAt, stage, locale } = this.chat;
    const acceptedAt = stage.kind === 'active' || stage.kind === 'ended' ? stage.acceptedAt : null;
    const facts = [
      [this.t('details.page'), this.#page()],
      [this.t('details.queue'), queue],
      [this.t('details.site'), site.name],
      [this.t('details.requested'), this.#relative(requestedAt)],
      [this.t('details.waited'), acceptedAt === null ? '' : formatElapsed(acceptedAt - requestedAt)],
      [this.t('details.language'), languageName(locale, this.texts.language)],
    ];
    return facts.map(([label, value]) => (value ? html`<dt>${label}</dt><dd class="value">${value}</dd>` : nothing));
  }

  #relative(at: number) {
    if (!at) return '';
    return html`<ui-relative-time at=${at} .now=${this.now} language=${this.texts.locale}></ui-relative-time>`;
  }

  #page() {
    const { page } = this.chat;
    if (!page) return '';
    // Title and address are the visitor's words: a link under a title of theirs could lead anywhere.
    const address = parsePageAddress(page.url);
    const title = plainLine(page.title);
    if (!address) return html`<bdi>${title || plainLine(page.url)}</bdi>`;
    return html`${title ? html`<bdi>${title}</bdi><br />` : nothing}<a
        href=${address.href}
        target="_blank"
        rel="noopener noreferrer nofollow ugc"
        title=${address.href}
        >${address.shown}</a
      >`;
  }

  #hide() {
    this.dispatchEvent(new CustomEvent('hide-details', { bubbles: true, composed: true }));
  }
}

function languageName(locale: string, language: string): string {
  if (!locale) return '';
  try {
    return new Intl.DisplayNames([language], { type: 'language' }).of(locale) ?? locale;
  } catch {
    return locale;
  }
}

customElements.define('balie-details-pane', DetailsPane);
