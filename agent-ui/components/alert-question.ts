import { css, html } from 'lit';
import { buttonStyles } from '../primitives/button.ts';
import { reset } from '../primitives/reset.ts';
import { ConsoleElement } from './console-element.ts';

/** Asked once: browsers allow sound and notifications only after a press of a button. */
export class AlertQuestion extends ConsoleElement {
  static override styles = [
    reset,
    buttonStyles,
    css`
      section {
        display: grid;
        gap: var(--space-12);
        margin: var(--space-12);
        padding: var(--space-12);
        border: 1px solid var(--edge);
        border-radius: var(--radius-card);
        background: var(--paper);
      }

      div {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-8);
      }
    `,
  ];

  override render() {
    const answer = (isOn: boolean) => this.prefer({ asked: true, sound: isOn, notifications: isOn });
    return html`<section aria-label=${this.t('account.notifications')}>
      <p>${this.t('notice.sound')}</p>
      <div>
        <button class="button primary" type="button" @click=${() => answer(true)}>${this.t('notice.sound.on')}</button>
        <button class="button quiet" type="button" @click=${() => answer(false)}>${this.t('notice.sound.later')}</button>
      </div>
    </section>`;
  }
}

customElements.define('balie-alert-question', AlertQuestion);
