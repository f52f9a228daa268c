import { css, html, nothing } from 'lit';
import type { ConversationId } from '../../protocol/ids.ts';
import { buttonStyles } from '../primitives/button.ts';
import { reset } from '../primitives/reset.ts';
import type { OpenInvitation } from '../state/colleagues.ts';
import { ConsoleElement } from './console-element.ts';

/** Over the composer while a colleague is invited: whom, and the way to take it back. */
export class InvitationBar extends ConsoleElement {
  static override properties = { conversation: {}, invitation: { attribute: false } };
  static override styles = [
    reset,
    buttonStyles,
    css`
      :host {
        display: block;
        width: 100%;
        max-width: var(--column);
        margin: 0 auto;
        padding: 0 var(--space-24) var(--space-8);
      }

      div {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-4) var(--space-12);
        align-items: center;
        justify-content: space-between;
        padding: var(--space-4) var(--space-4) var(--space-4) var(--space-12);
        border-radius: var(--radius-card);
        background: var(--paper-sunk);
      }

      .asking {
        color: var(--ink-soft);
      }
    `,
  ];

  declare conversation: ConversationId;
  declare invitation: OpenInvitation;

  override render() {
    const { to, asked } = this.invitation;
    const isElse = asked && asked.agent.name !== to;
    return html`<div>
      <span role="status">
        <bdi>${this.t('invitation.open', { to })}</bdi>
        ${isElse ? html`<span class="asking">· ${this.t('invitation.asking', { agent: asked.agent.name })}</span>` : nothing}
      </span>
      <button
        class="button quiet"
        type="button"
        @click=${() => this.act({ type: 'uninvite', conversation: this.conversation })}
      >
        ${this.t('invitation.withdraw')}
      </button>
    </div>`;
  }
}

customElements.define('balie-invitation-bar', InvitationBar);
