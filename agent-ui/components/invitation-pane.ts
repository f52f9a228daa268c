import { css, html, nothing } from 'lit';
import type { AgentId } from '../../protocol/ids.ts';
import { icon } from '../icons.ts';
import { buttonStyles } from '../primitives/button.ts';
import '../primitives/countdown.ts';
import '../primitives/icon-button.ts';
import { reset } from '../primitives/reset.ts';
import type { Chat } from '../state/chat.ts';
import { entriesOf } from '../state/entries.ts';
import { plainLine } from '../state/plain-text.ts';
import './back-button.ts';
import { ConsoleElement } from './console-element.ts';
import './history.ts';
import { paneStyles } from './pane-styles.ts';
import { nameOf } from './words.ts';

/** A colleague's invitation: who invites and why, the chat so far, and how long there is to answer. */
export class InvitationPane extends ConsoleElement {
  static override properties = {
    chat: { attribute: false },
    now: { attribute: false },
    me: {},
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
        grid-template: auto auto minmax(0, 1fr) / minmax(0, 1fr);
        height: 100%;
      }

      .bar {
        display: none;
      }

      @media (max-width: 899px) {
        .bar {
          display: flex;
        }
      }

      .card {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: var(--space-12) var(--space-16);
        width: 100%;
        max-width: calc(640px + 2 * var(--space-24));
        margin: 0 auto;
        padding: var(--space-24);
        border-bottom: 1px solid var(--edge);
      }

      ui-countdown {
        font-size: var(--text-20);
      }

      h2 {
        font-size: var(--text-20);
        font-weight: 600;
        line-height: 1.25;
        overflow-wrap: anywhere;
      }

      .soft {
        color: var(--ink-soft);
        font-size: var(--text-12);
      }

      blockquote {
        grid-column: 1 / -1;
        margin: 0;
        padding: var(--space-8) var(--space-12);
        border-inline-start: 3px solid var(--accent);
        background: var(--paper-sunk);
        overflow-wrap: anywhere;
      }

      .answers {
        display: grid;
        grid-column: 1 / -1;
        grid-template-columns: 1fr 1fr;
        gap: var(--space-12);
      }
    `,
  ];

  declare chat: Chat;
  declare now: () => number;
  declare me: AgentId;
  declare others: number;
  /** The answer is on its way. */
  declare isAnswered: boolean;

  override render() {
    const { chat } = this;
    const name = nameOf(chat, this.texts);
    const entries = entriesOf({ events: chat.events, me: this.me, seen: chat.seen, now: this.now() });
    return html`
      <header class="bar">
        <balie-back-button class="only-phone" others=${this.others} @click=${() => this.#show('list')}></balie-back-button>
        <span class="grow"></span>
        <ui-icon-button class="only-narrow" label=${this.t('chat.details.show')} @click=${() => this.#show('details')}>
          ${icon('panel-right')}
        </ui-icon-button>
      </header>
      <div class="card">${this.#who(name)} ${this.#answers()}</div>
      <balie-history .entries=${entries} .now=${this.now} name=${name} me=${this.me}></balie-history>
    `;
  }

  #who(name: string) {
    const { stage } = this.chat;
    if (stage.kind !== 'request' || !stage.invitation) return nothing;
    const { by, note, plan } = stage.invitation;
    return html`
      <ui-countdown
        size="64"
        endsAt=${stage.until}
        totalMs=${stage.until - stage.presentedAt}
        .now=${this.now}
        .name=${(count: number) => this.t('request.left', { count })}
      ></ui-countdown>
      <div>
        <h2>${this.t('invitation.title', { agent: by.name, name })}</h2>
        <p class="soft">
          ${this.t(plan === 'leave' ? 'invitation.leaves' : 'invitation.stays', { agent: by.name })}
          ${this.t('invitation.hint', { agent: by.name })}
        </p>
      </div>
      ${note ? html`<blockquote aria-label=${this.t('invitation.note')}><bdi>${plainLine(note)}</bdi></blockquote>` : nothing}
    `;
  }

  #answers() {
    const { id } = this.chat;
    const answer = (type: 'accept' | 'decline') => () => this.act({ type, conversation: id });
    return html`<div class="answers">
      <button class="button large" type="button" ?disabled=${this.isAnswered} @click=${answer('decline')}>
        ${this.t('request.decline')}
      </button>
      <button class="button primary large" type="button" ?disabled=${this.isAnswered} @click=${answer('accept')}>
        ${this.t('request.accept')}
      </button>
    </div>`;
  }

  #show(what: 'list' | 'details') {
    this.dispatchEvent(new CustomEvent(`show-${what}`, { bubbles: true, composed: true }));
  }
}

customElements.define('balie-invitation-pane', InvitationPane);
