import { css, html, nothing } from 'lit';
import type { AgentId } from '../../protocol/ids.ts';
import { icon } from '../icons.ts';
import { buttonStyles } from '../primitives/button.ts';
import '../primitives/icon-button.ts';
import { reset } from '../primitives/reset.ts';
import type { EarlierReading } from '../state/earlier-chats.ts';
import { entriesOf } from '../state/entries.ts';
import { ConsoleElement } from './console-element.ts';
import './history.ts';
import { paneStyles } from './pane-styles.ts';
import { dateOf } from './times.ts';

/** An earlier chat, to be read in the place of the present one. */
export class EarlierPane extends ConsoleElement {
  static override properties = { reading: { attribute: false }, me: {}, name: {}, now: { attribute: false } };
  static override styles = [
    reset,
    buttonStyles,
    paneStyles,
    css`
      :host {
        display: grid;
        grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr);
        height: 100%;
        background: var(--paper-sunk);
      }

      .foot {
        padding: var(--space-12);
        color: var(--ink-soft);
        text-align: center;
      }
    `,
  ];

  declare reading: EarlierReading;
  declare me: AgentId;
  declare name: string;
  declare now: () => number;

  override render() {
    const { conversation, events, progress } = this.reading;
    const entries = entriesOf({ events, me: this.me, seen: Number.MAX_SAFE_INTEGER, now: this.now() });
    return html`
      <header class="bar">
        <ui-icon-button label=${this.t('earlier.back')} keys="Esc" @click=${() => this.act({ type: 'leave-earlier' })}>
          ${icon('arrow-left')}
        </ui-icon-button>
        <h2 class="grow">${this.t('earlier.title', { date: dateOf(conversation.requestedAt, this.texts) })}</h2>
      </header>
      <balie-history .entries=${entries} .now=${this.now} name=${this.name}></balie-history>
      <div class="foot" role="status">${this.#progress(progress)}</div>
    `;
  }

  #progress(progress: EarlierReading['progress']) {
    if (progress === 'loading') return this.t('details.earlier.loading');
    if (progress === 'failed') return this.t('earlier.failed');
    if (progress === 'done') return nothing;
    return html`<button class="button" type="button" @click=${() => this.act({ type: 'more-earlier' })}>
      ${this.t('earlier.more')}
    </button>`;
  }
}

customElements.define('balie-earlier-pane', EarlierPane);
