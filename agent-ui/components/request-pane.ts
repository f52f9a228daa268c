import { css, html, nothing } from 'lit';
import { icon } from '../icons.ts';
import { buttonStyles } from '../primitives/button.ts';
import '../primitives/countdown.ts';
import '../primitives/elapsed-time.ts';
import '../primitives/icon-button.ts';
import { reset } from '../primitives/reset.ts';
import type { Chat } from '../state/chat.ts';
import { lockOf } from '../state/lock.ts';
import { plainLine } from '../state/plain-text.ts';
import { variablesOf } from '../state/variables.ts';
import './back-button.ts';
import { ConsoleElement } from './console-element.ts';
import { messageText } from './message-text.ts';
import { parsePageAddress } from './page-address.ts';
import { paneStyles } from './pane-styles.ts';
import { checkWords, nameOf, variableLabel } from './words.ts';

/** A request: who asks, from where, how sure that is, and how long there is to answer. */
export class RequestPane extends ConsoleElement {
  static override properties = {
    chat: { attribute: false },
    now: { attribute: false },
    others: { type: Number },
    isAnswered: { type: Boolean },
  };
  static override styles = [
    reset,
    buttonStyles,
    paneStyles,
    css`
      :host {
        display: grid;
        grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
        height: 100%;
      }

      .scroller {
        display: grid;
        grid-row: 2;
        place-items: safe center;
        padding: var(--space-24);
        overflow-y: auto;
      }

      .card {
        display: grid;
        gap: var(--space-24);
        width: min(28rem, 100%);
      }

      .who {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: var(--space-16);
        align-items: center;
      }

      ui-countdown {
        font-size: var(--text-20);
      }

      h2 {
        font-size: var(--text-20);
        font-weight: 600;
        line-height: 1.25;
      }

      dl {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: var(--space-8) var(--space-16);
        padding: var(--space-16);
        border: 1px solid var(--edge);
        border-radius: var(--radius-card);
      }

      dt {
        color: var(--ink-soft);
      }

      dd {
        overflow-wrap: anywhere;
      }

      .address {
        color: var(--ink-soft);
        font-size: var(--text-12);
      }

      .identity {
        display: flex;
        gap: 6px;
        align-items: center;
      }

      .identity.sure {
        color: var(--green);
      }

      .identity.bad {
        color: var(--red);
      }

      .away::before {
        content: '·';
        margin-inline: var(--space-4);
      }

      .said {
        display: grid;
        gap: var(--space-4);
      }

      h3 {
        color: var(--ink-soft);
        font-size: var(--text-12);
        font-weight: 600;
      }

      .text {
        justify-self: start;
        max-width: 100%;
        padding: var(--space-8) var(--space-12);
        overflow: clip;
        border-radius: var(--radius-bubble);
        background: var(--paper-hover);
        line-height: 1.5;
        overflow-wrap: anywhere;
        white-space: pre-wrap;
        unicode-bidi: isolate;
      }

      .text a {
        color: var(--accent-ink);
      }

      .answers {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: var(--space-12);
      }

      .hint {
        color: var(--ink-soft);
        font-size: var(--text-12);
        text-align: center;
      }

      .bar {
        display: none;
      }

      @media (max-width: 899px) {
        .bar {
          display: flex;
        }
      }
    `,
  ];

  declare chat: Chat;
  declare now: () => number;
  /** Chats that wait behind this one. */
  declare others: number;
  /** The answer is on its way. */
  declare isAnswered: boolean;

  override render() {
    const { chat } = this;
    const name = nameOf(chat, this.texts);
    return html`
      <header class="bar">
        <balie-back-button class="only-phone" others=${this.others} @click=${() => this.#show('list')}></balie-back-button>
        <span class="grow"></span>
        <ui-icon-button class="only-narrow" label=${this.t('chat.details.show')} @click=${() => this.#show('details')}>
          ${icon('panel-right')}
        </ui-icon-button>
      </header>
      <div class="scroller">
        <div class="card">
          <div class="who">${this.#countdown()}<h2>${this.t('request.title', { name })}</h2></div>
          ${this.#facts()} ${this.#said()} ${this.#answers()}
        </div>
      </div>
    `;
  }

  #show(what: 'list' | 'details') {
    this.dispatchEvent(new CustomEvent(`show-${what}`, { bubbles: true, composed: true }));
  }

  #countdown() {
    const { stage } = this.chat;
    if (stage.kind !== 'request') return nothing;
    return html`<ui-countdown
      size="64"
      endsAt=${stage.until}
      totalMs=${stage.until - stage.presentedAt}
      .now=${this.now}
      .name=${(count: number) => this.t('request.left', { count })}
    ></ui-countdown>`;
  }

  #facts() {
    const { queue, page, requestedAt, connected } = this.chat;
    const address = page ? (parsePageAddress(page.url)?.shown ?? plainLine(page.url)) : '';
    return html`<dl>
      <dt>${this.t('request.identity')}</dt>
      <dd>${this.#identity()}</dd>
      <dt>${this.t('request.page')}</dt>
      <dd><bdi>${plainLine(page?.title ?? '')}</bdi><div class="address"><bdi>${address}</bdi></div></dd>
      <dt>${this.t('request.queue')}</dt>
      <dd>${queue}</dd>
      <dt>${this.t('request.waiting')}</dt>
      <dd>
        <ui-elapsed-time since=${requestedAt} .now=${this.now}></ui-elapsed-time>
        ${connected ? nothing : html`<strong class="away">${this.t('chat.away')}</strong>`}
      </dd>
    </dl>`;
  }

  #identity() {
    const now = this.now();
    const lock = lockOf(this.chat.identity, now);
    if (lock?.state === 'verified') {
      const rows = variablesOf(this.chat, now).filter((row) => row.lock.state === 'verified');
      const names = rows.map((row) => variableLabel(row, this.texts)).join(', ');
      return html`<span class="identity sure">${icon('lock', 16)} ${this.t('request.verified', { names })}</span>`;
    }
    if (lock?.state === 'refused') {
      const check = checkWords(lock.check, this.texts);
      return html`<span class="identity bad">${icon('lock-open', 16)} ${this.t('lock.notice', { check })}</span>`;
    }
    return html`<span class="identity">${this.t('request.unverified')}</span>`;
  }

  #said() {
    const texts = this.chat.events.flatMap(({ event }) =>
      event.body.type === 'message' && event.by.kind === 'visitor' ? [event.body.text] : [],
    );
    if (texts.length === 0) return nothing;
    return html`<section class="said">
      <h3>${this.t('request.message')}</h3>
      ${texts.slice(-3).map((text) => messageText(text, (host) => this.t('message.link', { host })))}
    </section>`;
  }

  #answers() {
    const { id } = this.chat;
    return html`<div class="answers">
        <button
          class="button large"
          type="button"
          ?disabled=${this.isAnswered}
          @click=${() => this.act({ type: 'decline', conversation: id })}
        >
          ${this.t('request.decline')}
        </button>
        <button
          class="button primary large"
          type="button"
          ?disabled=${this.isAnswered}
          @click=${() => this.act({ type: 'accept', conversation: id })}
        >
          ${this.t('request.accept')}
        </button>
      </div>
      <p class="hint">${this.t('request.hint')}</p>`;
  }
}

customElements.define('balie-request-pane', RequestPane);
