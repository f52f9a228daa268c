import { css, html } from 'lit';
import type { ConversationId } from '../../protocol/ids.ts';
import { icon } from '../icons.ts';
import { buttonStyles } from '../primitives/button.ts';
import { reset } from '../primitives/reset.ts';
import type { ChatDialog } from '../state/desk-state.ts';
import { toolStyles } from './composer-styles.ts';
import { ConsoleElement } from './console-element.ts';

/** What an agent can do in a chat beside writing: offer a choice, invite a colleague. */
export class ChatTools extends ConsoleElement {
  static override properties = { conversation: {}, isInviting: { type: Boolean } };
  static override styles = [
    reset,
    buttonStyles,
    toolStyles,
    css`
      :host {
        display: contents;
      }
    `,
  ];

  declare conversation: ConversationId;
  /** An invitation is open already. */
  declare isInviting: boolean;

  override render() {
    return html`
      <button class="button quiet" type="button" @click=${() => this.#show('offer')}>
        ${icon('list-checks', 16)} <span class="word">${this.t('tools.offer')}</span>
      </button>
      <button class="button quiet" type="button" ?disabled=${this.isInviting} @click=${() => this.#show('invite')}>
        ${icon('user-plus', 16)} <span class="word">${this.t('tools.invite')}</span>
      </button>
    `;
  }

  #show(kind: ChatDialog['kind']) {
    this.act({ type: 'show-dialog', kind, conversation: this.conversation });
  }
}

customElements.define('balie-chat-tools', ChatTools);
