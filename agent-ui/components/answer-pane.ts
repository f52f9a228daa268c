import { css, html, nothing, type PropertyDeclarations } from 'lit';
import { icon } from '../icons.ts';
import { buttonStyles } from '../primitives/button.ts';
import '../primitives/countdown.ts';
import '../primitives/icon-button.ts';
import { reset } from '../primitives/reset.ts';
import type { Chat } from '../state/chat.ts';
import './back-button.ts';
import { ConsoleElement } from './console-element.ts';
import { paneStyles } from './pane-styles.ts';

/** What a request and an invitation have in common: how long there is to answer, and the two answers. */
export abstract class AnswerPane extends ConsoleElement {
  static override properties: PropertyDeclarations = {
    chat: { attribute: false },
    now: { attribute: false },
    others: { type: Number },
    isAnswered: { type: Boolean },
  };

  declare chat: Chat;
  declare now: () => number;
  /** Chats that wait behind this one. */
  declare others: number;
  /** The answer is on its way. */
  declare isAnswered: boolean;

  protected bar() {
    return html`<header class="bar">
      <balie-back-button class="only-phone" others=${this.others} @click=${() => this.#show('list')}></balie-back-button>
      <span class="grow"></span>
      <ui-icon-button class="only-narrow" label=${this.t('chat.details.show')} @click=${() => this.#show('details')}>
        ${icon('panel-right')}
      </ui-icon-button>
    </header>`;
  }

  protected countdown() {
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

  protected answers() {
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

export const answerPaneStyles = [
  reset,
  buttonStyles,
  paneStyles,
  css`
    .bar {
      display: none;
    }

    @media (max-width: 899px) {
      .bar {
        display: flex;
      }
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

    .answers {
      display: grid;
      grid-template-columns: 1fr 1fr;
      gap: var(--space-12);
    }
  `,
];
