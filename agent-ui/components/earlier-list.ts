import { css, html } from 'lit';
import type { EarlierConversation } from '../../protocol/http.ts';
import { reset } from '../primitives/reset.ts';
import type { EarlierList } from '../state/earlier-chats.ts';
import { ConsoleElement } from './console-element.ts';
import { dateOf, timeOf } from './times.ts';

/** Earlier chats with the same verified visitor, each a button that opens it for reading. */
export class EarlierChatsList extends ConsoleElement {
  static override properties = { list: { attribute: false }, isVerified: { type: Boolean } };
  static override styles = [
    reset,
    css`
      p {
        color: var(--ink-soft);
      }

      button {
        display: grid;
        width: 100%;
        min-height: var(--target);
        padding: var(--space-8);
        margin-inline: calc(-1 * var(--space-8));
        border: 0;
        border-radius: var(--radius-control);
        background: none;
        color: var(--ink);
        font: inherit;
        text-align: start;
        cursor: pointer;
      }

      button:hover {
        background: var(--paper-hover);
      }

      small {
        color: var(--ink-soft);
        font-size: var(--text-12);
      }
    `,
  ];

  declare list: EarlierList | undefined;
  declare isVerified: boolean;

  override render() {
    if (!this.isVerified) return html`<p>${this.t('details.earlier.unverified')}</p>`;
    if (!this.list || this.list.kind === 'loading') return html`<p>${this.t('details.earlier.loading')}</p>`;
    if (this.list.kind === 'failed') return html`<p>${this.t('details.earlier.failed')}</p>`;
    if (this.list.conversations.length === 0) return html`<p>${this.t('details.earlier.none')}</p>`;
    return html`<ul>${this.list.conversations.map((conversation) => html`<li>${this.#item(conversation)}</li>`)}</ul>`;
  }

  #item(conversation: EarlierConversation) {
    const { agent, queue, requestedAt } = conversation;
    return html`<button type="button" @click=${() => this.act({ type: 'read-earlier', conversation })}>
      ${dateOf(requestedAt, this.texts)}, ${timeOf(requestedAt, this.texts)}
      <small>${agent ? this.t('details.earlier.by', { queue: queue.name, agent }) : queue.name}</small>
    </button>`;
  }
}

customElements.define('balie-earlier-list', EarlierChatsList);
