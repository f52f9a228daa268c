import { html, nothing, type PropertyValues } from 'lit';
import type { AgentRef } from '../../protocol/entities.ts';
import { KeptPage } from '../primitives/file-drop.ts';
import { reset } from '../primitives/reset.ts';
import type { Chat } from '../state/chat.ts';
import { type DeskState, isAdrift, selectedChat } from '../state/desk-state.ts';
import type { EarlierState } from '../state/earlier-chats.ts';
import type { Preferences } from '../state/preferences.ts';
import './alert-question.ts';
import './chat-list.ts';
import { chatPanel } from './chat-panel.ts';
import './close-dialog.ts';
import { ConsoleElement } from './console-element.ts';
import { meaningOf } from './desk-keys.ts';
import './details-pane.ts';
import './empty-pane.ts';
import './invite-dialog.ts';
import './keys-dialog.ts';
import './nav-bar.ts';
import { notices } from './notices.ts';
import type { ComposedOffer } from './offer-dialog.ts';
import './offer-dialog.ts';
import { pageAt } from './page-at.ts';
import { shellStyles } from './shell-styles.ts';
import './status-bar.ts';
import { nameOf } from './words.ts';

/** On a phone one pane is in front at a time; on a small window the details lie over the chat. */
type Front = 'list' | 'chat' | 'details';

/** The desk of somebody who is signed in: its panes, its keys, its dialogs. */
export class DeskShell extends ConsoleElement {
  static override properties = {
    desk: { attribute: false },
    earlier: { attribute: false },
    preferences: { attribute: false },
    now: { attribute: false },
    isBlocked: { type: Boolean },
    front: { reflect: true },
    areKeysShown: { state: true },
  };
  static override styles = [reset, shellStyles];

  declare desk: DeskState;
  declare earlier: EarlierState;
  declare preferences: Preferences;
  declare now: () => number;
  declare isBlocked: boolean;
  declare front: Front;
  declare areKeysShown: boolean;
  /** Where the focus goes once the next chat is drawn. */
  #focusNext: 'composer' | 'tab' | 'tab-if-lost' | null = null;

  constructor() {
    super();
    new KeptPage(this);
    this.front = 'list';
    this.areKeysShown = false;
  }

  override connectedCallback() {
    super.connectedCallback();
    document.addEventListener('keydown', this.#onKey);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#onKey);
  }

  override willUpdate(changed: PropertyValues<this>) {
    const before = changed.get('desk');
    if (!before) return;
    // On a phone, what follows a chat that was closed is the list, not somebody else's chat.
    if (before.selected && !this.desk.chats.some(({ id }) => id === before.selected)) {
      this.front = 'list';
      this.#focusNext = 'tab-if-lost';
    }
    if (before.dialog && !this.desk.dialog) this.#focusNext = 'composer';
    // Whoever accepts wants to write next, and the button that had the focus is gone.
    const [was, is] = [selectedChat(before), selectedChat(this.desk)];
    if (was?.id === is?.id && was?.stage.kind === 'request' && is?.stage.kind === 'active')
      this.#focusNext = 'composer';
  }

  override updated() {
    const next = this.#focusNext;
    this.#focusNext = null;
    const isLost = next === 'tab-if-lost' && (isPhone() || document.activeElement === document.body);
    if (next === 'tab' || isLost) void this.#focusTab();
    // On a phone the keyboard would cover what was just opened.
    if (next === 'composer' && !matchMedia('(pointer: coarse)').matches) void this.#focusComposer();
  }

  override render() {
    const { session, place } = this.desk;
    if (session.kind !== 'signed-in') return nothing;
    return html`
      <balie-nav-bar
        name=${session.me.name}
        state=${this.desk.status.state}
        place=${place}
        rights=${session.role}
        .preferences=${this.preferences}
        openChats=${this.desk.chats.filter(({ stage }) => stage.kind === 'active').length}
        ?isBlocked=${this.isBlocked}
        ?isAdrift=${isAdrift(this.desk)}
        @show-keys=${() => this.#showKeys(true)}
      ></balie-nav-bar>
      ${pageAt(place, session.role) ?? (place === 'log' ? this.#log(session.me) : this.#chats())}
      ${notices(this.desk, this.texts, () => this.act({ type: 'dismiss-notice' }))}
    `;
  }

  #log(me: AgentRef) {
    // Fetched when somebody goes there, as the other pages are; this one must know who reads.
    void import('./log/log-page.ts');
    return html`<main class="page-at"><balie-log-page me=${me.id} .now=${this.now}></balie-log-page></main>`;
  }

