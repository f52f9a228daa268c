import { css, html } from 'lit';
import { icon } from '../icons.ts';
import '../primitives/icon-button.ts';
import type { EarlierReading } from '../state/earlier-chats.ts';
import { entriesOf } from '../state/entries.ts';
import { ReadingPane } from './reading-pane.ts';
import { dateOf } from './times.ts';

/** An earlier chat, to be read in the place of the present one. */
export class EarlierPane extends ReadingPane {
  static override properties = { reading: { attribute: false }, name: {} };
  static override styles = [
    ReadingPane.styles,
    css`
      :host {
        height: 100%;
        background: var(--paper-sunk);
      }
    `,
  ];

  declare reading: EarlierReading;
  declare name: string;

  override render() {
    const { conversation, events, progress } = this.reading;
    return this.chat({
      conversation: conversation.conversation,
      name: this.name,
      bar: html`
        <ui-icon-button label=${this.t('earlier.back')} keys="Esc" @click=${() => this.act({ type: 'leave-earlier' })}>
          ${icon('arrow-left')}
        </ui-icon-button>
        <h2 class="grow">${this.t('earlier.title', { date: dateOf(conversation.requestedAt, this.texts) })}</h2>
      `,
      entries: entriesOf({ events, me: this.me, seen: Number.MAX_SAFE_INTEGER, now: this.now() }),
      foot: this.rest(
        progress,
        { loading: 'details.earlier.loading', failed: 'earlier.failed', more: 'earlier.more' },
        () => this.act({ type: 'more-earlier' }),
      ),
    });
  }
}

customElements.define('balie-earlier-pane', EarlierPane);
