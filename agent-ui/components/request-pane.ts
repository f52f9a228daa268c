import { css, html, nothing } from 'lit';
import { icon } from '../icons.ts';
import '../primitives/elapsed-time.ts';
import { lockOf } from '../state/lock.ts';
import { plainLine } from '../state/plain-text.ts';
import { variablesOf } from '../state/variables.ts';
import { AnswerPane, answerPaneStyles } from './answer-pane.ts';
import { messageText, messageTextStyles } from './message-text.ts';
import { parsePageAddress } from './page-address.ts';
import { checkWords, nameOf, variableLabel } from './words.ts';

/** A request: who asks, from where, how sure that is, and how long there is to answer. */
export class RequestPane extends AnswerPane {
  static override styles = [
    ...answerPaneStyles,
    messageTextStyles,
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
      }

      .hint {
        color: var(--ink-soft);
        font-size: var(--text-12);
        text-align: center;
      }
    `,
  ];

  override render() {
    const { chat } = this;
    const name = nameOf(chat, this.texts);
    return html`
      ${this.bar()}
      <div class="scroller">
        <div class="card">
          <div class="who">${this.countdown()}<h2>${this.t('request.title', { name })}</h2></div>
          ${this.#facts()} ${this.#said()} ${this.answers()}
          <p class="hint">${this.t('request.hint')}</p>
        </div>
      </div>
    `;
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
      event.body.type === 'message' && event.by.kind === 'visitor' && event.body.text ? [event.body.text] : [],
    );
    if (texts.length === 0) return nothing;
    return html`<section class="said">
      <h3>${this.t('request.message')}</h3>
      ${texts.slice(-3).map((text) => messageText(text, (host) => this.t('message.link', { host })))}
    </section>`;
  }
}

customElements.define('balie-request-pane', RequestPane);
