import { css, html, nothing } from 'lit';
import type { AgentId } from '../../protocol/ids.ts';
import { entriesOf } from '../state/entries.ts';
import { plainLine } from '../state/plain-text.ts';
import { AnswerPane, answerPaneStyles } from './answer-pane.ts';
import './history.ts';
import { nameOf } from './words.ts';

/** A colleague's invitation: who invites and why, the chat so far, and how long there is to answer. */
export class InvitationPane extends AnswerPane {
  static override properties = { me: {} };
  static override styles = [
    ...answerPaneStyles,
    css`
      :host {
        display: grid;
        grid-template: auto auto minmax(0, 1fr) / minmax(0, 1fr);
        height: 100%;
      }

      .card {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: var(--space-12) var(--space-16);
        width: 100%;
        max-width: var(--column);
        margin: 0 auto;
        padding: var(--space-24);
        border-bottom: 1px solid var(--edge);
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
        grid-column: 1 / -1;
      }
    `,
  ];

  declare me: AgentId;

  override render() {
    const { chat } = this;
    const name = nameOf(chat, this.texts);
    const entries = entriesOf({ events: chat.events, me: this.me, seen: chat.seen, now: this.now() });
    return html`
      ${this.bar()}
      <div class="card">${this.#who(name)} ${this.answers()}</div>
      <balie-history .entries=${entries} .now=${this.now} name=${name} me=${this.me}></balie-history>
    `;
  }

  #who(name: string) {
    const { stage } = this.chat;
    if (stage.kind !== 'request' || !stage.invitation) return nothing;
    const { by, note, plan } = stage.invitation;
    return html`
      ${this.countdown()}
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
}

customElements.define('balie-invitation-pane', InvitationPane);