  #chats() {
    const { chats, selected, status, profiles, profile, isOpen } = this.desk;
    const shown = chats.filter(({ stage }) => stage.kind !== 'elsewhere');
    const chat = shown.find(({ id }) => id === selected);
    return html`
      <aside class="side" aria-label=${this.t('chats.label')}>
        <h1 class="unseen">${this.t('app.name')}</h1>
        <balie-status-bar .status=${status} .profiles=${profiles} .profile=${profile} .now=${this.now} ?isOpen=${isOpen}></balie-status-bar>
        <balie-chat-list
          .chats=${shown}
          .selected=${selected}
          .now=${this.now}
          hint=${this.#emptyHint()}
          ?isAdrift=${isAdrift(this.desk)}
          @ui-choose=${() => this.#bring('chat')}
          @click=${this.#onListClick}
        ></balie-chat-list>
        ${!this.preferences.asked && status.state !== 'off' ? html`<balie-alert-question></balie-alert-question>` : nothing}
      </aside>
      <main @show-list=${() => this.#bring('list')} @show-details=${() => this.#bring('details')}>
        ${this.#pane(chat)}
      </main>
      ${chat ? this.#details(chat) : nothing}
      ${this.#dialogs(chat)}
    `;
  }

  #pane(chat: Chat | undefined) {
    const { session, chats } = this.desk;
    if (session.kind !== 'signed-in') return nothing;
    if (!chat) {
      return html`<balie-empty-pane
        label=${this.t(chats.length > 0 ? 'chats.choose' : 'chats.none')}
        hint=${chats.length > 0 ? this.t('chats.choose.hint') : this.#emptyHint()}
        keys=${this.t('chats.shortcuts')}
      ></balie-empty-pane>`;
    }
    return chatPanel({
      chat,
      desk: this.desk,
      earlier: this.earlier,
      now: this.now,
      texts: this.texts,
      me: session.me,
    });
  }

  #details(chat: Chat) {
    return html`<balie-details-pane
      .chat=${chat}
      .now=${this.now}
      asOf=${this.desk.asOf}
      .earlier=${this.earlier.lists.get(chat.id)}
      @hide-details=${() => this.#bring('chat')}
    ></balie-details-pane>`;
  }

  #dialogs(chat: Chat | undefined) {
    const { confirming, chats } = this.desk;
    const closing = chats.find(({ id }) => id === confirming) ?? chat;
    // A visitor who leaves while the question stands has answered it.
    const isAsked = confirming !== null && closing?.stage.kind === 'active';
    return html`
      <balie-close-dialog ?open=${isAsked} name=${closing ? nameOf(closing, this.texts) : ''}></balie-close-dialog>
      ${this.#chatDialog()}
      <balie-keys-dialog ?open=${this.areKeysShown} @hide-keys=${() => this.#showKeys(false)}></balie-keys-dialog>
    `;
  }

  #chatDialog() {
    const { dialog, chats, session } = this.desk;
    const chat = chats.find(({ id }) => id === dialog?.conversation);
    if (!dialog || chat?.stage.kind !== 'active' || session.kind !== 'signed-in') return nothing;
    if (dialog.kind === 'offer')
      return html`<balie-offer-dialog
        .conversation=${chat.id}
        .saved=${dialog.saved ?? []}
        @offer-done=${({ detail }: CustomEvent<ComposedOffer>) => this.act({ type: 'offer', conversation: chat.id, ...detail })}
        @offer-leave=${() => this.act({ type: 'hide-dialog' })}
      ></balie-offer-dialog>`;
    return html`<balie-invite-dialog
      .conversation=${chat.id}
      .colleagues=${dialog.colleagues}
      .present=${chat.agents}
    ></balie-invite-dialog>`;
  }

  #emptyHint() {
    return this.t(`chats.none.${this.desk.status.state}`);
  }

  #showKeys(areShown: boolean) {
    this.areKeysShown = areShown;
  }

  #bring(front: Front) {
    if (this.front === front) return;
    this.front = front;
    void this.#focusFront();
  }

  /** Where another pane came to the front, the focus goes along; on a wide window nothing moved. */
  async #focusFront() {
    await this.updateComplete;
    if (this.front === 'details' && isNarrow()) this.#find('balie-details-pane', 'ui-icon-button')?.focus();
    if (this.front === 'list' && isPhone()) await this.#focusTab();
    if (this.front !== 'chat' || !isNarrow()) return;
    const pane = this.#find('balie-request-pane') ?? this.#find('balie-conversation-pane');
    pane?.shadowRoot?.querySelector<HTMLElement>(isPhone() ? '.only-phone' : '.only-narrow')?.focus();
  }

  async #focusTab() {
    await this.#find('balie-chat-list')?.updateComplete;
    this.#find('balie-chat-list', '[role="tab"][tabindex="0"]')?.focus();
  }

  #find(part: string): ConsoleElement | null;
  #find(part: string, within: string): HTMLElement | null;
  #find(part: string, within?: string) {
    const found = this.renderRoot.querySelector<ConsoleElement>(part);
    return within ? (found?.shadowRoot?.querySelector<HTMLElement>(within) ?? null) : found;
  }

  /** A tab that was chosen already is brought to the front as well. */
  #onListClick(event: Event) {
    const isTab = event.composedPath().some((part) => part instanceof Element && part.role === 'tab');
    if (isTab) this.#bring('chat');
  }

  readonly #onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || this.areKeysShown || this.desk.confirming || this.desk.dialog) return;
    const target = event.composedPath()[0];
    const isWriting = target instanceof HTMLElement && target.matches('input, textarea, select');
    const meaning = meaningOf(event, this.desk, isWriting);
    // Keys of the chats mean nothing beside them.
    if (!meaning || (this.desk.place !== 'chats' && meaning.type !== 'show-keys')) return;
    if (meaning.type === 'leave') return this.#leave(isWriting);
    event.preventDefault();
    if (meaning.type === 'show-keys') return this.#showKeys(true);
    if (meaning.type === 'to-message') return void this.#focusComposer();
    if (meaning.type === 'walk') this.#walked(target);
    this.act(meaning);
  };

  /** Who walks away from one message goes on to write the next. */
  #walked(target: EventTarget | undefined) {
    this.#bring('chat');
    if (target instanceof HTMLTextAreaElement) this.#focusNext = 'composer';
    else if (target instanceof Element && target.role === 'tab') this.#focusNext = 'tab';
  }

  /** Out of what lies over the chat, then out of the field, then out of the chat where that hides the list. */
  #leave(isWriting: boolean) {
    if (this.earlier.reading) return this.act({ type: 'leave-earlier' });
    if (this.front === 'details') return this.#bring('chat');
    if (!isWriting) this.#bring('list');
    void this.#focusTab();
  }

  async #focusComposer() {
    const pane = this.#find('balie-conversation-pane');
    await pane?.updateComplete;
    const composer = pane?.shadowRoot?.querySelector<HTMLElement>('balie-composer');
    if (composer) composer.focus();
    else await this.#focusTab();
  }
}

const isNarrow = () => matchMedia('(max-width: 899px)').matches;
const isPhone = () => matchMedia('(max-width: 599px)').matches;

customElements.define('balie-desk-shell', DeskShell);
