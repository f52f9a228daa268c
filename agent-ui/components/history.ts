import { html, nothing, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../icons.ts';
import { buttonStyles } from '../primitives/button.ts';
import { reset } from '../primitives/reset.ts';
import type { Entry, MessageEntry } from '../state/entries.ts';
import { cutIntoPieces, type HistoryWindow, pieceSize, planWindow } from '../state/history-window.ts';
import { ConsoleElement } from './console-element.ts';
import { fileCards } from './file-card.ts';
import { historyStyles } from './history-styles.ts';
import { messageText, messageTextStyles } from './message-text.ts';
import './offer-card.ts';
import { dayOf, exactTimeOf, timeOf } from './times.ts';
import { lineWords } from './words.ts';

const guessedEntryHeight = 48;
const overscan = 800;
/** This near to the end counts as at the end. */
const nearEnd = 48;

/**
 * The entries of a conversation. Only the pieces around what is in view stand in the page; it stays at the end while one is
 * there, and never moves under who reads further up.
 */
export class History extends ConsoleElement {
  static override properties = {
    entries: { attribute: false },
    name: {},
    now: { attribute: false },
    isTyping: { type: Boolean },
    me: {},
    isLive: { type: Boolean },
    shown: { state: true },
    hasNewer: { state: true },
  };
  static override styles = [reset, buttonStyles, messageTextStyles, historyStyles];

  declare entries: readonly Entry[];
  declare name: string;
  declare now: () => number;
  declare isTyping: boolean;
  declare me: string;
  /** It goes on with this agent in it: what stands open can be withdrawn. */
  declare isLive: boolean;
  declare protected shown: HistoryWindow;
  declare protected hasNewer: boolean;
  readonly #heights: number[] = [];
  readonly #resizes = new ResizeObserver(() => this.#keepEnd());
  #isAtEnd = true;
  #lastTop = 0;
  /** Ends with the frame in which it was drawn last. */
  #frame: Promise<unknown> = Promise.resolve();
  /** Another part of it is in view, which cannot wait. */
  #hasMoved = false;

  constructor() {
    super();
    this.entries = [];
    this.name = '';
    this.now = Date.now;
    this.isTyping = false;
    this.me = '';
    this.isLive = false;
    this.shown = { from: 0, to: 0, above: 0, below: 0 };
    this.hasNewer = false;
  }

  /** Once a frame at most: a log that is read on comes as hundreds of events, each after the last. */
  protected override async scheduleUpdate() {
    if (!this.#hasMoved) await this.#frame;
    this.#hasMoved = false;
    this.#frame = new Promise(requestAnimationFrame);
    super.scheduleUpdate();
  }

  override willUpdate(changed: PropertyValues<this>) {
    if (!changed.has('entries')) return;
    const before = changed.get('entries')?.length ?? 0;
    const pieces = Math.ceil(this.entries.length / pieceSize);
    this.#heights.length = Math.min(this.#heights.length, pieces);
    while (this.#heights.length < pieces) this.#heights.push(pieceSize * guessedEntryHeight);
    if (!this.#isAtEnd && this.entries.length > before) this.hasNewer = true;
    this.#plan();
  }

  override render() {
    const { from, to } = this.shown;
    const pieces = cutIntoPieces(this.entries).slice(from, to);
    return html`
      <div class="scroller" tabindex="0" role="region" aria-label=${this.t('chat.history')} @scroll=${this.#onScroll}>
        <div class="column">
          <div class="room above"></div>
          ${repeat(
            pieces,
            (_, index) => from + index,
            (piece, index) =>
              html`<div class="piece" data-piece=${from + index}>
                ${repeat(
                  piece,
                  ({ key }) => key,
                  (entry) => this.#entry(entry),
                )}
              </div>`,
          )}
          <div class="room below"></div>
          <p class="typing">${this.isTyping ? this.t('chat.typing', { name: this.name }) : nothing}</p>
        </div>
      </div>
      ${this.hasNewer ? this.#newest() : nothing}
    `;
  }

  override firstUpdated() {
    for (const part of this.renderRoot.querySelectorAll('.scroller, .column')) this.#resizes.observe(part);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.#resizes.disconnect();
  }

  override updated() {
    const scroller = this.#scroller;
    if (!scroller) return;
    this.#giveRoom();
    const grown = this.#measure(scroller.scrollTop);
    if (this.#isAtEnd) this.#keepEnd();
    else if (grown !== 0) this.#shift(scroller, grown);
    this.#plan();
  }

  #shift(scroller: HTMLElement, by: number) {
    scroller.scrollTop += by;
    this.#lastTop = scroller.scrollTop;
  }

  #keepEnd() {
    const scroller = this.#scroller;
    if (!scroller || !this.#isAtEnd) return;
    scroller.scrollTop = scroller.scrollHeight;
    this.#lastTop = scroller.scrollTop;
  }

  get #scroller() {
    return this.renderRoot.querySelector<HTMLElement>('.scroller');
  }

  /** Styles that are set through the object model are no inline styles to a content security policy. */
  #giveRoom() {
    for (const side of ['above', 'below'] as const) {
      const room = this.renderRoot.querySelector<HTMLElement>(`.room.${side}`);
      if (room) room.style.height = `${this.shown[side]}px`;
    }
  }

  /** Takes the real heights of what is drawn; returns by how much pieces above the view differ from the guess. */
  #measure(scrollTop: number) {
    let [grown, y] = [0, this.shown.above];
    for (const piece of this.renderRoot.querySelectorAll<HTMLElement>('[data-piece]')) {
      const index = Number(piece.dataset.piece);
      const guessed = this.#heights[index] ?? 0;
      const height = piece.getBoundingClientRect().height;
      if (y + guessed <= scrollTop) grown += height - guessed;
      this.#heights[index] = height;
      y += guessed;
    }
    return grown;
  }

  #plan() {
    const scroller = this.#scroller;
    const total = this.#heights.reduce((sum, height) => sum + height, 0);
    const viewHeight = scroller?.clientHeight ?? 800;
    const scrollTop = this.#isAtEnd ? Math.max(0, total - viewHeight) : (scroller?.scrollTop ?? 0);
    const next = planWindow({ heights: this.#heights, scrollTop, viewHeight, overscan });
    const { from, to } = this.shown;
    if (next.from === from && next.to === to) return;
    this.shown = next;
    this.#hasMoved = true;
  }

  #onScroll() {
    const scroller = this.#scroller;
    if (!scroller) return;
    const { scrollTop } = scroller;
    // Only a person moves up; the end also moves away by itself, when what follows turns out longer than guessed.
    if (scroller.scrollHeight - scrollTop - scroller.clientHeight < nearEnd) this.#isAtEnd = true;
    else if (scrollTop < this.#lastTop) this.#isAtEnd = false;
    this.#lastTop = scrollTop;
    if (this.#isAtEnd) this.hasNewer = false;
    this.#plan();
  }

  #entry(entry: Entry) {
    if (entry.kind === 'day') return html`<p class="day">${dayOf(entry.at, this.now(), this.texts)}</p>`;
    if (entry.kind === 'message') return this.#message(entry, entry.at);
    if (entry.kind === 'offer')
      return html`<balie-offer-card .offer=${entry.offer} .me=${this.me} ?isLive=${this.isLive}></balie-offer-card>`;
    const { line } = entry;
    const tone = line.kind === 'unverified' ? 'bad' : line.kind === 'ended' ? 'closing' : '';
    return html`<p class="line ${tone}">
      ${lineWords(line, this.name, this.texts)}
      <time title=${exactTimeOf(entry.at, this.texts)}>${timeOf(entry.at, this.texts)}</time>
    </p>`;
  }

  #message(entry: MessageEntry, at: number) {
    const { side, delivery, first, last, author, isPrivate } = entry;
    return html`<div class="message ${side} ${isPrivate ? 'private' : ''} ${delivery?.kind ?? ''} ${first ? 'first' : ''} ${last ? 'last' : ''}">
      ${first && (author || isPrivate) ? this.#author(author, isPrivate) : nothing}
      ${entry.text ? messageText(entry.text, (host) => this.t('message.link', { host })) : nothing}
      ${fileCards(entry.files, this.texts)}
      ${last || delivery?.kind === 'failed' ? this.#meta(entry, at) : nothing}
    </div>`;
  }

  #author(author: string, isPrivate: boolean) {
    return html`<span class="author">
      <bdi>${author || this.t('message.you')}</bdi>
      ${
        isPrivate
          ? html`<span class="eye" role="img" aria-label=${this.t('private.mark')}>${icon('eye', 14)}</span>`
          : nothing
      }
    </span>`;
  }

  #meta({ delivery }: MessageEntry, at: number) {
    const time = html`<time title=${exactTimeOf(at, this.texts)}>${timeOf(at, this.texts)}</time>`;
    if (!delivery) return html`<div class="meta">${time}</div>`;
    if (delivery.kind !== 'failed') {
      const mark =
        delivery.kind === 'read'
          ? icon('check-check', 14)
          : delivery.kind === 'sent'
            ? icon('check', 14)
            : icon('clock', 14);
      return html`<div class="meta">${time} · ${this.t(`message.${delivery.kind}`)} ${mark}</div>`;
    }
    const { id } = delivery;
    return html`<div class="meta">
      <span class="bad">${this.t('message.failed')}</span>
      <button type="button" @click=${() => this.act({ type: 'retry', id })}>${this.t('message.retry')}</button>
      <button type="button" @click=${() => this.act({ type: 'discard', id })}>${this.t('message.discard')}</button>
    </div>`;
  }

  #newest() {
    return html`<div class="newest">
      <button class="button" type="button" @click=${this.#toEnd}>${icon('arrow-down', 16)} ${this.t('chat.newest')}</button>
    </div>`;
  }

  /** Brings one of the entries into view, and marks it until another is sought. */
  async showEntry(key: string) {
    // What was handed in may not be drawn yet.
    await this.updateComplete;
    const index = this.entries.findIndex((entry) => entry.key === key);
    const scroller = this.#scroller;
    if (index < 0 || !scroller) return;
    const piece = Math.floor(index / pieceSize);
    this.#isAtEnd = false;
    scroller.scrollTop = this.#heights.slice(0, piece).reduce((sum, height) => sum + height, 0);
    this.#lastTop = scroller.scrollTop;
    this.#plan();
    await this.updateComplete;
    // Each entry is one element, in order.
    const sought = this.renderRoot.querySelector(`[data-piece="${piece}"]`)?.children[index % pieceSize];
    for (const one of this.renderRoot.querySelectorAll('.sought')) one.classList.remove('sought');
    sought?.classList.add('sought');
    sought?.scrollIntoView({ block: 'center' });
    this.#onScroll();
  }

  #toEnd() {
    this.#isAtEnd = true;
    this.hasNewer = false;
    this.#plan();
    this.requestUpdate();
  }
}

customElements.define('balie-history', History);
